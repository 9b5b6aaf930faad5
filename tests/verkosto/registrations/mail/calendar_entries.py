"""The one entry of a calendar file, as two libraries that know nothing of each other read it."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import icalendar
from ical.calendar_stream import IcsCalendarStream


@dataclass(frozen=True)
class Entry:
    uid: str
    sequence: int
    status: str
    starts_at: datetime
    ends_at: datetime
    title: str


def read(text: str) -> tuple[str, Entry]:
    """The method and the one entry of a calendar file, in which both libraries agree."""
    other = icalendar.Calendar.from_ical(text)
    event = other.walk("VEVENT")[0]
    mine = Entry(
        str(event["uid"]),
        int(event["sequence"]),
        str(event["status"]),
        event.start.astimezone(UTC),
        event.end.astimezone(UTC),
        str(event["summary"]),
    )
    calendar = IcsCalendarStream.calendar_from_ics(text)
    assert len(calendar.events) == len(other.walk("VEVENT")) == 1
    second: Any = calendar.events[0]
    theirs = Entry(
        second.uid,
        second.sequence,
        second.status.value,
        second.dtstart.astimezone(UTC),
        second.dtend.astimezone(UTC),
        second.summary,
    )
    assert theirs == mine
    assert calendar.method == str(other["method"])
    return str(other["method"]), mine
