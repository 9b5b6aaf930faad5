"""Generated events: the page, the list, the feeds, the calendars, the structured data and the mail say the same."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from typing import Any
from xml.etree import ElementTree

import pytest
from bs4 import BeautifulSoup, Tag
from django.core.cache import cache
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar

from event_pages.enums import Attendance
from event_pages.models import EventPage
from tests.factories import VenueFactory
from tests.factories.registrations import desk_of, event_with_desk, register
from tests.fuzz.texts import bounded, texts
from verkosto.core.text import clean_line, clean_text, has_visible_character
from verkosto.registrations.enums import EventStatus
from verkosto.registrations.mail.compose import compose
from verkosto.registrations.models import Message, Registration

pytestmark = [pytest.mark.django_db, pytest.mark.minutes]
ATOM = "{http://www.w3.org/2005/Atom}"
ZONES = ["Europe/Helsinki", "UTC", "America/New_York", "Asia/Kathmandu", "Australia/Lord_Howe", "Pacific/Apia"]
FIRST, LAST = datetime(2126, 1, 1), datetime(2127, 12, 31)
TIMES = st.datetimes(FIRST, LAST, timezones=st.just(UTC)).map(lambda at: at.replace(second=0, microsecond=0))
LENGTHS = st.one_of(st.none(), st.just(0), st.integers(1, 20_000)).map(
    lambda minutes: None if minutes is None else timedelta(minutes=minutes)
)
DAYS = st.dates(FIRST.date(), LAST.date())
LINES = texts.map(lambda text: clean_line(text)[:100].strip()).filter(
    lambda line: not line or has_visible_character(line)
)
SUMMARIES = texts.map(lambda text: text.replace("\0", "")[:300]).map(
    lambda text: text if has_visible_character(clean_text(text)) else "Lyhyesti"
)
INVISIBLE = dict.fromkeys(map(ord, "\u00ad\u2060"))  # where a line may break, and where not

Times = tuple[Any, Any]


@st.composite
def facts(draw: Any) -> dict[str, Any]:
    """Draw what an editor gives of an event."""
    exact = draw(st.booleans())
    starts_at, length = draw(TIMES), draw(LENGTHS)
    first, more = draw(DAYS), draw(st.sampled_from([None, 0, 1, 45]))
    return {
        "date_precision": "exact" if exact else "date",
        "starts_at": starts_at if exact else None,
        "ends_at": starts_at + length if exact and length is not None else None,
        "starts_on": None if exact else first,
        "ends_on": None if exact or more is None else first + timedelta(days=more),
        "timezone": draw(st.sampled_from(ZONES)),
        "title": draw(LINES) or "Webinaari",
        "summary": draw(SUMMARIES),
        "room": draw(LINES),
        "attendance": draw(st.sampled_from(Attendance.values)),
        "status": draw(st.sampled_from([EventStatus.SCHEDULED, EventStatus.CHANGED, EventStatus.MOVED_ONLINE])),
    }


def expected(given: dict[str, Any]) -> Times:
    """Return the times in UTC, or the first and the last day, as calendars and machines should read them."""
    if given["date_precision"] == "date":
        return given["starts_on"], given["ends_on"] or given["starts_on"]
    start, end = given["starts_at"], given["ends_at"]
    return start, end if end and end > start else start


def of_page(tag: Tag) -> Times:
    """Return the times of the first and the last ``<time>`` of a tag."""
    found = [moment(str(time["datetime"])) for time in tag.select("time[datetime]")]
    return found[0], found[-1]


def moment(text: str) -> datetime | date:
    return datetime.fromisoformat(text).astimezone(UTC) if "T" in text else date.fromisoformat(text)


def of_calendar(content: bytes, uid: str) -> tuple[Times, Any]:
    """Return the times of one entry, with the day after the last of whole days as the last, and the entry."""
    (entry,) = (each for each in Calendar.from_ical(content).walk("VEVENT") if each["UID"] == uid)
    start = entry["DTSTART"].dt
    end = entry["DTEND"].dt if "DTEND" in entry else start
    if isinstance(start, datetime):
        return (start.astimezone(UTC), end.astimezone(UTC)), entry
    return (start, end - timedelta(days=1)), entry


def of_data(data: dict[str, Any]) -> Times:
    start = moment(data["startDate"])
    return start, moment(data["endDate"]) if "endDate" in data else start


def bare(text: str) -> str:
    """Return what a text says, whatever breaks of lines and spaces are in it."""
    return "".join(clean_line(text).translate(INVISIBLE).split()).casefold()


def soup(client: Client, path: str) -> BeautifulSoup:
    return BeautifulSoup(client.get(path).content, "html.parser")


def feeds(client: Client, index: str) -> Iterable[tuple[str, str, str]]:
    """Yield each feed's name with the title and the text of its only event; the text is HTML."""
    rss = ElementTree.fromstring(client.get(f"{index}events.rss").content)  # noqa: S314 - our own
    atom = ElementTree.fromstring(client.get(f"{index}events.atom").content)  # noqa: S314 - our own
    for name, title, text in (
        ("RSS", rss.findtext("channel/item/title"), rss.findtext("channel/item/description")),
        ("Atom", atom.findtext(f"{ATOM}entry/{ATOM}title"), atom.findtext(f"{ATOM}entry/{ATOM}summary")),
    ):
        yield name, title or "", BeautifulSoup(text or "", "html.parser").get_text()


