"""Events as structured data for search engines (schema.org/Event)."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from django.utils.html import strip_tags
from django.utils.safestring import SafeString

from event_pages.enums import Attendance, DatePrecision
from verkosto.core.text import clean_line, clean_text
from verkosto.registrations.enums import EventStatus

if TYPE_CHECKING:
    from event_pages.models import EventPage
    from verkosto.directory.models import Venue

SCHEMA = "https://schema.org/"
STATUSES = {
    EventStatus.SCHEDULED: "EventScheduled",
    EventStatus.CHANGED: "EventScheduled",
    EventStatus.POSTPONED: "EventPostponed",
    EventStatus.MOVED_ONLINE: "EventMovedOnline",
    EventStatus.CANCELLED: "EventCancelled",
}
ATTENDANCE_MODES = {
    Attendance.ON_SITE: "OfflineEventAttendanceMode",
    Attendance.ONLINE: "OnlineEventAttendanceMode",
    Attendance.HYBRID: "MixedEventAttendanceMode",
}
#: Characters that could end the script element or start another, with their JSON escapes.
ESCAPES = {ord(character): f"\\u{ord(character):04x}" for character in "<>&\u2028\u2029"}


def event_data(event: EventPage) -> dict[str, object] | None:
    """Return the event as schema.org defines it, or None where no day is known: a date is required there."""
    if not event.planned_date.is_dated:
        return None
    data: dict[str, Any] = {
        "@context": SCHEMA.rstrip("/"),
        "@type": "Event",
        "name": clean_line(event.title),
        "description": clean_text(event.summary),
        "url": event.full_url,
        "inLanguage": event.event_languages or [event.locale.language_code],
        "eventStatus": SCHEMA + STATUSES[EventStatus(event.status)],
        "eventAttendanceMode": SCHEMA + ATTENDANCE_MODES[event.current_attendance],
        "organizer": [
            {"@type": "Organization", "name": row.organisation.name, "url": row.organisation.website or None}
            for row in event.organiser_list
        ],
        "location": _locations(event),
        **_times(event),
    }
    return {key: value for key, value in data.items() if value}


def as_script_content(data: dict[str, object]) -> SafeString:
    """Return JSON that cannot leave its script element, whatever an editor wrote."""
    return SafeString(json.dumps(data, ensure_ascii=False).translate(ESCAPES))


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
    if event.venue and not event.is_online_only:
        locations.append(_venue_data(event.venue, event.room))
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
