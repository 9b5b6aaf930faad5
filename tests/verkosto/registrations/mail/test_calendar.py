"""Calendar files as two libraries that know nothing of each other read them."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

import icalendar
import pytest
from ical.calendar_stream import IcsCalendarStream

from tests.factories.registrations import desk_of, in_three_languages, publish, register
from verkosto.registrations.domain import lifecycle
from verkosto.registrations.mail import delivery
from verkosto.registrations.models import Message

pytestmark = pytest.mark.django_db


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


@pytest.fixture
def files(monkeypatch):
    """Delivers what is due, and gives the calendar files of the mails so far."""
    letters: list[Any] = []
    monkeypatch.setattr("verkosto.registrations.mail.email.send_mail", letters.append)

    def deliver() -> list[str]:
        delivery.deliver_due()
        return [part[1] for letter in letters for part in letter.attachments if part[0] == "event.ics"]

    return deliver


def test_update_replaces_the_entry_and_a_cancellation_takes_it_out(event, files):
    register(desk_of(event), "a@example.fi")
    method, first = read(files()[-1])
    assert (method, first.status, first.title) == ("REQUEST", "CONFIRMED", "Webinaari")
    assert (first.starts_at, first.ends_at) == (event.starts_at, event.ends_at)
    event.starts_at += timedelta(days=1)
    event.ends_at += timedelta(days=1)
    event = publish(event)
    method, moved = read(files()[-1])
    assert (method, moved.uid, moved.starts_at) == ("REQUEST", first.uid, event.starts_at)
    assert moved.sequence > first.sequence
    event.status = "moved_online"
    event = publish(event)
    method, online = read(files()[-1])
    assert (method, online.uid, online.sequence > moved.sequence) == ("REQUEST", first.uid, True)
    event.status = "cancelled"
    publish(event)
    method, gone = read(files()[-1])
    assert (method, gone.uid, gone.status, gone.sequence > online.sequence) == (
        "CANCEL",
        first.uid,
        "CANCELLED",
        True,
    )


def test_day_without_a_time_is_entered_as_a_whole_day(event, files):
    event.title, event.date_precision = "Webinaari 16.\N{NO-BREAK SPACE}syyskuuta", "date"
    event.starts_on, event.ends_on = date(2126, 9, 16), date(2126, 9, 17)
    register(desk_of(publish(event)), "a@example.fi")
    entry = icalendar.Calendar.from_ical(files()[-1]).walk("VEVENT")[0]
    assert (entry.start, entry.end) == (date(2126, 9, 16), date(2126, 9, 18))
    assert entry["summary"] == "Webinaari 16. syyskuuta"


def test_who_cancels_has_the_entry_taken_out(desk, files):
    registration = register(desk, "a@example.fi")
    entered = read(files()[-1])[1]
    lifecycle.cancel(registration=registration)
    method, gone = read(files()[-1])
    assert (method, gone.uid, gone.status) == ("CANCEL", entered.uid, "CANCELLED")
    assert gone.sequence >= entered.sequence


def test_each_language_has_the_same_entry_in_its_own_words(event, files):
    event.capacity = None
    in_three_languages(publish(event))
    for language in ("fi", "sv", "en"):
        register(desk_of(event), f"{language}@example.fi", language=language)
    entries = [read(text)[1] for text in files()]
    assert len({entry.uid for entry in entries}) == 1
    assert {entry.title for entry in entries} == {"Webinaari", "Webbinarium", "Webinar"}


def test_postponed_without_a_date_is_told_without_an_entry_that_lies(event, files):
    register(desk_of(event), "a@example.fi")
    before = len(files())
    event.status = "postponed"
    publish(event)
    assert Message.objects.filter(kind="event_postponed").exists()
    assert [read(text)[0] for text in files()[before:]] in ([], ["CANCEL"])