def differences(client: Client, event: EventPage, registration: Registration, given: dict[str, Any]) -> dict[str, Any]:
    """Return what the places say that is not what was given, by place and fact."""
    index = str(event.get_parent().url)
    page, listed = soup(client, str(event.url)), soup(client, index).select_one("article.row--event")
    assert page.h1
    assert listed
    where = [] if event.is_online_only else [given["room"], event.venue.name]
    data = next(json.loads(str(tag.string)) for tag in page.select("script[type='application/ld+json']"))
    registration.desk.refresh_from_db()
    mail = compose(Message(kind="confirmed", desk=registration.desk, registration=registration, language="fi"))
    files = {
        "event.ics": client.get(f"{event.url}event.ics").content,
        "calendar.ics": client.get(f"{index}calendar.ics").content,
        "mail.ics": mail.calendars[0].content,
    }
    entries = {name: of_calendar(content, event.calendar_uid) for name, content in files.items()}
    date_cell, row_date = page.select_one(".facts__date"), listed.select_one(".row__date")
    assert date_cell
    assert row_date
    shown_date = bare(date_cell.get_text())
    times = {
        "page": of_page(date_cell),
        "list": of_page(row_date),
        "structured data": of_data(data),
        **{name: found for name, (found, _entry) in entries.items()},
    }
    titles = {
        "page": page.h1.get_text(),
        "list": str(listed.h3 and listed.h3.get_text()),
        "structured data": data["name"],
        "mail": mail.subject,
        **{name: str(entry["SUMMARY"]) for name, (_found, entry) in entries.items()},
        **{name: title for name, title, _text in feeds(client, index)},
    }
    mail_text = mail.text()
    places = {
        "page": page.select_one(".facts").get_text(),  # type: ignore[union-attr]
        "mail": mail_text,
        "HTML mail": BeautifulSoup(mail.html(), "html.parser").get_text(),
        **{name: str(entry.get("LOCATION", "")) for name, (_found, entry) in entries.items()},
        **{name: text for name, _title, text in feeds(client, index)},
    }
    dates = {name: text for name, text in places.items() if name in ("mail", "HTML mail", "RSS", "Atom")}
    wrong: dict[str, Any] = {f"time: {name}": each for name, each in times.items() if each != expected(given)}
    wrong |= {f"title: {name}": each for name, each in titles.items() if bare(given["title"]) not in bare(each)}
    wrong |= {f"date: {name}": each for name, each in dates.items() if shown_date not in bare(each)}
    town = "" if event.is_online_only else event.venue.city or event.venue.name
    if bare(town) not in bare(listed.get_text()):
        wrong["place: list"] = listed.get_text()
    wrong |= {
        f"place: {name}": each for name, each in places.items() if not all(bare(part) in bare(each) for part in where)
    }
    return wrong


def test_any_event_is_the_same_everywhere(client: Client) -> None:
    event = event_with_desk()
    registration = register(desk_of(event), "aino@example.fi")
    venue = VenueFactory(street_address="")

    @given(given_facts=facts(), venue_name=LINES)
    @bounded(8)
    def show(given_facts: dict[str, Any], venue_name: str) -> None:
        venue.name = venue_name or "Talo"
        venue.save()
        page = EventPage.objects.get(pk=event.pk)
        page.__dict__.update(given_facts)
        page.venue = venue
        page.save_revision().publish()
        cache.clear()
        assert differences(client, EventPage.objects.get(pk=event.pk), registration, given_facts) == {}

    show()
