"""Events as iCalendar (RFC 5545)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING

from django.utils import timezone
from icalendar import Calendar, Event, Timezone

from verkosto.core.formats import NO_BREAK

if TYPE_CHECKING:
    from event_pages.models import EventPage
    from event_pages.when import When

CONTENT_TYPE = "text/calendar; charset=utf-8"
PRODUCT = "-//Verkosto//Events//EN"

#: For how many years around the events a zone's changes of the clock are spelt out.
ZONE_MARGIN = 2


def calendar(events: Iterable[EventPage], *, name: str, language: str) -> bytes:
    """A calendar of the events in the order given, in the words of their own pages.

    What has no day is left out. An event postponed until further notice is cancelled on its old day, so that a
    calendar which has it already takes it away (RFC 5545 §3.8.1.11).
    """
    entries = [entry for event in events if (entry := _entry(event))]
    result = Calendar()
    result.add("prodid", PRODUCT)
    result.add("version", "2.0")
    result.add("calscale", "GREGORIAN")
    result.add("method", "PUBLISH")
    result.add("name", _line(name))
    result.add("x-wr-calname", _line(name))
    result.add("x-published-ttl", "PT1H")
    result.add("refresh-interval", timedelta(hours=1), parameters={"value": "DURATION"})
    years = [entry.start.year for entry in entries] or [timezone.now().year]
    for zone in sorted({_zone_of(entry) for entry in entries} - {""}):
        result.add_component(_zone(zone, min(years) - ZONE_MARGIN, max(years) + ZONE_MARGIN))
    for entry in entries:
        if language:
            entry["summary"].params["language"] = language
        result.add_component(entry)
    return result.to_ical()


def _entry(event: EventPage) -> Event | None:
    when, cancelled = event.when, event.status == "cancelled"
    if event.new_when:
        if event.new_when.is_dated:
            when = event.new_when
        else:
            cancelled = True
    if not when.is_dated or when.days is None:
        return None
    entry = Event()
    entry.add("uid", event.calendar_uid)
    stamp = event.last_published_at or event.latest_revision_created_at or timezone.now()
    entry.add("dtstamp", stamp)
    entry.add("last-modified", stamp)
    entry.add("sequence", event.calendar_sequence)
    _add_times(entry, when)
    entry.add("summary", _line(event.title))
    entry.add("description", _plain("\n\n".join(part for part in (event.status_words, event.summary) if part)))
    entry.add("status", "CANCELLED" if cancelled else "CONFIRMED")
    entry.add("transp", "TRANSPARENT" if cancelled else "OPAQUE")
    if where := _line(event.where):
        entry.add("location", where)
    if url := event.full_url:
        entry.add("url", url)
    entry.add("categories", [_line(str(event.get_kind_display()))])
    return entry


def _add_times(entry: Event, when: When) -> None:
    if when.local_start:
        entry.add("dtstart", when.local_start)
        if when.local_end and when.local_end > when.local_start:
            entry.add("dtend", when.local_end)
        return
    first, last = when.days or (date.min, date.min)
    entry.add("dtstart", first)
    # The end of whole days is the day after the last one (RFC 5545 §3.6.1).
    entry.add("dtend", last + timedelta(days=1))


def _zone_of(entry: Event) -> str:
    start = entry.start
    return str(start.tzinfo) if isinstance(start, datetime) and str(start.tzinfo) != "UTC" else ""


@lru_cache(maxsize=64)
def _zone(zone: str, first_year: int, last_year: int) -> Timezone:
    return Timezone.from_tzid(zone, first_date=date(first_year, 1, 1), last_date=date(last_year, 12, 31))


def _line(text: str) -> str:
    return " ".join(_plain(text).split())


def _plain(text: str) -> str:
    """The text without control characters, which no calendar takes, and with plain spaces for those that do not break;
    line breaks become "\\n" and are escaped."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace(NO_BREAK, " ")
    return "".join(character for character in text if character == "\n" or character.isprintable())
