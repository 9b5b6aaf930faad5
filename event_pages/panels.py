"""The tabs and choosers of the pages' editors."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.functional import classproperty
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.panels import ObjectList, PageChooserPanel, TabbedInterface

if TYPE_CHECKING:
    from wagtail.models import Page

NETWORKS_HOOK = "register_network_page_types"


def network_page_types() -> list[type[Page]]:
    """The page types that are networks: functions hooked to ``register_network_page_types`` return lists of them."""
    return [page_type for register in hooks.get_hooks(NETWORKS_HOOK) for page_type in register()]


class NetworkChooserPanel(PageChooserPanel):
    """A chooser of networks, whichever app brings them; of any page where no app does."""

    def on_model_bound(self) -> None:
        self.page_type = network_page_types() or None
        super().on_model_bound()


class EditorTabs:
    """An editor in tabs as an editor thinks: content, time and place, people, registration, settings.

    A page type states its panels by tab in ``*_panels``; a subclass that extends one of those lists extends the tab.
    """

    base_form_class: type[Any]
    content_panels: list[Any]
    schedule_panels: list[Any] = []
    people_panels: list[Any] = []
    registration_panels: list[Any] = []
    promote_panels: list[Any]
    settings_panels: list[Any]

    @classproperty
    def edit_handler(cls) -> TabbedInterface:
        tabs = [
            (cls.content_panels, _("Content")),
            (cls.schedule_panels, _("Time and place")),
            (cls.people_panels, _("People")),
            (cls.registration_panels, _("Registration")),
            ([*cls.promote_panels, *cls.settings_panels], _("Settings")),
        ]
        return TabbedInterface(
            [ObjectList(panels, heading=heading) for panels, heading in tabs if panels],
            base_form_class=cls.base_form_class,
        )
