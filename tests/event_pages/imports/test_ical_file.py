"""Events in calendars as Outlook, Google and others export them."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.utils import translation

from event_pages.imports.ical_file import is_calendar, read_calendar
from event_pages.imports.recurrence import MAX_OCCURRENCES
from event_pages.imports.values import FileEvent, UnreadableFile


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    with translation.override("en"):
        yield


def calendar(*events: str) -> str:
    """A calendar with events, each given as its lines."""
    lines = [f"BEGIN:VEVENT\n{event.strip()}\nEND:VEVENT" for event in events]
    return "\n".join(["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//example.fi//EN", *lines, "END:VCALENDAR", ""])


def read(*events: str) -> list[FileEvent]:
    return list(read_calendar(calendar(*events)))


def spans(events: list[FileEvent]) -> list[tuple[str, Any, Any]]:
    return [(event.source_key, event.values["starts_at"], event.values["ends_at"]) for event in events]


def test_rule_whose_days_are_all_left_out_gives_no_event() -> None:
    rule = "DTSTART:20270501T060000Z\nRRULE:FREQ=DAILY;COUNT=1\nEXDATE:20270501T060000Z"
    assert read(f"UID:a\nSUMMARY:A\n{rule}") == []


def problems(*events: str) -> list[str]:
    return [event.problem for event in read(*events)]


def test_event_with_times_in_a_zone() -> None:
    event = """
UID:a@example.fi
SUMMARY:Aamukahvit\\, osa 1
DESCRIPTION:Ensimmäinen.\\n\\nToinen.
LOCATION:Säätytalo\\, Helsinki
DTSTART;TZID=Europe/Helsinki:20270520T083000
DTEND;TZID=Europe/Helsinki:20270520T100000
STATUS:CONFIRMED"""
    assert read(event) == [
        FileEvent(
            number=1,
            source_key="a@example.fi",
            title="Aamukahvit, osa 1",
            values={
                "title": "Aamukahvit, osa 1",
                "summary": "Ensimmäinen. Toinen.",
                "body": "Ensimmäinen.\n\nToinen.",
                "date_precision": "exact",
                "starts_at": datetime(2027, 5, 20, 5, 30, tzinfo=UTC),
                "ends_at": datetime(2027, 5, 20, 7, tzinfo=UTC),
                "starts_on": None,
                "ends_on": None,
                "timezone": "Europe/Helsinki",
                "status": "scheduled",
            },
            venue="Säätytalo, Helsinki",
        )
    ]


@pytest.mark.parametrize(
    ("start", "zone", "moment"),
    [
        # Outlook names the zones of Windows.
        (";TZID=FLE Standard Time:20270520T083000", "Europe/Helsinki", datetime(2027, 5, 20, 5, 30, tzinfo=UTC)),
        (";TZID=Europe/Stockholm:20270520T083000", "Europe/Stockholm", datetime(2027, 5, 20, 6, 30, tzinfo=UTC)),
        # A time in UTC, and one without a zone, are shown in the site's.
        (":20270520T053000Z", "Europe/Helsinki", datetime(2027, 5, 20, 5, 30, tzinfo=UTC)),
        (":20270520T083000", "Europe/Helsinki", datetime(2027, 5, 20, 5, 30, tzinfo=UTC)),
    ],
)
def test_time_zones(start: str, zone: str, moment: datetime) -> None:
    [event] = read(f"UID:a\nSUMMARY:A\nDTSTART{start}\nDURATION:PT90M")
    assert (event.values["timezone"], event.values["starts_at"]) == (zone, moment)
    assert event.values["ends_at"] - moment == datetime(2027, 1, 1, 1, 30) - datetime(2027, 1, 1)


@pytest.mark.parametrize(
    ("lines", "days"),
    [
        ("DTSTART;VALUE=DATE:20270520\nDTEND;VALUE=DATE:20270522", (date(2027, 5, 20), date(2027, 5, 21))),
        ("DTSTART;VALUE=DATE:20270520\nDTEND;VALUE=DATE:20270521", (date(2027, 5, 20), None)),
        ("DTSTART;VALUE=DATE:20270520", (date(2027, 5, 20), None)),
        (
            "DTSTART:20270520T000000\nDTEND:20270521T000000\nX-MICROSOFT-CDO-ALLDAYEVENT:TRUE",
            (date(2027, 5, 20), None),
        ),
    ],
)
def test_whole_days(lines: str, days: tuple[date, date | None]) -> None:
    [event] = read(f"UID:a\nSUMMARY:A\n{lines}")
    values = event.values
    assert (values["date_precision"], values["starts_on"], values["ends_on"], values["starts_at"]) == (
        *("date", *days),
        None,
    )
    assert event.notes == ()


def test_repetitions_keep_the_time_of_day_across_the_change_of_clocks() -> None:
    event = """
