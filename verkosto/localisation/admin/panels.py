"""What the dashboard and the page editor say about translations."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from wagtail.admin.ui.components import Component

from verkosto.localisation.admin.links import edit_url
from verkosto.localisation.models import TranslationState
from verkosto.localisation.permissions.locales import locale_ids_for


class WaitingPanel(Component):
    """On the dashboard: the most urgent translations in the user's languages."""

    name = "localisation_waiting"
    template_name = "verkosto_localisation/waiting_panel.html"
    order = 150
    shown = 7

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        request = parent_context["request"]
        waiting = TranslationState.objects.for_translators().filter(locale__in=locale_ids_for(request.user))
        states = list(waiting.by_urgency().select_related("locale", "assigned_to")[: self.shown + 1])
        for state in states:
            state.work_url = edit_url(state)  # type: ignore[attr-defined]  # for the template
        return {
            "states": states[: self.shown],
            "more": len(states) > self.shown,
            "desk_url": reverse("verkosto_localisation:desk"),
        }


def states_of(translation_key: Any) -> list[TranslationState]:
    """All versions of one page, its original first."""
    states = TranslationState.objects.filter(translation_key=translation_key).select_related("locale", "assigned_to")
    return sorted(states, key=lambda state: (state.state != TranslationState.State.ORIGINAL, state.locale_id))
