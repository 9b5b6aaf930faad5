"""The language versions of a page or snippet with links to their editors, where the user may change them."""

from __future__ import annotations

from typing import Any

from wagtail.models import TranslatableMixin

from verkosto.core.users import AnyUser
from verkosto.localisation.models import TranslationState
from verkosto.localisation.permissions.access import states_for
from verkosto.localisation.states.report import states_of
from verkosto.localisation.workflow.admin_urls import with_edit_urls


def versions_for_editor(instance: TranslatableMixin, user: AnyUser) -> list[TranslationState]:
    """Return the states of an instance's versions, each with `edit_url`.

    At most two queries the first time, none for the same instance and user afterwards: the header and the side panel ask
    both.
    """
    kept: tuple[Any, list[TranslationState]] | None = getattr(instance, "_versions_for_editor", None)
    if kept is None or kept[0] != user.pk:
        kept = user.pk, linked_where_editable(states_of(instance.translation_key), user)
        instance._versions_for_editor = kept
    return kept[1]


def linked_where_editable(states: list[TranslationState], user: AnyUser) -> list[TranslationState]:
    """Return the states, each with `edit_url`: None where the user may not change the version. At most one query."""
    if user.is_superuser:
        return with_edit_urls(states)
    own = set(states_for(user).filter(pk__in=[state.pk for state in states]).values_list("pk", flat=True))
    for state in with_edit_urls(states):
        if state.pk not in own:
            state.edit_url = None  # type: ignore[attr-defined]  # for templates
    return states
