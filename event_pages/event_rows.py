"""The rows of a list of events: what each shows besides its own columns, read for all of them at once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils import timezone
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from event_pages.dates import DateBlock
from event_pages.enums import Attendance, RegistrationScope
from event_pages.locations import with_attendance
from event_pages.models import EventPage, EventSeriesPage, Organiser
from verkosto.core.html import in_language
from verkosto.core.locales import language_code_of
from verkosto.registrations.enums import EventStatus
from verkosto.registrations.public.available_places import Places, places_at


@dataclass(frozen=True)
class EventRow:
    """An event with what a list shows of it. ``places`` is None where nobody can be expected to register any more."""

    event: EventPage
    date: DateBlock
    place: SafeString
    organisers: list[SafeString]
    places: Places | None

    @property
    def places_state(self) -> str:
        """The shape and colour of the text."""
        return self.places.state if self.places else "open"

    @property
    def places_text(self) -> str:
        """Whether one can register, in the active language; "" where that is not said."""
        if self.places:
            return self.places.text(self.event.timezone)
        if self.event.registers_elsewhere:
            return gettext("Registration on another website")
        return gettext("No registration needed") if self.event.needs_no_registration else ""


def event_rows(events: Iterable[EventPage], now: datetime | None = None) -> list[EventRow]:
    """Return the rows of events from ``EventQuerySet.for_listing``, in their order. At most three queries."""
    events = list(events)
    now = now or timezone.now()
    organisers = _organisers_of(events)
    places = places_of(events, now)
    return [
        EventRow(
            event=event,
            date=event.current_date.block(timezone.localdate(now)),
            place=_place_of(event),
            organisers=[
                *organisers[event.pk],
                *([conditional_escape(event.provider_name)] if event.provider_name else []),
            ],
            places=places.get(event.pk),
        )
        for event in events
    ]


def places_of(events: Iterable[EventPage], now: datetime) -> dict[int, Places]:
    """Return whether one can register, by the primary key of the event: of those that are not over. Two queries."""
    expected = [event for event in events if not event.is_over_at(now) and event.status != EventStatus.CANCELLED]
    keys = _desk_keys_of(expected)
    places = places_at(set(keys.values())) if keys else {}
    return {pk: places[key] for pk, key in keys.items() if key in places}


def _organisers_of(events: list[EventPage]) -> Mapping[int, list[SafeString]]:
    """Return the names of the organisers, by the primary key of the event. One query."""
    names: dict[int, list[SafeString]] = defaultdict(list)
    rows = Organiser.objects.filter(page__in=[event.pk for event in events]).select_related("organisation")
    for row in rows.order_by("sort_order").only("page_id", "organisation__name", "organisation__locale_id"):
        names[row.page_id].append(in_language(row.organisation.name, language_code_of(row.organisation)))
    return names


def _desk_keys_of(events: list[EventPage]) -> dict[int, UUID]:
    """Return the key of the desk where people register, by the primary key of the event. One query.

    It is that of the series if people register for all of it, as ``EventPage.registration_page`` says.
    """
    parents = {event.path[: -event.steplen] for event in events}
    whole = EventSeriesPage.objects.live().filter(
        path__in=parents, registration_enabled=True, registration_scope=RegistrationScope.WHOLE
    )
    series = dict(whole.values_list("path", "translation_key")) if parents else {}
    keys = {event.pk: series.get(event.path[: -event.steplen]) for event in events}
    own = {event.pk: event.translation_key for event in events if event.registration_enabled}
    return {**own, **{pk: key for pk, key in keys.items() if key}}


def _place_of(event: EventPage) -> SafeString:
    """Return the town or, without one, the venue or the room; and whether people can take part online."""
    venue = event.venue
    on_site = conditional_escape(event.room)
    if venue:
        on_site = in_language(venue.city or venue.name, language_code_of(venue))
    text = with_attendance(on_site, event.current_attendance)
    return conditional_escape(text or Attendance.ON_SITE.label)
