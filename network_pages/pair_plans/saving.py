"""Saving a plan: its pairs stand on the page of the round."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Case, When
from django.utils import timezone
from wagtail.log_actions import log
from wagtail.models import Page

from network_pages.member_pages import original_of
from network_pages.models import LearningPair, PairMember, PairPlan, ProgrammeRoundPage
from network_pages.pair_plans.applications import DIRECTORY
from network_pages.pair_plans.applications import Organisation as PlanOrganisation
from network_pages.pair_plans.board import LARGEST, PairBoard
from network_pages.pair_plans.mail import notify_paired
from network_pages.pair_plans.plans import PlanNotOpen
from verkosto.core.publishing_rules import reason_not_to_publish
from verkosto.core.users import SignedInUser
from verkosto.directory.models import Organisation
from verkosto.registrations.questions.types.organisation import directory_names

ADD_ORGANISATION = "verkosto_directory.add_organisation"


class PairsIncomplete(Exception):
    """There is no pair, or one has fewer than two or more than three organisations."""


@dataclass(frozen=True, kw_only=True)
class SavedPairs:
    """What was saved. ``is_published`` is False where the pairs are in the page's draft only."""

    is_published: bool
    notified: int


def may_save(plan: PairPlan, user: SignedInUser) -> bool:
    """Return whether a user may edit the page of the round now."""
    page = original_of(plan.translation_key)
    return page is not None and _may_edit(page, user)


def new_organisations(board: PairBoard) -> list[str]:
    """Return the names of organisations in pairs that the directory does not have."""
    return [each.name for each in _in_pairs(board) if _directory_key(each) is None]


def may_add_organisations(user: SignedInUser) -> bool:
    """Return whether a user may add organisations to the directory."""
    return user.has_perm(ADD_ORGANISATION)


def theme_of(board: PairBoard, number: int, language: str) -> str:
    """Return the themes that the organisations of a pair share, in a language where the form has it."""
    rows = board.pairs[number]
    labels = {**board.organisations[rows[0].key].themes, **board.answers.theme_labels(language)}
    return ", ".join(labels[theme] for theme in board.match(rows).themes)


def suggested_themes(board: PairBoard) -> dict[int, str]:
    """Return the shared themes of the pairs by number, in the language of the round's original."""
    page = original_of(board.plan.translation_key)
    language = page.locale.language_code if page else ""
    return {number: theme_of(board, number, language) for number in board.pairs}


@transaction.atomic
def save_pairs(*, plan: PairPlan, themes: Mapping[int, str], notify: bool, user: SignedInUser) -> SavedPairs:
    """Write the pairs with their themes to the round's original, and notify the contacts if asked to.

    They are published where the page has no other changes and the user may publish it; else they are in its draft. A
    pair that the page has already keeps its results. Raises PlanNotOpen, PairsIncomplete, and PermissionDenied where the
    user may not edit the page, or add the organisations that the directory does not have.
    """
    locked: PairPlan = PairPlan.objects.select_for_update().get(pk=plan.pk)
    if not locked.is_open:
        raise PlanNotOpen
    board = PairBoard.of(locked)
    if not board.pairs or any(not 2 <= len(rows) <= LARGEST for rows in board.pairs.values()):
        raise PairsIncomplete
    page = original_of(locked.translation_key)
    if not isinstance(page, ProgrammeRoundPage) or not _may_edit(page, user):
        raise PermissionDenied
    entries = _entries(board, page, user)
    suggested = suggested_themes(board)
    is_published = _write_page(
        page,
        [(themes[number], [entries[row.key] for row in rows]) for number, rows in board.pairs.items()],
        user,
    )
    notified = 0
    if notify:
        # Somebody who keeps the suggested theme gets it in the language of the mail.
        notified = notify_paired(
            locked,
            board.pairs,
            lambda number, language: (
                theme_of(board, number, language) if themes[number] == suggested[number] else themes[number]
            ),
        )
    locked.saved_at = timezone.now()
    locked.save(update_fields=["saved_at"])
    log(page, "network_pages.save_pairs", user=user, data={"count": len(board.pairs)})
    return SavedPairs(is_published=is_published, notified=notified)


def _may_edit(page: Page, user: SignedInUser) -> bool:
    permissions = page.permissions_for_user(user)
    return bool(permissions.can_edit()) and not permissions.page_locked()


def _in_pairs(board: PairBoard) -> list[PlanOrganisation]:
    return [board.organisations[row.key] for rows in board.pairs.values() for row in rows]


def _directory_key(organisation: PlanOrganisation) -> str | None:
    """Return the translation key of the directory's entry; None where there is none."""
    if organisation.pool.startswith(DIRECTORY):
        return organisation.pool.removeprefix(DIRECTORY)
    wanted = organisation.name.casefold()
    return next(
        (key for key, names in directory_names().items() if wanted in (name.casefold() for name in names.values())),
        None,
    )


def _entries(board: PairBoard, page: Page, user: SignedInUser) -> dict[str, Organisation]:
    """Return the directory's entries by key of the organisation, in the page's language where there is one.

    Those that the directory does not have are added. Raises PermissionDenied where the user may not add them.
    """
    keys = {each.key: _directory_key(each) for each in _in_pairs(board)}
    own = Case(When(locale=page.locale, then=0), default=1)
    known: dict[UUID, Organisation] = {}
    wanted = [key for key in keys.values() if key]
    for entry in Organisation.objects.filter(translation_key__in=wanted).order_by(own, "pk"):
        known.setdefault(entry.translation_key, entry)
    found = {each: known[UUID(key)] for each, key in keys.items() if key and UUID(key) in known}
    missing = [key for key in keys if key not in found]
    if missing and not may_add_organisations(user):
        raise PermissionDenied
    for key in missing:
        found[key] = Organisation.objects.create(name=board.organisations[key].name, locale=page.locale)
        log(found[key], "wagtail.create", user=user)
    return found


def _write_page(
    page: ProgrammeRoundPage, pairs: Sequence[tuple[str, Sequence[Organisation]]], user: SignedInUser
) -> bool:
    """Write pairs to the page's draft, and publish it where nothing else would be. Return whether it was published."""
    had_other_changes = page.has_unpublished_changes
    draft: Any = page.get_latest_revision_as_object()
    known = {
        frozenset(member.organisation_id for member in pair.members.all()): pair for pair in draft.learning_pairs.all()
    }
    rows = []
    for order, (theme, organisations) in enumerate(pairs):
        pair: Any = known.get(frozenset(each.pk for each in organisations))
        if pair is None:
            pair = LearningPair(locale=draft.locale)
            pair.members = [
                PairMember(organisation=each, locale=draft.locale, sort_order=number)
                for number, each in enumerate(organisations)
            ]
        pair.theme, pair.sort_order = theme, order
        rows.append(pair)
    draft.learning_pairs = rows
    revision = draft.save_revision(user=user)
    if not page.live or had_other_changes or reason_not_to_publish(user, Page.objects.get(pk=page.pk).specific):
        return False
    revision.publish(user=user)
    return True
