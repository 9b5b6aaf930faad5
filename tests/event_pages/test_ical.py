import re
from collections.abc import Callable
from datetime import UTC, date, timedelta

import pytest
from django.test import Client
from django.utils import timezone
from icalendar import Calendar

from event_pages import ical
from event_pages.models import EventIndexPage, EventPage
from home.models import HomePage
from tests.factories import EventIndexPageFactory, EventPageFactory, EventSeriesPageFactory, VenueFactory, in_language
from tests.recordings import recorded


@pytest.fixture
@recorded
def calendar(homes: dict[str, HomePage]) -> EventIndexPage:
    return EventIndexPageFactory(parent=homes["fi"], slug="tapahtumat")


def read(*events: EventPage) -> Calendar:
    return Calendar.from_ical(ical.calendar(events, name="Tapahtumat", language="fi"))


def test_event_reads_back_as_it_was(calendar: EventIndexPage) -> None:
    venue = VenueFactory(name="Säätytalo; A, B")
    event = EventPageFactory(
        parent=calendar,
        title="Rivi\r\ntoinen;\N{NO-BREAK SPACE}pilkku, kenoviiva \\",
        venue=venue,
        timezone="Europe/Stockholm",
    )
    event.summary = "Yksi\r\nkaksi\x00\x07"

    whole = read(event)
    entry = whole.events[0]

    assert [str(zone["tzid"]) for zone in whole.walk("VTIMEZONE")] == ["Europe/Stockholm"]
    assert entry["uid"] == f"{event.translation_key}@verkosto"
    assert entry.start.astimezone(UTC) == event.starts_at
    assert entry.end.astimezone(UTC) == event.ends_at
    assert entry["dtstart"].params["tzid"] == "Europe/Stockholm"
    assert (entry["summary"], entry["description"]) == ("Rivi toinen; pilkku, kenoviiva \\", "Yksi\nkaksi")
    assert entry["location"] == "Säätytalo; A, B, Esimerkkikatu 1, 00100 Helsinki"
    assert (entry["status"], entry["sequence"]) == ("CONFIRMED", 0)


def test_words_cannot_write_lines_of_their_own(calendar: EventIndexPage) -> None:
    event = EventPageFactory(parent=calendar, title="a\r\nBEGIN:VEVENT\r\nATTENDEE:mailto:x@example.fi")

    lines = ical.calendar([event], name="b\r\nBEGIN:VEVENT", language="fi").split(b"\r\n")

    assert lines.count(b"BEGIN:VEVENT") == 1
    assert not [line for line in lines if line.startswith(b"ATTENDEE") or b"\n" in line]


def test_day_without_time_is_a_whole_day(calendar: EventIndexPage) -> None:
    event = EventPageFactory(
        parent=calendar,
        date_precision="date",
        starts_at=None,
        starts_on=date(2126, 9, 16),
        ends_on=date(2126, 9, 17),
    )

    content = ical.calendar([event], name="x", language="fi")
    assert b"DTSTART;VALUE=DATE:21260916" in content
    assert b"DTEND;VALUE=DATE:21260918" in content
    assert b"VTIMEZONE" not in content


def test_status_in_calendars(calendar: EventIndexPage) -> None:
    cancelled = EventPageFactory(parent=calendar, status="cancelled")
    further = EventPageFactory(parent=calendar, status="postponed")
    moved = EventPageFactory(parent=calendar, status="postponed", postponed_until=date(2127, 1, 15))
    month = EventPageFactory(parent=calendar, date_precision="month", starts_at=None, starts_on=date(2126, 6, 1))

    entries = read(cancelled, further, moved, month).events

    assert [(str(entry["status"]), entry.start) for entry in entries] == [
        ("CANCELLED", cancelled.planned_date.local_start),
        ("CANCELLED", further.planned_date.local_start),
        ("CONFIRMED", date(2127, 1, 15)),
    ]


@pytest.mark.parametrize("path", ["", "tapahtumat/", "tapahtumat/kausi/"])
def test_every_list_has_a_calendar_and_feeds(client: Client, calendar: EventIndexPage, path: str) -> None:
    series = EventSeriesPageFactory(parent=calendar, slug="kausi")
    EventPageFactory(parent=series, title="Aamukahvit", slug="aamukahvit")
    EventPageFactory(parent=series, title="Mennyt", starts_at=timezone.now() - timedelta(days=30), slug="mennyt")

    response = client.get(f"/fi/{path}calendar.ics")

    assert response["Content-Type"] == "text/calendar; charset=utf-8"
    assert "Set-Cookie" not in response
    entries = Calendar.from_ical(response.content).events
    assert [str(entry["summary"]) for entry in entries] == ["Mennyt", "Aamukahvit"]
    for name in ("events.rss", "events.atom"):
        feed = client.get(f"/fi/{path}{name}").content.decode()
        assert "Aamukahvit" in feed
        assert "Mennyt" not in feed


