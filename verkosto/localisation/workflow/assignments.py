"""The use cases of assigning a translation to a translator, and of setting its deadline."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Min
from django.utils.translation import gettext as _

from verkosto.core.users import SignedInUser
from verkosto.localisation.models import TranslationState
from verkosto.localisation.permissions.access import may_submit, shows


class NotAllowed(Exception):
    """The user may not change the version, or may not assign it to others."""


def assign(*, state: TranslationState, to: SignedInUser, by: SignedInUser) -> None:
    """Assign a translation to a user who may change it. Raises NotAllowed.

    Only users with permission to submit for translation may assign it to others.
    """
    _check_visible(state, by)
    if to != by and not may_submit(by):
        raise NotAllowed(_("You can assign translations to yourself, but not to others."))
    if not shows(to, state):
        raise NotAllowed(_("%(name)s cannot change this page or snippet.") % {"name": to.get_username()})
    _set_assigned(state, to)


def unassign(*, state: TranslationState, by: SignedInUser) -> None:
    """Remove the assignment of a translation. Raises NotAllowed."""
    _check_visible(state, by)
    if state.assigned_to_id not in (None, by.pk) and not may_submit(by):
        raise NotAllowed(_("This translation is assigned to someone else."))
    _set_assigned(state, None)


def set_deadline(*, state: TranslationState, deadline: datetime | None, by: SignedInUser) -> None:
    """Set the deadline of a translation; None for no deadline. Raises NotAllowed.

    The original's row stores the earliest deadline of its versions, so that the dashboard can sort by one column.
    """
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
