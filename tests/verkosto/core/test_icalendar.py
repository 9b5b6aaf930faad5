from dataclasses import replace
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from icalendar import Calendar, Event

from verkosto.core.icalendar import CANCEL, PUBLISH, REQUEST, Entry, Organizer, Subscription, write_calendar

HELSINKI = ZoneInfo("Europe/Helsinki")
STAMP = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)
MEETING = Entry(
    uid="1@verkosto",
    title="A;\r\nBEGIN:VEVENT\N{NO-BREAK SPACE}b",
    start=datetime(2026, 9, 16, 13, tzinfo=HELSINKI),
    end=datetime(2026, 9, 16, 15, tzinfo=HELSINKI),
    stamp=STAMP,
    sequence=3,
)


def event_of(content: bytes) -> Event:
    (event,) = Calendar.from_ical(content).walk("VEVENT")
    return event


def test_meeting_reads_back_with_its_zone() -> None:
    content = write_calendar([MEETING], product="Test", language="fi")
    whole, event = Calendar.from_ical(content), event_of(content)
    assert [str(zone["tzid"]) for zone in whole.walk("VTIMEZONE")] == ["Europe/Helsinki"]
    assert (str(whole["method"]), str(whole["prodid"])) == (PUBLISH, "-//Verkosto//Test//EN")
    assert (event.start, event.end, event["dtstamp"].dt) == (MEETING.start, MEETING.end, STAMP)
    assert (str(event["summary"]), event["summary"].params["language"]) == ("A; BEGIN:VEVENT b", "fi")
    assert (event["status"], event["transp"], event["sequence"]) == ("CONFIRMED", "OPAQUE", 3)


def test_time_that_comes_twice_is_the_one_that_is_meant() -> None:
    """Found when tried: a local time that comes twice is the first of them (RFC 5545 §3.3.5). The end was an hour early."""
    start, first = datetime(2027, 10, 31, 2, 30, tzinfo=HELSINKI), datetime(2027, 10, 31, 3, 30, tzinfo=HELSINKI)
    for end, written in (
        (first, b"TZID=Europe/Helsinki:20271031T033000"),
        (first.replace(fold=1), b":20271031T013000Z"),
    ):
        content = write_calendar([replace(MEETING, start=start, end=end)], product="Test")
        assert b"DTEND" + (b"" if written.startswith(b":") else b";") + written in content
        assert event_of(content).end.astimezone(UTC) == end.astimezone(UTC)


def test_days_end_the_day_after_the_last_one() -> None:
    days = Entry(uid="1", title="x", start=date(2026, 9, 16), end=date(2026, 9, 17), stamp=STAMP)
    content = write_calendar([days], product="Test")
    assert (event_of(content).start, event_of(content).end) == (date(2026, 9, 16), date(2026, 9, 18))
    assert b"VTIMEZONE" not in content


def test_request_and_cancel_name_organizer_and_attendee() -> None:
    organizer = Organizer(name="Verkosto\r\nX", email="v@example.fi")
    for method, status, participation in ((REQUEST, "CONFIRMED", "ACCEPTED"), (CANCEL, "CANCELLED", "DECLINED")):
        event = event_of(
            write_calendar([MEETING], product="Test", method=method, organizer=organizer, attendee="a@example.fi")
        )
        assert (event["status"], event["attendee"].params["partstat"]) == (status, participation)
        assert (str(event["organizer"]), event["organizer"].params["cn"]) == ("mailto:v@example.fi", "Verkosto X")


def test_attendee_with_a_line_break_is_left_out() -> None:
    content = write_calendar([MEETING], product="Test", method=REQUEST, attendee="a@example.fi\r\nX:y")
    assert b"ATTENDEE" not in content


def test_subscription_says_its_name_and_refresh_interval() -> None:
    whole = Calendar.from_ical(write_calendar([], product="Test", subscription=Subscription(name="All\nevents")))
    assert (str(whole["name"]), str(whole["x-published-ttl"])) == ("All events", "PT1H")
