"""The tabs of the page editor, a chooser, and the panels that several page types use."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import models
from django.utils.functional import classproperty
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail import hooks
from wagtail.admin.panels import (
    FieldPanel,
    FieldRowPanel,
    InlinePanel,
    MultiFieldPanel,
    ObjectList,
    PageChooserPanel,
    TabbedInterface,
)

from event_pages.enums import Attendance, DatePrecision
from event_pages.online_meetings.providers import meeting_providers
from verkosto.core.conditional_panels import TABS_ATTRIBUTES, shown_if, shown_if_or_filled
from verkosto.core.models import BasePage
from verkosto.registrations.enums import EventStatus

if TYPE_CHECKING:
    from wagtail.models import Page

NETWORK_PAGE_TYPES_HOOK = "register_verkosto_network_page_types"


class MeetingProviderPanel(FieldPanel):
    """The choice of who makes the meeting online. It is shown where an app or a setting gives somebody to choose."""

    class BoundPanel(FieldPanel.BoundPanel):
        def is_shown(self) -> bool:
            return bool(super().is_shown() and meeting_providers())


if_timed = shown_if(date_precision=(DatePrecision.EXACT,))
if_by_day = shown_if(date_precision=(DatePrecision.DATE, DatePrecision.MONTH))
if_on_site = shown_if_or_filled(attendance=(Attendance.ON_SITE, Attendance.HYBRID))
if_online = shown_if_or_filled(
    match="any", attendance=(Attendance.ONLINE, Attendance.HYBRID), status=(EventStatus.MOVED_ONLINE,)
)

schedule_panel = MultiFieldPanel(
    [
        FieldPanel("date_precision"),
        FieldRowPanel(["starts_at", "ends_at"], attrs=if_timed),
        FieldRowPanel(
            ["starts_on", FieldPanel("ends_on", attrs=shown_if(date_precision=(DatePrecision.DATE,)))], attrs=if_by_day
        ),
        FieldPanel("timezone"),
        FieldPanel("number"),
    ],
    heading=_("When"),
)
status_panel = MultiFieldPanel(
    [
        "status",
        FieldPanel("status_note", attrs=shown_if_or_filled(match="not", status=(EventStatus.SCHEDULED,))),
        FieldPanel("postponed_until", attrs=shown_if(status=(EventStatus.POSTPONED,))),
    ],
    heading=pgettext_lazy("of an event", "Status"),
)
location_panel = MultiFieldPanel(
    ["attendance", FieldPanel("venue", attrs=if_on_site), FieldPanel("room", attrs=if_on_site), "event_languages"],
    heading=_("Place and format"),
)
joining_panel = MultiFieldPanel(
    [MeetingProviderPanel("meeting_provider"), "joining_url", "joining_visible_from"],
    heading=_("Joining online (private)"),
    attrs=if_online,
)
event_schedule_panels = [schedule_panel, status_panel, location_panel, joining_panel]

agenda_panel = InlinePanel(
    "agenda_items",
    heading=_("Programme"),
    label=_("Item"),
    help_text=_("If an event has no items of its own, it shows the programme of its series."),
)
organisers_panel = InlinePanel("organisers", heading=_("Organisers"), label=_("Organiser"))
networks_panel = InlinePanel(
    "network_links",
    heading=_("Networks"),
    label=_("Network"),
    help_text=_("The page is shown among the meetings of these networks, even if it is elsewhere in the page tree."),
)
people_panels = [
    organisers_panel,
    InlinePanel(
        "speakers",
        heading=_("Speakers"),
        label=_("Speaker"),
        help_text=_("Speakers of the whole event. Speakers of a single item are shown with the item."),
    ),
    networks_panel,
]
after_panels = [
    MultiFieldPanel(["after_summary", "recording_url"], heading=_("After the event")),
    FieldPanel("materials"),
]
event_content_panels = [
    *BasePage.content_panels[:1],
    FieldPanel("subtitle"),
    FieldPanel("kind"),
    *BasePage.content_panels[1:],
    agenda_panel,
    FieldPanel("subject_to_change"),
    FieldPanel("invitation"),
    *after_panels,
    *BasePage.related_panels,
    *BasePage.listing_panels,
    *BasePage.notice_panels,
]


def network_page_types() -> list[type[Page]]:
    """Return the page types that are networks.

    Each function hooked to ``register_verkosto_network_page_types`` returns a list of page types.
    """
    return [page_type for register in hooks.get_hooks(NETWORK_PAGE_TYPES_HOOK) for page_type in register()]


class NetworkChooserPanel(PageChooserPanel):
    """A chooser of pages of the registered network types; of any page if no app has registered one."""

    def on_model_bound(self) -> None:
        self.page_type = network_page_types() or None
        super().on_model_bound()


class EditorTabs(models.Model):
    """A page type whose editor has the tabs content, time and place, people, registration and settings.

    Each tab has a list of panels, such as ``schedule_panels``. A subclass extends a tab by extending its list.
    """

    base_form_class: type[Any]
    #: Panels above those of the tabs, on every tab.
    summary_panels: list[Any] = []
    content_panels: list[Any]
    schedule_panels: list[Any] = []
    people_panels: list[Any] = []
    registration_panels: list[Any] = []
    promote_panels: list[Any]
    settings_panels: list[Any]

    class Meta:
        abstract = True

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
            [
                *cls.summary_panels,
                *(ObjectList(panels, heading=heading) for panels, heading in tabs if panels),
            ],
            base_form_class=cls.base_form_class,
            attrs=TABS_ATTRIBUTES,
        )
