"""The panel of the most urgent translations on Wagtail's home page."""

from __future__ import annotations

from django.template import Context
from django.urls import reverse
from wagtail.admin.ui.components import Component

from verkosto.localisation.permissions.access import states_for
from verkosto.localisation.workflow.admin_urls import edit_url


class TranslationsPanel(Component):
    """The most urgent translations in the user's languages."""

    name = "localisation_open_translations"
    template_name = "verkosto_localisation/home_panel.html"
    order = 150
    shown = 7

    def get_context_data(self, parent_context: Context) -> dict[str, object]:
        request = parent_context["request"]
        waiting = states_for(request.user).for_translators()
        states = list(waiting.by_deadline().select_related("locale", "assigned_to")[: self.shown + 1])
        for state in states:
            state.edit_url = edit_url(state)  # type: ignore[attr-defined]  # for the template
        return {
            "states": states[: self.shown],
            "more": len(states) > self.shown,
            "dashboard_url": reverse("verkosto_localisation:dashboard"),
        }
