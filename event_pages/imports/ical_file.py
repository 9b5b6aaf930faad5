"""The reader of events in iCalendar files (RFC 5545), as Outlook, Google and other calendars export them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _
from icalendar import Calendar, Component

from event_pages.enums import Attendance
from event_pages.event_types import site_time_zone, time_zones
from event_pages.imports.recurrence import occurrences, recurrence_key
from event_pages.imports.values import (
    MAX_SUMMARY,
    FileEvent,
    UnreadableFile,
    Values,
    by_day,
    date_notes,
    in_zone,
    key_without_identifier,
    plain_text,
    source_key,
    timed,
)
from verkosto.core.text import clean_line, clean_name, shorten
from verkosto.registrations.enums import EventStatus

MAX_TITLE = 255
BEGINNING = "BEGIN:VCALENDAR"
WEB = ("https://", "http://")


def is_calendar(text: str) -> bool:
    """Return whether a file is an iCalendar file."""
    return text.lstrip().upper().startswith(BEGINNING)


def read_calendar(text: str) -> Iterator[FileEvent]:
    """Yield the events of a calendar, a repeated one once for each time. Raise UnreadableFile for a broken file."""
    try:
        calendars: Any = Calendar.from_ical(text, multiple=True)
        found: list[Component] = [event for calendar in calendars for event in calendar.walk("VEVENT")]
        replaced = {(_uid(event), key): event for event in found if (key := _replaced_start(event))}
    except (ValueError, KeyError, IndexError, TypeError, AttributeError, OverflowError) as error:
        raise UnreadableFile(_("The file is not a calendar that can be read. Export it again.")) from error
    masters = {_uid(event) for event in found if event.get("rrule") is not None}
    for number, event in enumerate(found, start=1):
        if _replaced_start(event) and _uid(event) in masters:
            continue  # read in the place of the repetition that it replaces
        try:
            yield from _events(event, number, replaced)
        except UnreadableFile as error:
            yield FileEvent(number=number, title=_title(event), problem=str(error))
        except (ValueError, KeyError, IndexError, TypeError, AttributeError, OverflowError):
            yield FileEvent(number=number, title=_title(event), problem=_("The event cannot be read."))


def _events(event: Component, number: int, replaced: dict[tuple[str, str], Component]) -> Iterator[FileEvent]:
    start, end = _times(event)
    uid = _uid(event)
    starts = occurrences(event, start)
    if starts is None:
        key = "/".join(filter(None, (uid, _replaced_start(event))))
        yield _event(event, number, key if uid else "", start, end)
        return
    length = end - start if end else None
    for occurrence in starts:
        key = recurrence_key(occurrence)
        other = replaced.get((uid, key))
        own_start, own_end = _times(other) if other else (occurrence, occurrence + length if length else None)
        yield _event(other or event, number, f"{uid}/{key}" if uid else "", own_start, own_end)


def _event(event: Component, number: int, key: str, start: datetime | date, end: datetime | date | None) -> FileEvent:
    dates = _dates(start, end)
    title = shorten(_title(event), MAX_TITLE)
    if not title:
        raise UnreadableFile(_("It has no title."))
    description = plain_text(str(event.get("description", "")))
    notes = [*date_notes(dates), *([] if key else [_("It has no UID, so it is recognised by its title and start.")])]
    if any(scheme in description for scheme in WEB):
        notes.append(
            _("The text has a web address. Make sure that it is not the joining link, which must not be public.")
        )
    place = clean_line(str(event.get("location", "")))
    is_link = place.startswith(WEB)
    status = str(event.get("status", "")).upper()
    values: dict[str, Any] = {
        "title": title,
        "summary": shorten(" ".join(description.split()), MAX_SUMMARY),
        "body": description if len(description) > MAX_SUMMARY or "\n" in description else "",
        **dates,
        "status": (EventStatus.CANCELLED if status == "CANCELLED" else EventStatus.SCHEDULED).value,
    }
    if is_link:
        values |= {"joining_url": place, "attendance": Attendance.ONLINE.value}
    return FileEvent(
        number=number,
        source_key=source_key(key) if key else key_without_identifier(title, start),
        title=title,
        values=values,
        venue="" if is_link else place,
        notes=tuple(notes),
    )


def _dates(start: datetime | date, end: datetime | date | None) -> Values:
    if isinstance(start, datetime):
        zone = _zone_name(start)
        return timed(_aware(start, zone), _aware(end, zone) if isinstance(end, datetime) else None, zone)
    # The end of whole days is the day after the last one (RFC 5545 §3.6.1).
    return by_day(start, end - timedelta(days=1) if end and end > start else None)


def _times(event: Component) -> tuple[datetime | date, datetime | date | None]:
    """Return the start and the end, of the same kind. Raise UnreadableFile without a start."""
    properties: Mapping[str, Any] = event
    if properties.get("dtstart") is None:
        raise UnreadableFile(_("It has no start."))
    start: datetime | date = properties["dtstart"].dt
    end: datetime | date | None = properties["dtend"].dt if "dtend" in properties else None
    if end is None and "duration" in properties:
        end = start + properties["duration"].dt
    if end is not None and isinstance(start, datetime) != isinstance(end, datetime):
        raise UnreadableFile(_("Its start is a time and its end a day, or the other way round."))
    is_whole_day = str(event.get("x-microsoft-cdo-alldayevent", "")).upper() == "TRUE"
    if is_whole_day and isinstance(start, datetime):
        return start.date(), end.date() if isinstance(end, datetime) else None
    return start, end


def _zone_name(start: datetime) -> str:
    """Return the zone in which an event is shown: its own if editors can choose it, else the site's.

    The site's also stands for one with the same time: Outlook calls that of Helsinki "FLE Standard Time", as that of Kyiv.
    """
    site = site_time_zone()
    name = getattr(start.tzinfo, "key", "")
    is_same_time = start.utcoffset() == start.replace(tzinfo=ZoneInfo(site)).utcoffset()
    return name if not is_same_time and name != "UTC" and name in dict(time_zones()) else site


def _aware(moment: datetime, zone: str) -> datetime:
    """Return a time as an aware one. A time without a zone is in that of the event; one that does not exist is refused."""
    if moment.tzinfo is None or isinstance(moment.tzinfo, ZoneInfo):
        own = zone if moment.tzinfo is None else str(moment.tzinfo)
        return in_zone(moment.replace(tzinfo=None), own) if own != "UTC" else moment
    return moment


def _title(event: Component) -> str:
    return clean_name(str(event.get("summary", "")))


def _uid(event: Component) -> str:
    return clean_line(str(event.get("uid", "")))


def _replaced_start(event: Component) -> str:
    """Return which repetition an event replaces (RECURRENCE-ID); "" for none."""
    replaced: Any = event.get("recurrence-id")
    return recurrence_key(replaced.dt) if replaced is not None and hasattr(replaced, "dt") else ""
