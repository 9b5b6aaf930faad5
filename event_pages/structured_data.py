"""Events as search engines read them (schema.org/Event)."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from django.utils.html import strip_tags
from django.utils.safestring import SafeString

from verkosto.core.text import clean_line, clean_text

if TYPE_CHECKING:
    from event_pages.models import EventPage
    from verkosto.directory.models import Venue

SCHEMA = "https://schema.org/"
STATUSES = {
    "scheduled": "EventScheduled",
    "changed": "EventScheduled",
    "postponed": "EventPostponed",
    "moved_online": "EventMovedOnline",
    "cancelled": "EventCancelled",
}
ATTENDANCE = {
    "on_site": "OfflineEventAttendanceMode",
    "online": "OnlineEventAttendanceMode",
    "hybrid": "MixedEventAttendanceMode",
}
#: What could end the script element or start another, as JSON escapes it.
ESCAPES = {ord(character): f"\\u{ord(character):04x}" for character in "<>&\u2028\u2029"}


def event_data(event: EventPage) -> dict[str, Any] | None:
    """The event as schema.org has it, or None where no day is known: a date is required there."""
    if not event.when.is_dated:
        return None
    data: dict[str, Any] = {
        "@context": SCHEMA.rstrip("/"),
        "@type": "Event",
        "name": clean_line(event.title),
        "description": clean_text(event.summary),
        "url": event.full_url,
        "inLanguage": event.event_languages or [event.locale.language_code],
        "eventStatus": SCHEMA + STATUSES[event.status],
        "eventAttendanceMode": SCHEMA + ATTENDANCE["online" if event.status == "moved_online" else event.attendance],
        "organizer": [
            {"@type": "Organization", "name": row.organisation.name, "url": row.organisation.website or None}
            for row in event.organiser_list
        ],
        "location": _locations(event),
        **_times(event),
    }
    return {key: value for key, value in data.items() if value}


def as_script_content(data: dict[str, Any]) -> SafeString:
    """JSON that stays JSON inside a script element, whatever an editor wrote."""
    return SafeString(json.dumps(data, ensure_ascii=False).translate(ESCAPES))


def _times(event: EventPage) -> dict[str, str]:
    if event.new_when and event.new_when.days:
        return {"startDate": event.new_when.days[0].isoformat(), "previousStartDate": _start(event)}
    times = {"startDate": _start(event)}
    when = event.when
    if when.local_end:
        times["endDate"] = when.local_end.isoformat()
    elif when.precision == "date" and when.days and when.days[1] != when.days[0]:
        times["endDate"] = when.days[1].isoformat()
    return times


def _start(event: EventPage) -> str:
    when = event.when
    if when.local_start:
        return when.local_start.isoformat()
    return when.days[0].isoformat() if when.days else ""


def _locations(event: EventPage) -> list[dict[str, Any]]:
    places: list[dict[str, Any]] = []
    if event.venue and event.attendance != "online" and event.status != "moved_online":
        places.append(_place(event.venue, event.room))
    if event.attendance != "on_site" or event.status == "moved_online":
        # The joining link is private: the page is where one learns how to join.
        places.append({"@type": "VirtualLocation", "url": event.full_url})
    return places


def _place(venue: Venue, room: str) -> dict[str, Any]:
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
