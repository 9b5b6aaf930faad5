from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.translation import override

from event_pages.enums import Attendance, RegistrationScope
from event_pages.event_rows import event_rows
from event_pages.models import EventIndexPage, Organiser
from home.models import HomePage
from tests.factories import (
    EventIndexPageFactory,
    EventPageFactory,
    EventSeriesPageFactory,
    OrganisationFactory,
    PrivacyNoticeFactory,
    VenueFactory,
)
from tests.factories.registrations import empty_desk, event_with_desk, publish
from tests.recordings import recorded
from verkosto.registrations.enums import EventStatus

BEFORE = datetime(2126, 9, 1, tzinfo=UTC)


@pytest.fixture
@recorded
def calendar(homes: dict[str, HomePage]) -> EventIndexPage:
    return EventIndexPageFactory(parent=homes["fi"], slug="tapahtumat")


def rows_of(calendar: EventIndexPage, now: datetime = BEFORE) -> list[Any]:
    with override("fi"):
        return event_rows(calendar.calendar_events.chronological().for_listing(), now)


@pytest.mark.parametrize(
    ("attendance", "city", "expected"),
    [
        (Attendance.ON_SITE, "Tampere", "Tampere"),
        (Attendance.ON_SITE, "", "Sali"),
        (Attendance.HYBRID, "Tampere", "Tampere ja verkossa"),
        (Attendance.ONLINE, "Tampere", "Verkossa"),
        (Attendance.ON_SITE, None, "Paikan päällä"),
    ],
)
def test_row_has_the_town_and_the_format(
    calendar: EventIndexPage, attendance: str, city: str | None, expected: str
) -> None:
    venue = None if city is None else VenueFactory(name="Sali", city=city, locale=calendar.locale)
    EventPageFactory(parent=calendar, attendance=attendance, venue=venue)
    with override("fi"):
        assert [str(row.place) for row in rows_of(calendar)] == [expected]


def test_row_has_the_organisers_in_their_order(calendar: EventIndexPage) -> None:
    event = EventPageFactory(parent=calendar)
    for number, name in ((2, "Vero & <b>"), (1, "Kela")):
        organisation = OrganisationFactory(name=name, locale=calendar.locale)
        Organiser.objects.create(page=event, organisation=organisation, locale=calendar.locale, sort_order=number)
    assert [row.organisers for row in rows_of(calendar)] == [["Kela", "Vero &amp; &lt;b&gt;"]]


@pytest.mark.parametrize(
    ("facts", "now", "expected"),
    [
        ({}, BEFORE, "Paikkoja jäljellä"),
        ({}, datetime(2126, 10, 1, tzinfo=UTC), ""),
        ({"status": EventStatus.CANCELLED}, BEFORE, ""),
        ({"status": EventStatus.POSTPONED}, BEFORE, "Paikkoja jäljellä"),
    ],
)
def test_row_says_whether_one_can_register_while_that_matters(
    calendar: EventIndexPage, facts: dict[str, Any], now: datetime, expected: str
) -> None:
    event_with_desk(index=calendar, capacity=20, **facts)
    assert [row.places_text for row in rows_of(calendar, now)] == [expected]


def test_event_of_a_series_has_the_places_of_the_series(calendar: EventIndexPage) -> None:
    scopes = (RegistrationScope.WHOLE, RegistrationScope.EACH)
    for scope in scopes:
        series = EventSeriesPageFactory(
            parent=calendar,
            capacity=3,
            registration_enabled=True,
            registration_scope=scope,
            privacy_notice=PrivacyNoticeFactory(),
        )
        publish(series)
        publish(EventPageFactory(parent=series))
    assert [row.places_text for row in rows_of(calendar)] == ["3 paikkaa jäljellä", ""]


def test_opening_is_in_the_time_zone_of_the_event(calendar: EventIndexPage) -> None:
    opens = datetime(2126, 9, 2, 22, 30, tzinfo=UTC)
    event_with_desk(index=calendar, registration_opens_at=opens, timezone="Europe/Stockholm")
    (row,) = rows_of(calendar)
    with override("en"):
        assert row.places_text.replace("\u00a0", " ") == "Registration opens Tue 3 September, 12.30 am"


@pytest.mark.parametrize("count", [1, 30])
def test_rows_take_three_queries(calendar: EventIndexPage, count_queries: Callable[..., int], count: int) -> None:
    series = EventSeriesPageFactory(parent=calendar)
    venue = VenueFactory(locale=calendar.locale)
    organisation = OrganisationFactory(locale=calendar.locale)
    registration = {"registration_enabled": True, "privacy_notice": PrivacyNoticeFactory()}
    for _ in range(count):
        event = EventPageFactory(parent=series, venue=venue, **registration)
        empty_desk(event.translation_key, capacity=5)
        Organiser.objects.create(page=event, organisation=organisation, locale=calendar.locale)
    events = list(calendar.calendar_events.for_listing())
    event_rows(events, BEFORE)  # reads the locales, once a process
    with CaptureQueriesContext(connection) as captured, override("fi"):
        texts = [(str(row.place), row.organisers, row.places_text) for row in event_rows(events, BEFORE)]
    assert texts == [(venue.city, [organisation.name], "5 paikkaa jäljellä")] * count
    assert len(captured) == 3

    assert count_queries("/fi/tapahtumat/") == 3
    assert count_queries("/fi/tapahtumat/", cold=True) == 20
