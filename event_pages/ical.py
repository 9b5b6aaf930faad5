"""Events as entries of calendar files."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

from django.utils import timezone

from event_pages.enums import DatePrecision
from verkosto.core.icalendar import CONTENT_TYPE, Entry, Subscription, write_calendar
from verkosto.core.page_urls import path_of, site_of
from verkosto.registrations.enums import EventStatus
from verkosto.registrations.facts import CalendarEntry
from verkosto.registrations.mail.calendar import entry_of

if TYPE_CHECKING:
    from event_pages.models import EventPage

__all__ = ["CONTENT_TYPE", "calendar", "registrant_entry"]

PRODUCT = "Events"
REFRESH = timedelta(hours=1)


def calendar(events: Iterable[EventPage], *, name: str, language: str) -> bytes:
    """Return a calendar of the events, in the order given and in the language of their pages.

    Events without a date are left out. An event that is postponed until further notice is cancelled on its old date, so
    that calendars which have it remove it (RFC 5545 §3.8.1.11).
    """
    return write_calendar(
        [entry for event in events if (entry := _entry(event))],
        product=PRODUCT,
        language=language,
        subscription=Subscription(name=name, refresh=REFRESH),
    )


def registrant_entry(event: EventPage, version: EventPage) -> CalendarEntry | None:
    """Return an event as an entry of a registrant's calendar, with the text of a language version.

    None if no day is known. An event without an end time has none in the calendar either; only lists and desks regard
    it as lasting until the end of its day.
    """
    when = event.calendar_date
    if not when.is_dated or when.days is None:
        return None
    is_exact = when.precision == DatePrecision.EXACT
    starts_at, ends_at = when.span
    return CalendarEntry(
        uid=event.calendar_uid,
        title=version.title,
        starts_at=starts_at,
        ends_at=when.end if is_exact else ends_at,
        timezone=event.timezone,
        whole_days=not is_exact,
        where=version.location_text,
        url=path_of(version),
        site=site_of(version),
        description="\n\n".join(part for part in (event.status_text, version.summary) if part),
        cancelled=event.is_off_calendars,
        postponed=event.status == EventStatus.POSTPONED,
        sequence=event.calendar_sequence,
    )


def _entry(event: EventPage) -> Entry | None:
    """Return the entry of a registrant's calendar with the additional properties of public calendars."""
    entry = registrant_entry(event, event)
    if entry is None:
        return None
    stamp = event.last_published_at or event.latest_revision_created_at or timezone.now()
    categories = (str(event.get_kind_display()),)
    return replace(entry_of(entry), stamp=stamp, last_modified=stamp, categories=categories)
