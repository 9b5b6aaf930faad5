"""What a file says of an event: values of fields of `EventPage`, as they are compared, stored and shown."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from hashlib import sha256
from html import unescape
from typing import Any
from zoneinfo import ZoneInfo

from django.utils.dateparse import parse_date, parse_datetime
from django.utils.html import escape, strip_tags
from django.utils.translation import gettext as _

from event_pages.dates import EventDate
from event_pages.enums import DatePrecision
from event_pages.event_types import site_time_zone
from event_pages.models import EventPage
from verkosto.core.formats import format_time_zone
from verkosto.core.text import clean_text
from verkosto.core.zones import clock_change

Values = Mapping[str, Any]

MAX_BYTES = 1024 * 1024  # of a file
MAX_EVENTS = 200  # of a file, with repetitions; all of them are imported in one transaction
MAX_SUMMARY = 400

MOMENTS = ("starts_at", "ends_at")
DAYS = ("starts_on", "ends_on")
#: The fields that are shown together, as the date in words.
DATE_FIELDS = ("date_precision", *MOMENTS, *DAYS, "timezone")
BLOCK_END = re.compile(r"</(p|li|h\d|div)>", re.IGNORECASE)
LINE_BREAK = re.compile(r"<br\s*/?>", re.IGNORECASE)
MARKUP = re.compile(r"</?(a|b|br|div|em|font|h\d|i|li|ol|p|span|strong|u|ul)\b[^<>]*>", re.IGNORECASE)
EMPTY_LINES = re.compile(r"\n\s*\n")


class UnreadableFile(Exception):
    """A file, or a part of it, that cannot be read. The text says why, for editors."""


@dataclass(frozen=True, kw_only=True)
class FileEvent:
    """An event of a file. ``number`` is its row in a CSV, or its position in a calendar, counted from 1.

    ``venue`` is the place as the file names it; it is looked up in the directory. With a ``problem`` the event cannot be
    imported; ``notes`` are what the editor should know.
    """

    number: int
    source_key: str = ""
    title: str = ""
    values: Values = field(default_factory=dict)
    venue: str | None = None
    notes: tuple[str, ...] = ()
    problem: str = ""


def source_key(identifier: str) -> str:
    """Return the key of an identifier in a file: the identifier itself or, of a long one, its digest."""
    return identifier if len(identifier) <= 200 else f"sha256:{sha256(identifier.encode()).hexdigest()}"


def key_without_identifier(title: str, start: date | None) -> str:
    """Return the key of an event that the file gives no identifier: it is recognised by title and start."""
    return source_key(f"sha256:{sha256(f'{title}|{start and start.isoformat()}'.encode()).hexdigest()}")


def timed(start: datetime, end: datetime | None, zone: str) -> Values:
    """Return the date fields of an event with times, which are aware. Raise UnreadableFile if it ends before it begins."""
    if end and end < start:
        raise UnreadableFile(_("The event ends before it begins."))
    return {
        "date_precision": DatePrecision.EXACT.value,
        "starts_at": start.astimezone(UTC),
        "ends_at": end.astimezone(UTC) if end else None,
        "starts_on": None,
        "ends_on": None,
        "timezone": zone,
    }


def by_day(first: date, last: date | None, zone: str = "") -> Values:
    """Return the date fields of an event of whole days. Raise UnreadableFile if the last day is before the first."""
    if last and last < first:
        raise UnreadableFile(_("The last day is before the first."))
    return {
        "date_precision": DatePrecision.DATE.value,
        "starts_at": None,
        "ends_at": None,
        "starts_on": first,
        "ends_on": last if last and last > first else None,
        "timezone": zone or site_time_zone(),
    }


def in_zone(local: datetime, zone: str) -> datetime:
    """Return a naive local time as an aware one. Raise UnreadableFile for a time that the clocks skip (PEP 495)."""
    if clock_change(local, zone) == "missing":
        text = _(
            "This time does not exist in the time zone %(zone)s: clocks are moved forward past it when summer time begins."
        )
        raise UnreadableFile(text % {"zone": format_time_zone(zone)})
    return local.replace(tzinfo=ZoneInfo(zone))


def date_notes(values: Values) -> list[str]:
    """Return what an editor should know of the date: no end, a time that occurs twice, clocks that change meanwhile."""
    if values.get("date_precision") != DatePrecision.EXACT:
        return []
    start, end, zone = values["starts_at"], values["ends_at"], values["timezone"]
    local_start, local_end = (moment and moment.astimezone(ZoneInfo(zone)) for moment in (start, end))
    notes = []
    if end is None:
        notes.append(_("There is no end. Visitors see only when the event starts."))
    if any(local and clock_change(local.replace(tzinfo=None), zone) for local in (local_start, local_end)):
        notes.append(_("The time occurs twice: clocks are moved back when summer time ends. Check it."))
    elif local_end and local_start.utcoffset() != local_end.utcoffset() and (local_end - local_start).days < 2:
        notes.append(_("The clocks change between the start and the end. Check both times."))
    return notes


def comparable(name: str, value: Any) -> str | int | None:
    """Return a value of a field as it is compared and stored as JSON."""
    if value in (None, ""):
        return None
    if name in MOMENTS:
        moment = parse_datetime(value) if isinstance(value, str) else value
        return moment.astimezone(UTC).isoformat() if moment else None
    if name in DAYS:
        day = parse_date(value) if isinstance(value, str) else value
        return day.isoformat() if day else None
    return value if isinstance(value, int) else str(value)


def values_of_draft(content: Values, names: Iterable[str]) -> dict[str, str | int | None]:
    """Return fields of an event, as they are compared, from the content of its latest revision."""
    return {
        name: body_text(content.get(name)) if name == "body" else comparable(name, content.get(name)) for name in names
    }


def stored_date(values: Values) -> EventDate:
    """Return the date of comparable values, to be shown in words."""
    start, end = (parse_datetime(values.get(name) or "") for name in MOMENTS)
    first, last = (parse_date(values.get(name) or "") for name in DAYS)
    precision = values.get("date_precision") or DatePrecision.UNANNOUNCED
    is_timed = precision == DatePrecision.EXACT
    return EventDate(
        precision=precision,
        zone=values.get("timezone") or site_time_zone(),
        start=start if is_timed else None,
        end=end if is_timed else None,
        first_day=first,
        last_day=last,
    )


def plain_text(text: str) -> str:
    """Return a description as plain text: cleaned, and without the HTML that some calendars write into it."""
    if MARKUP.search(text):
        text = unescape(strip_tags(LINE_BREAK.sub("\n", BLOCK_END.sub("\n\n", text))))
    paragraphs = EMPTY_LINES.split(clean_text(text).strip())
    return "\n\n".join("\n".join(line.strip() for line in paragraph.split("\n")) for paragraph in paragraphs).strip()


def body_blocks(text: str) -> list[tuple[str, dict[str, str]]]:
    """Return the body of a page with a plain text as its paragraphs, escaped."""
    if not text:
        return []
    paragraphs = (escape(paragraph).replace("\n", "<br/>") for paragraph in text.split("\n\n"))
    return [("rich_text", {"text": "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs)})]


def set_values(event: EventPage, values: Values) -> None:
    """Set fields of an event, which is not saved."""
    for name, value in values.items():
        attribute = "venue_id" if name == "venue" else name
        setattr(event, attribute, body_blocks(value) if name == "body" else value)


def body_text(stored: str | None) -> str | None:
    """Return the text of a stored body (JSON), if it is text alone; else the JSON, which is no text of a file."""
    blocks = json.loads(stored or "[]")
    if any(block["type"] != "rich_text" for block in blocks):
        return stored
    return "\n\n".join(plain_text(block["value"]["text"]) for block in blocks) or None
