"""Saving a plan: the groups exist, and its people are their members."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from wagtail.log_actions import log
from wagtail.models import Page

from network_pages.group_plans.mail import notify_placed
from network_pages.group_plans.people import person_of
from network_pages.group_plans.plans import PlanNotOpen
from network_pages.member_pages import original_of, version_of
from network_pages.membership_terms import copied_membership, join_by_registration
from network_pages.models import GroupPlan, Membership, ProposedGroup, SmallGroupPage
from verkosto.core.users import SignedInUser
from verkosto.registrations.domain import lifecycle
from verkosto.registrations.enums import RegistrationStatus
from verkosto.registrations.exceptions import Refusal
from verkosto.registrations.models import Registration


@dataclass(frozen=True, kw_only=True)
class Term:
    """From when and until when the people are members of their groups; without a last day the membership goes on."""

    starts_on: date
    ends_on: date | None = None


@dataclass
class Changes:
    """What saving does: ``added`` are new memberships, ``extended`` those with a later last day, ``ended`` those left.

    ``accepted`` are applications to the network that wait for a decision.
    """

    accepted: list[Registration] = field(default_factory=list)
    added: list[Membership] = field(default_factory=list)
    extended: list[Membership] = field(default_factory=list)
    ended: list[Membership] = field(default_factory=list)


class PeopleWithoutGroup(Exception):
    """Somebody in the plan has no group yet."""


class ApplicantsWithoutPlace(Exception):
    """An application cannot be accepted: the network's registration has no more places, or the event is cancelled."""


def changes_of(plan: GroupPlan, term: Term) -> Changes:
    """Return what saving would do, without doing it. New groups have no page yet. Three queries."""
    return _changes(plan, term, {group.pk: group.translation_key for group in plan.groups.all()})


@transaction.atomic
def save_plan(*, plan: GroupPlan, term: Term, names: Mapping[int, str], notify: bool, user: SignedInUser) -> Changes:
    """Make the plan's people members of their groups, and return what was done.

    ``names`` are titles of the new groups by the key of their row. Their pages are drafts below the network's original.
    Who is in another group of the plan leaves the old one. Applicants are accepted to the network first. Raises
    PlanNotOpen for one that was saved already, PeopleWithoutGroup, ApplicantsWithoutPlace, and PermissionDenied where
    there are new groups and the user may not add pages to the network.
    """
    locked: GroupPlan = GroupPlan.objects.select_for_update().get(pk=plan.pk)
    if not locked.is_open:
        raise PlanNotOpen
    placements = locked.placements.present().select_related("registration__desk")
    if placements.filter(group=None).exists():
        raise PeopleWithoutGroup
    for placement in placements.order_by("pk"):
        if placement.registration is not None:
            _accept(placement.registration, user)
    keys = _make_pages(locked, names, user)
    changes = _changes(locked, term, keys)
    Membership.objects.filter(pk__in=[row.pk for row in changes.ended]).update(left_at=timezone.now())
    Membership.objects.bulk_update(changes.extended, ["ends_on"], batch_size=500)
    Membership.objects.bulk_create(changes.added, batch_size=500)
    if notify:
        notify_placed(changes.added, locked.translation_key)
    locked.saved_at = timezone.now()
    locked.save(update_fields=["saved_at"])
    page = version_of(locked.translation_key)
    if page is not None:
        log(page, "network_pages.save_groups", user=user, data={"count": len(changes.added)})
    return changes


def may_add_groups(translation_key: UUID, user: SignedInUser) -> bool:
    """Return whether a user may add the pages of new groups to a network."""
    page = original_of(translation_key)
    return page is not None and bool(page.permissions_for_user(user).can_add_subpage())


def _accept(application: Registration, user: SignedInUser) -> None:
    """Make an applicant a member of the network. Raises ApplicantsWithoutPlace."""
    if application.status == RegistrationStatus.AWAITING_APPROVAL:
        try:
            application = lifecycle.approve(registration=application, user=user)
        except Refusal as refused:
            raise ApplicantsWithoutPlace from refused
    if application.status != RegistrationStatus.CONFIRMED:
        raise ApplicantsWithoutPlace
    # Somebody who has had a place for long is a member already, unless that was before networks had members.
    join_by_registration(application)


def _make_pages(plan: GroupPlan, names: Mapping[int, str], user: SignedInUser) -> dict[int, UUID | None]:
    """Return the translation keys of the plan's groups by the key of their row, after adding the pages of new ones."""
    groups = list(plan.groups.all())
    new = [group for group in groups if group.translation_key is None]
    parent = original_of(plan.translation_key) if new else None
    if new and (parent is None or not parent.permissions_for_user(user).can_add_subpage()):
        raise PermissionDenied
    for group in new if parent is not None else []:
        group.name = names.get(group.pk) or group.name
        group.translation_key = _add_page(parent, group.name, plan, user).translation_key
    ProposedGroup.objects.bulk_update(new, ["name", "translation_key"])
    return {group.pk: group.translation_key for group in groups}


def _add_page(parent: Page, title: str, plan: GroupPlan, user: SignedInUser) -> SmallGroupPage:
    asked = plan.settings
    # The page needs a summary; its editor writes a better one before it is published.
    with translation.override(parent.locale.language_code):
        summary = _("A small group of the network %(network)s.") % {"network": parent.title}
    page = SmallGroupPage(
        title=title,
        summary=summary,
        locale=parent.locale,
        size_from=asked.smallest,
        size_to=asked.largest,
        live=False,
        owner=user,
    )
    parent.add_child(instance=page)
    page.save_revision(user=user, log_action=False)
    log(page, "wagtail.create", user=user)
    return page


def _changes(plan: GroupPlan, term: Term, keys: Mapping[int, UUID | None]) -> Changes:
    """Return new, extended and ended memberships. A group without a key is new: nobody is a member yet."""
    rows = plan.placements.present().select_related("membership", "registration").filter(group__isnull=False)
    people = [(person_of(row), keys[row.group_id or 0]) for row in rows]
    known = _memberships_in([key for key in keys.values() if key], [person.email for person, _key in people])
    found = Changes(accepted=[person.application for person, _key in people if person.application and person.waits])
    for person, key in people:
        own = [row for row in known[person.email] if row.translation_key == key and _overlaps(row, term)]
        if not own:
            found.added.append(
                copied_membership(person.details, translation_key=key, starts_on=term.starts_on, ends_on=term.ends_on)
            )
        elif (last := max(own, key=lambda row: row.starts_on)) and _is_later(term.ends_on, last.ends_on):
            last.ends_on = term.ends_on
            found.extended.append(last)
        found.ended += [row for row in known[person.email] if row.translation_key != key]
    return found


def _memberships_in(keys: Sequence[UUID], addresses: Sequence[str]) -> dict[str, list[Membership]]:
    """Return memberships of groups that have not ended, by address."""
    found: defaultdict[str, list[Membership]] = defaultdict(list)
    for row in Membership.objects.filter(translation_key__in=keys, email__in=addresses).not_ended():
        found[row.email].append(row)
    return found


def _overlaps(row: Membership, term: Term) -> bool:
    begins_in_time = term.ends_on is None or row.starts_on <= term.ends_on
    return begins_in_time and (row.ends_on is None or row.ends_on >= term.starts_on)


def _is_later(one: date | None, other: date | None) -> bool:
    """Return whether a last day is later than another; None is no end."""
    return other is not None and (one is None or one > other)