UID:a
SUMMARY:A
DTSTART;TZID=Europe/Helsinki:20271024T090000
DTEND;TZID=Europe/Helsinki:20271024T100000
RRULE:FREQ=WEEKLY;COUNT=3
EXDATE;TZID=Europe/Helsinki:20271107T090000"""
    assert spans(read(event)) == [
        ("a/2027-10-24T06:00:00+00:00", *(datetime(2027, 10, 24, hour, tzinfo=UTC) for hour in (6, 7))),
        ("a/2027-10-31T07:00:00+00:00", *(datetime(2027, 10, 31, hour, tzinfo=UTC) for hour in (7, 8))),
    ]


def test_a_moved_repetition_keeps_its_key() -> None:
    master = (
        "UID:a\nSUMMARY:A\nDTSTART:20270501T060000Z\nDTEND:20270501T070000Z\nRRULE:FREQ=DAILY;UNTIL=20270502T060000Z"
    )
    moved = "UID:a\nSUMMARY:Siirretty\nRECURRENCE-ID:20270502T060000Z\nDTSTART:20270503T080000Z"
    for events in ((master, moved), (moved, master)):
        assert [(event.source_key, event.title, event.values["starts_at"]) for event in read(*events)] == [
            ("a/2027-05-01T06:00:00+00:00", "A", datetime(2027, 5, 1, 6, tzinfo=UTC)),
            ("a/2027-05-02T06:00:00+00:00", "Siirretty", datetime(2027, 5, 3, 8, tzinfo=UTC)),
        ]


@pytest.mark.parametrize(
    ("rule", "days"),
    [
        ("FREQ=MONTHLY;BYDAY=3TH;COUNT=3", [(5, 20), (6, 17), (7, 15)]),
        ("FREQ=WEEKLY;INTERVAL=2;BYDAY=TU,TH;UNTIL=20270604", [(5, 20), (6, 1), (6, 3)]),
    ],
)
def test_rules_of_whole_days(rule: str, days: list[tuple[int, int]]) -> None:
    events = read(f"UID:a\nSUMMARY:A\nDTSTART;VALUE=DATE:20270520\nRRULE:{rule}")
    assert [event.values["starts_on"] for event in events] == [date(2027, month, day) for month, day in days]


NOT_UNDERSTOOD = "The way it repeats is not understood. Import it as single events."
TOO_OFTEN = f"It repeats too often or for too long: at most {MAX_OCCURRENCES} times, within three years."


@pytest.mark.parametrize(
    ("rule", "problem"),
    [
        ("FREQ=WEEKLY", "It repeats without end. Give the repetition a last day, and export the file again."),
        ("FREQ=DAILY;COUNT=61", TOO_OFTEN),
        ("FREQ=DAILY;COUNT=1000000000", TOO_OFTEN),
        ("FREQ=YEARLY;UNTIL=20370101", TOO_OFTEN),
        ("FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30;COUNT=2", TOO_OFTEN),
        ("FREQ=SECONDLY;COUNT=2", NOT_UNDERSTOOD),
        ("FREQ=DAILY;INTERVAL=0;COUNT=2", NOT_UNDERSTOOD),
        ("FREQ=DAILY;BYHOUR=9;COUNT=2", NOT_UNDERSTOOD),
    ],
)
def test_endless_and_strange_rules_are_refused(rule: str, problem: str) -> None:
    assert problems(f"UID:a\nSUMMARY:A\nDTSTART:20270520T083000\nRRULE:{rule}") == [problem]


def test_what_cannot_be_read_is_named_and_the_rest_is_read() -> None:
    found = read(
        "UID:a\nSUMMARY:Ilman alkua",
        "UID:b\nDTSTART:20270520T083000",
        "UID:c\nSUMMARY:Ei ole\nDTSTART;TZID=Europe/Helsinki:20270328T033000",
        "UID:d\nSUMMARY:Nurin\nDTSTART:20270520T083000\nDTEND:20270520T080000",
        "UID:e\nSUMMARY:Sekaisin\nDTSTART:20270520T083000\nDTEND;VALUE=DATE:20270520",
        "UID:f\nSUMMARY:Monta\nDTSTART:20270520T083000\nRDATE:20270521T083000",
        "UID:g\nSUMMARY:Hyvä\nDTSTART:20270520T083000\nDTEND:20270520T090000",
    )
    assert [(event.number, event.title, event.problem) for event in found] == [
        (1, "Ilman alkua", "It has no start."),
        (2, "", "It has no title."),
        (
            3,
            "Ei ole",
            "This time does not exist in the time zone Helsinki: clocks are moved forward past it when summer time begins.",
        ),
        (4, "Nurin", "The event ends before it begins."),
        (5, "Sekaisin", "Its start is a time and its end a day, or the other way round."),
        (6, "Monta", "Its dates are not a simple repetition. Import it as single events."),
        (7, "Hyvä", ""),
    ]


def test_notes_name_what_to_look_at() -> None:
    found = read(
        "UID:a\nSUMMARY:A\nDTSTART:20270520T083000",
        "UID:b\nSUMMARY:A\nDTSTART;TZID=Europe/Helsinki:20271031T033000\nDTEND;TZID=Europe/Helsinki:20271031T050000",
        "UID:c\nSUMMARY:A\nDTSTART;TZID=Europe/Helsinki:20271031T010000\nDTEND;TZID=Europe/Helsinki:20271031T090000",
        "SUMMARY:A\nDTSTART;VALUE=DATE:20270520\nDESCRIPTION:https://meet.example.fi/a",
    )
    assert [event.notes for event in found] == [
        ("There is no end. Visitors see only when the event starts.",),
        ("The time occurs twice: clocks are moved back when summer time ends. Check it.",),
        ("The clocks change between the start and the end. Check both times.",),
        (
            "It has no UID, so it is recognised by its title and start.",
            "The text has a web address. Make sure that it is not the joining link, which must not be public.",
        ),
    ]


def test_a_link_as_the_place_is_the_private_joining_link() -> None:
    [event] = read("UID:a\nSUMMARY:A\nDTSTART;VALUE=DATE:20270520\nLOCATION:https://meet.example.fi/a")
    assert (event.values["joining_url"], event.values["attendance"], event.venue) == (
        *("https://meet.example.fi/a", "online"),
        "",
    )


def test_hostile_text_is_plain() -> None:
    [event] = read(
        "UID:a\nSUMMARY:A\u202e\u0007 <b>B</b>\nDTSTART;VALUE=DATE:20270520\n"
        "DESCRIPTION:<p>Yksi &amp\\; kaksi<br>kolme</p><a href='javascript:x'>neljä</a>"
    )
    assert (event.title, event.values["body"]) == ("A <b>B</b>", "Yksi & kaksi\nkolme\n\nneljä")


def test_cancelled_event() -> None:
    [event] = read("UID:a\nSUMMARY:A\nDTSTART;VALUE=DATE:20270520\nSTATUS:CANCELLED")
    assert event.values["status"] == "cancelled"


def test_broken_calendar_is_refused() -> None:
    text = "BEGIN:VCALENDAR\nroskaa\nEND:VCALENDAR\n"
    assert is_calendar(text)
    with pytest.raises(UnreadableFile, match="not a calendar that can be read"):
        list(read_calendar(text))


def test_time_before_all_calendars_is_refused() -> None:
    replaced = "UID:a\nSUMMARY:A\nRECURRENCE-ID;TZID=Europe/Helsinki:00010101T000000\nDTSTART:20270520T100000Z"
    with pytest.raises(UnreadableFile, match="not a calendar that can be read"):
        read(replaced)
