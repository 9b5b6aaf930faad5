"""Events as structured data for search engines (schema.org/Event)."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from django.utils.html import strip_tags

from event_pages.enums import Attendance, DatePrecision
from verkosto.core.structured_data import CONTEXT
from verkosto.core.text import clean_line, clean_text
from verkosto.registrations.enums import Eligibility, EventStatus, Opening
from verkosto.registrations.public.context import form_context_for
from verkosto.registrations.questions.registry import venues_of

if TYPE_CHECKING:
    from event_pages.models import EventPage, EventSeriesPage
    from event_pages.models.organisers import OrganisedPage
    from verkosto.directory.models import Topic, Venue

SCHEMA = f"{CONTEXT}/"
STATUSES = {
    EventStatus.SCHEDULED: "EventScheduled",
    EventStatus.CHANGED: "EventScheduled",
    EventStatus.POSTPONED: "EventPostponed",
    EventStatus.MOVED_ONLINE: "EventMovedOnline",
    EventStatus.CANCELLED: "EventCancelled",
}
#: Whether one gets a place, by ``FormContext.state`` (schema.org/ItemAvailability).
AVAILABILITY = {"open": "InStock", "waiting": "SoldOut", "full": "SoldOut"}
ATTENDANCE_MODES = {
    Attendance.ON_SITE: "OfflineEventAttendanceMode",
    Attendance.ONLINE: "OnlineEventAttendanceMode",
    Attendance.HYBRID: "MixedEventAttendanceMode",
}


def event_data(event: EventPage) -> dict[str, object] | None:
    """Return the event as schema.org/Event; None if no day is known, because schema.org requires a date."""
    if not event.planned_date.is_dated:
        return None
    data: dict[str, Any] = {
        **_description(event, "Event"),
        "eventStatus": SCHEMA + status_name(event),
        "eventAttendanceMode": SCHEMA + ATTENDANCE_MODES[event.current_attendance],
        "organizer": _organisers(event),
        "performer": _performers(event),
        "about": [_topic_data(topic) for topic in event.topics],
        "superEvent": _series(event),
        "maximumAttendeeCapacity": event.capacity if event.registration_enabled else None,
        "location": _locations(event),
        "offers": _offers(event),
        **_times(event),
    }
    return {key: value for key, value in data.items() if value} | event.free_data


def series_data(series: EventSeriesPage) -> dict[str, object] | None:
    """Return the series as schema.org/EventSeries with those of its events that have a day; None without any.

    Each event is named with when it is, and described on its own page.
    """
    events = [_outline(event) for event in series.events if event.planned_date.is_dated]
    if not events:
        return None
    data: dict[str, Any] = {
        **_description(series, "EventSeries"),
        "organizer": _organiser_rows(series),
        "startDate": min(str(event["startDate"])[:10] for event in events),
        "subEvent": events,
    }
    return {key: value for key, value in data.items() if value}


def _description(page: EventPage | EventSeriesPage, kind: str) -> dict[str, Any]:
    return {
        "@context": CONTEXT,
        "@type": kind,
        "name": clean_line(page.title),
        "description": clean_text(page.summary),
        "url": page.full_url,
        "inLanguage": page.event_languages or [page.locale.language_code],
        "image": page.share_rendition.full_url if page.share_rendition else None,
    }


def _outline(event: EventPage) -> dict[str, object]:
    return {
        "@type": "Event",
        "name": clean_line(event.title),
        "url": event.full_url,
        "eventStatus": SCHEMA + status_name(event),
        "eventAttendanceMode": SCHEMA + ATTENDANCE_MODES[event.current_attendance],
        **_times(event),
    }


def status_name(event: EventPage) -> str:
    """Return the status; an event that is postponed to a known day is rescheduled (schema.org/EventStatusType)."""
    if event.new_date and event.new_date.is_dated:
        return "EventRescheduled"
    return STATUSES[EventStatus(event.status)]


def _performers(event: EventPage) -> list[dict[str, object]]:
    """Return the speakers of the event and of its agenda, each person once."""
    entries = [entry for day in event.shown_agenda for slot in day.slots for entry in slot.entries]
    items = [item for entry in entries for item in (entry.item, *entry.parts)]
    found: dict[int, dict[str, object]] = {}
    for row in (*event.speaker_list, *(speaker for item in items for speaker in item.speakers.all())):
        if row.person:
            person: dict[str, object] = {
                "@type": "Person",
                "name": clean_line(row.person.name),
                "jobTitle": clean_line(row.title) or None,
            }
            found.setdefault(row.person.pk, person)
    return [*found.values()]


def _organisers(event: EventPage) -> list[dict[str, object]]:
    """Return who holds the event, a provider outside the organisation first."""
    rows = _organiser_rows(event)
    return [{**event.provider_data}, *rows] if event.provider_data else rows


def _organiser_rows(page: OrganisedPage) -> list[dict[str, object]]:
    return [
        {"@type": "Organization", "name": row.organisation.name, "url": row.organisation.website or None}
        for row in page.organiser_list
    ]


def _offers(event: EventPage) -> list[dict[str, str]]:
    """Return the prices, each with how one registers; the registration alone where no price is stated."""
    registration = _registration(event)
    url = event.external_registration_url or event.full_url
    prices = [{"url": url, **registration, **offer} for offer in event.offer_data]
    return prices or ([{"@type": "Offer", **registration}] if registration else [])


def _registration(event: EventPage) -> dict[str, str]:
    """Return where and when people register on this site, and whether there are places, as properties of schema.org/Offer.

    {} where nobody registers any more, and where only members or invited people may. It is as fresh as what the page
    itself says: both are cached together, until the content or the places that are left change.
    """
    page = event.registration_page
    form_context = form_context_for(event) if page and event.is_held and not event.is_over else None
    if page is None or form_context is None or form_context.state == Opening.CANCELLED:
        return {}
    desk = form_context.desk
    if desk.eligibility_now in (Eligibility.MEMBERS, Eligibility.INVITED):
        return {}
    is_certain = not desk.needs_approval and not form_context.others_wait
    data = {
        "url": page.full_url,
        "availability": SCHEMA + AVAILABILITY[form_context.state]
        if is_certain and form_context.state in AVAILABILITY
        else "",
        "validFrom": _in_zone(desk.opens_at, desk.timezone),
        "validThrough": _in_zone(desk.stated_deadline, desk.timezone),
    }
    return {key: value for key, value in data.items() if value}


def _in_zone(moment: datetime | None, zone: str) -> str:
    return moment.astimezone(ZoneInfo(zone)).isoformat() if moment else ""


def _topic_data(topic: Topic) -> dict[str, str]:
    same = {"sameAs": topic.concept_url} if topic.concept_url else {}
    return {"@type": "Thing", "name": clean_line(topic.name), **same}


def _series(event: EventPage) -> dict[str, object] | None:
    if event.series is None:
        return None
    return {"@type": "EventSeries", "name": clean_line(event.series.title), "url": event.series.full_url}


def _times(event: EventPage) -> dict[str, str]:
    if event.new_date and event.new_date.days:
        return {"startDate": event.new_date.days[0].isoformat(), "previousStartDate": _start(event)}
    times = {"startDate": _start(event)}
    date = event.planned_date
    if date.local_end:
        times["endDate"] = date.local_end.isoformat()
    elif date.precision == DatePrecision.DATE and date.days and date.days[1] != date.days[0]:
        times["endDate"] = date.days[1].isoformat()
    return times


def _start(event: EventPage) -> str:
    date = event.planned_date
    if date.local_start:
        return date.local_start.isoformat()
    return date.days[0].isoformat() if date.days else ""


def _locations(event: EventPage) -> list[dict[str, object]]:
    locations: list[dict[str, Any]] = []
    _question, venues = venues_of(event) if event.registration_enabled and not event.is_online_only else ("", {})
    if event.venue and not venues and not event.is_online_only:
        locations.append(_venue_data(event.venue, event.room))
    elif event.room and not venues and not event.is_online_only:
        locations.append({"@type": "Place", "name": clean_line(event.room), "address": clean_line(event.room)})
    for label, venue in venues.values():
        locations.append(_venue_data(venue, "") if venue else {"@type": "Place", "name": label, "address": label})
    if event.has_online_access:
        # The joining link is private: the page says how to join.
        locations.append({"@type": "VirtualLocation", "url": event.full_url})
    return locations


def _venue_data(venue: Venue, room: str) -> dict[str, object]:
    address = {
        "@type": "PostalAddress",
        "streetAddress": venue.street_address,
        "postalCode": venue.postal_code,
        "addressLocality": venue.city,
        "addressCountry": venue.country,
    }
    return {
        "@type": "Place",
        "name": clean_line(", ".join(part for part in (venue.name, room) if part)),
        "description": strip_tags(venue.accessibility) or None,
        "address": {key: value for key, value in address.items() if value},
    }