def test_calendar_of_one_event_is_in_its_language(client: Client, calendar: EventIndexPage) -> None:
    event = EventPageFactory(parent=calendar, title="Aamukahvit", slug="aamukahvit")
    in_language(calendar, "sv", slug="evenemang")
    in_language(event, "sv", title="Morgonkaffe", slug="morgonkaffe")

    finnish = Calendar.from_ical(client.get("/fi/tapahtumat/aamukahvit/event.ics").content).events[0]
    swedish = Calendar.from_ical(client.get("/sv/evenemang/morgonkaffe/event.ics").content).events[0]

    assert [str(finnish["summary"]), str(swedish["summary"])] == ["Aamukahvit", "Morgonkaffe"]
    assert finnish["uid"] == swedish["uid"]


@pytest.mark.parametrize(
    "path", ["tapahtumat/ei-ole/event.ics", "tapahtumat/event.ics", "tapahtumat/salainen/event.ics"]
)
def test_calendar_of_what_is_not_public_is_missing(client: Client, calendar: EventIndexPage, path: str) -> None:
    EventPageFactory(parent=calendar, slug="salainen", live=False)

    answer = client.get(f"/fi/{path}")
    assert (answer.status_code, b"VCALENDAR" in answer.content) == (404, False)


@pytest.mark.parametrize("name", ["events.rss", "events.atom"])
def test_control_characters_break_no_feed(client: Client, calendar: EventIndexPage, name: str) -> None:
    EventPageFactory(parent=calendar, title="Aamu\x0bkahvit\x07 \u202eab", slug="aamukahvit")

    feed = client.get(f"/fi/tapahtumat/{name}").content.decode()

    assert "<title>Aamu kahvit ab</title>" in feed


def test_calendar_has_the_last_year_and_all_to_come(client: Client, calendar: EventIndexPage) -> None:
    for title, days in (("Viime vuonna", -400), ("Keväällä", -200), ("Tulossa", 20), ("Ensi vuonna", 500)):
        EventPageFactory(parent=calendar, title=title, starts_at=timezone.now() + timedelta(days=days))

    entries = Calendar.from_ical(client.get("/fi/tapahtumat/calendar.ics").content).events

    assert [str(entry["summary"]) for entry in entries] == ["Keväällä", "Tulossa", "Ensi vuonna"]


@pytest.mark.parametrize("name", ["calendar.ics", "events.rss", "events.atom"])
def test_file_is_kept_and_of_the_same_cache_class_as_a_page(
    client: Client, calendar: EventIndexPage, count_queries: Callable[..., int], name: str
) -> None:
    """Findings: a page made private was served for longer as a calendar than as HTML."""
    path = f"/fi/tapahtumat/{name}"
    EventPageFactory(parent=calendar, title="Aamukahvit")
    first = client.get(path)
    assert first["Cache-Control"] == client.get("/fi/tapahtumat/")["Cache-Control"] == "public, max-age=5, s-maxage=60"

    again = client.get(path, headers={"if-none-match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    one = count_queries(path)
    for number in range(30):
        EventPageFactory(parent=calendar, title=f"Toinen {number}")
    assert count_queries(path) == one == 3  # the page only, to see whether it is public
    assert client.get(path, headers={"if-none-match": first["ETag"]}).status_code == 200

    calendar.view_restrictions.create(restriction_type="login")
    assert client.get(path).status_code == 404


IDENTIFIERS = {"events.rss": r"<guid[^>]*>[^<]*</guid>", "events.atom": r"<id>[^<]*</id>"}


@pytest.mark.parametrize("name", ["events.rss", "events.atom"])
def test_identifiers_of_a_feed_stay_when_the_slug_changes(client: Client, calendar: EventIndexPage, name: str) -> None:
    """Finding: after a new slug every item came again under a new guid (RSS 2.0, "guid"; RFC 4287 §4.2.6)."""
    event = EventPageFactory(parent=calendar, slug="aamukahvit")
    before = re.findall(IDENTIFIERS[name], client.get(f"/fi/tapahtumat/{name}").content.decode())

    for page, slug in ((event, "iltakahvit"), (calendar, "kalenteri")):
        page.slug = slug
        page.save()
    after = re.findall(IDENTIFIERS[name], client.get(f"/fi/kalenteri/{name}").content.decode())

    item, feed = (f"urn:uuid:{page.translation_key}#fi" for page in (event, calendar))
    expected = {
        "events.rss": [f'<guid isPermaLink="false">{item}</guid>'],
        "events.atom": [f"<id>{feed}</id>", f"<id>{item}</id>"],
    }
    assert before == after == expected[name]


def test_event_without_an_end_stays_in_its_feed_until_the_day_ends(client: Client, calendar: EventIndexPage) -> None:
    """Finding: it was past, in lists and in feeds, from the moment it began."""
    now = timezone.localtime()
    start = now.replace(hour=0, minute=0, second=0, microsecond=0)
    EventPageFactory(parent=calendar, title="Tänään", starts_at=start, ends_at=None)
    EventPageFactory(parent=calendar, title="Eilen", starts_at=start - timedelta(hours=1), ends_at=None)

    feed = client.get("/fi/tapahtumat/events.rss").content.decode()

    assert ("Tänään" in feed, "Eilen" in feed) == (True, False)
    entry = Calendar.from_ical(client.get("/fi/tapahtumat/calendar.ics").content).events[1]
    assert (str(entry["summary"]), entry.get("dtend")) == ("Tänään", None)
