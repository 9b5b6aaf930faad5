"""Events as entries of calendar files."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from typing import TYPE_CHECKING

from django.utils import timezone

from event_pages.enums import DatePrecision
from verkosto.core.icalendar import CONTENT_TYPE, Entry, Subscription, write_calendar
from verkosto.registrations.enums import EventStatus
from verkosto.registrations.facts import CalendarEntry

if TYPE_CHECKING:
    from event_pages.models import EventPage

__all__ = ["CONTENT_TYPE", "calendar", "registrant_entry"]

PRODUCT = "Events"
REFRESH = timedelta(hours=1)


def calendar(events: Iterable[EventPage], *, name: str, language: str) -> bytes:
    """Return a calendar of the events in the order given, in the language of their own pages.

    What has no day is left out. An event postponed until further notice is cancelled on its old day, so that a
    calendar which has it already removes it (RFC 5545 §3.8.1.11).
    """
    return write_calendar(
        [entry for event in events if (entry := _entry(event))],
        product=PRODUCT,
        language=language,
        subscription=Subscription(name=name, refresh=REFRESH),
    )


def registrant_entry(event: EventPage, version: EventPage) -> CalendarEntry | None:
    """Return the event for a registrant's calendar, with the text of a language version; None where no day is known.

    Without an end it has none there either: only lists and desks take it to last until the end of its day.
    """
    starts_at, ends_at = event.span
    if starts_at is None:
        return None
    whole_days = event.current_date.precision != DatePrecision.EXACT
    return CalendarEntry(
        uid=event.calendar_uid,
        title=version.title,
        starts_at=starts_at,
        ends_at=ends_at if whole_days else event.ends_at,
        timezone=event.timezone,
        whole_days=whole_days,
        where=version.location_text,
        url=version.full_url or "",
        description=version.summary,
        cancelled=event.status == EventStatus.CANCELLED,
        sequence=event.calendar_sequence,
    )


def _entry(event: EventPage) -> Entry | None:
    when, cancelled = event.planned_date, event.status == EventStatus.CANCELLED
    if event.new_date:
        if event.new_date.is_dated:
            when = event.new_date
        else:
            cancelled = True
    if not when.is_dated or when.days is None:
        return None
    first, last = when.days
    stamp = event.last_published_at or event.latest_revision_created_at or timezone.now()
    return Entry(
        uid=event.calendar_uid,
        title=event.title,
        start=when.local_start or first,
        end=when.local_end if when.local_start else last,
        sequence=event.calendar_sequence,
        stamp=stamp,
        last_modified=stamp,
        cancelled=cancelled,
        description="\n\n".join(part for part in (event.status_text, event.summary) if part),
        location=event.location_text,
        url=event.full_url or "",
        categories=(str(event.get_kind_display()),),
    )
