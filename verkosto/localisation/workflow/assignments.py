"""The translator and the deadline of a translation."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Min
from django.utils.translation import gettext as _

from verkosto.core.accounts import SignedInUser
from verkosto.localisation.models import TranslationState
from verkosto.localisation.permissions.access import may_submit, shows


class NotAllowed(Exception):
    """The user may not change the version, or not assign to others."""


def assign(*, state: TranslationState, to: SignedInUser, by: SignedInUser) -> None:
    """Assign a translation to a translator of its language: oneself, or others with permission to submit."""
    _check_visible(state, by)
    if to != by and not may_submit(by):
        raise NotAllowed(_("You can assign translations to yourself, but not to others."))
    if not shows(to, state):
        raise NotAllowed(_("%(name)s cannot change this page or snippet.") % {"name": to.get_username()})
    _set_assigned(state, to)


def unassign(*, state: TranslationState, by: SignedInUser) -> None:
    _check_visible(state, by)
    if state.assigned_to_id not in (None, by.pk) and not may_submit(by):
        raise NotAllowed(_("This translation is assigned to someone else."))
    _set_assigned(state, None)


def set_deadline(*, state: TranslationState, deadline: datetime | None, by: SignedInUser) -> None:
    """The original's row carries the earliest deadline of its versions, so that the dashboard sorts by one column."""
    _check_visible(state, by)
    if not may_submit(by):
        raise NotAllowed(_("Only people who submit pages for translation can set deadlines."))
    versions = TranslationState.objects.filter(translation_key=state.translation_key)
    versions.filter(pk=state.pk).update(deadline=deadline)
    earliest = versions.exclude(state=TranslationState.State.ORIGINAL).aggregate(first=Min("deadline"))["first"]
    versions.originals().update(deadline=earliest)


def _set_assigned(state: TranslationState, user: SignedInUser | None) -> None:
    TranslationState.objects.filter(pk=state.pk).update(assigned_to=user)
    state.assigned_to = user


def _check_visible(state: TranslationState, by: SignedInUser) -> None:
    if not shows(by, state):
        raise NotAllowed(_("You cannot change this page or snippet."))
