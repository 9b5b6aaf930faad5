"""How events are edited: the panels that types share, and the form that reads times in the event's zone."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel

from verkosto.core.forms import PageForm

schedule_panel = MultiFieldPanel(
    [
        FieldPanel("date_precision"),
        FieldRowPanel(["starts_at", "ends_at"]),
        FieldRowPanel(["starts_on", "ends_on"]),
        FieldPanel("timezone"),
        FieldPanel("number"),
    ],
    heading=_("When"),
)
status_panel = MultiFieldPanel(
    ["status", "status_note", "postponed_until"], heading=pgettext_lazy("of an event", "Status")
)
place_panel = MultiFieldPanel(["attendance", "venue", "room", "event_languages"], heading=_("Place and format"))
joining_panel = MultiFieldPanel(["joining_url", "joining_visible_from"], heading=_("Joining online (private)"))
event_schedule_panels = [schedule_panel, status_panel, place_panel, joining_panel]

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


class EventForm(PageForm):
    """Takes and shows the times of an event in the event's own zone, not in that of the editor's account."""

    zoned_fields = ("starts_at", "ends_at")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        zone = ZoneInfo(self.instance.timezone or settings.TIME_ZONE)
        for name in self.zoned_fields:
            value = self.initial.get(name)
            if isinstance(value, datetime) and timezone.is_aware(value):
                self.initial[name] = value.astimezone(zone).replace(tzinfo=None)

    def clean(self) -> dict[str, Any]:
        super().clean()
        self.clean_zoned()
        return self.cleaned_data

    def clean_zoned(self) -> None:
        """Read the times that were typed in the zone that was chosen."""
        cleaned = self.cleaned_data
        zone = cleaned.get("timezone") or settings.TIME_ZONE
        for name in self.zoned_fields:
            value = cleaned.get(name)
            if value is None:
                continue
            # Django read it in the editor's zone: take the digits back and read them in the event's.
            local = timezone.make_naive(value).replace(tzinfo=ZoneInfo(zone))
            if local.astimezone(UTC).astimezone(local.tzinfo).replace(tzinfo=None) != local.replace(tzinfo=None):
                self.add_error(name, _("This time does not exist: clocks move past it when summer time begins."))
            cleaned[name] = local
