from datetime import UTC, date, datetime, timedelta

import pytest

from event_pages.models import EventIndexPage, EventPage
from home.models import HomePage
from tests.factories import (
    EventIndexPageFactory,
    EventPageFactory,
    EventSeriesPageFactory,
    NetworkIndexPageFactory,
    NetworkPageFactory,
    in_language,
    link_to_network,
)
from tests.recordings import recorded

NOW = datetime(2126, 6, 10, 12, tzinfo=UTC)
MONTH = {"date_precision": "month", "starts_at": None, "starts_on": date(2126, 6, 1)}
DAY = {"date_precision": "date", "starts_at": None}
UNANNOUNCED = {"date_precision": "unannounced", "starts_at": None}


@pytest.fixture
@recorded
def calendar(homes: dict[str, HomePage]) -> EventIndexPage:
    return EventIndexPageFactory(parent=homes["fi"], slug="tapahtumat")


def titles(events: object) -> list[str]:
    return [event.title for event in events]  # type: ignore[attr-defined]


def test_upcoming_and_past_divide_events_of_every_precision(calendar: EventIndexPage) -> None:
    for title, values in {
        "kuukausi": MONTH,
        "ei päivää": UNANNOUNCED,
        "tänään": {**DAY, "starts_on": date(2126, 6, 10)},
        "kesken": {"starts_at": NOW - timedelta(hours=1)},
        "ohi": {"starts_at": NOW - timedelta(hours=4)},
        "siirretty": {"starts_at": NOW - timedelta(days=9), "status": "postponed"},
        "eilen": {**DAY, "starts_on": date(2126, 6, 9)},
        "peruttu": {"starts_at": NOW + timedelta(hours=1), "status": "cancelled"},
    }.items():
        EventPageFactory(parent=calendar, title=title, **values)

    assert titles(EventPage.objects.upcoming(NOW)) == [
        "tänään",
        "kesken",
        "peruttu",
        "kuukausi",
        "ei päivää",
        "siirretty",
    ]
    assert titles(EventPage.objects.past(NOW)) == ["ohi", "eilen"]


def test_in_month_has_what_lasts_into_it(calendar: EventIndexPage) -> None:
    EventPageFactory(parent=calendar, title="yli", **DAY, starts_on=date(2126, 5, 30), ends_on=date(2126, 6, 2))
    EventPageFactory(parent=calendar, title="kuukausi", **MONTH)
    EventPageFactory(parent=calendar, title="toukokuu", **DAY, starts_on=date(2126, 5, 31))
    EventPageFactory(parent=calendar, title="heinäkuu", **DAY, starts_on=date(2126, 7, 1))

    assert titles(EventPage.objects.in_month(2126, 6)) == ["yli", "kuukausi"]


def test_series_order_is_that_of_numbers_then_dates(calendar: EventIndexPage) -> None:
    series = EventSeriesPageFactory(parent=calendar)
    EventPageFactory(parent=series, title="viides", number=5, **UNANNOUNCED)
    EventPageFactory(parent=series, title="lisä", **MONTH)
    EventPageFactory(parent=series, title="ensimmäinen", number=1, status="postponed")
    EventPageFactory(parent=series, title="neljäs", number=4, **MONTH)

    assert titles(EventPage.objects.of_series(series)) == ["ensimmäinen", "neljäs", "viides", "lisä"]


def test_events_of_network_are_below_it_or_name_any_of_its_versions(
    homes: dict[str, HomePage], calendar: EventIndexPage
) -> None:
    networks = NetworkIndexPageFactory(parent=homes["fi"], slug="verkostot")
    network = NetworkPageFactory(parent=networks, slug="hr")
    EventPageFactory(parent=EventSeriesPageFactory(parent=network), title="alla")
    link_to_network(EventPageFactory(parent=calendar, title="nimeää"), network)
    EventPageFactory(parent=calendar, title="muu")
    in_language(networks, "sv", slug="natverk")
    swedish = in_language(network, "sv", slug="hr")

    assert set(titles(EventPage.objects.of_network(network))) == {"alla", "nimeää"}
    assert set(titles(EventPage.objects.of_network(swedish))) == {"nimeää"}


def test_attended_counts_hybrid_both_ways(calendar: EventIndexPage) -> None:
    for attendance in ("on_site", "online", "hybrid"):
        EventPageFactory(parent=calendar, title=attendance, attendance=attendance)

    assert titles(EventPage.objects.attended("online").order_by("title")) == ["hybrid", "online"]
    assert titles(EventPage.objects.attended("hybrid")) == ["hybrid"]


def test_held_in_finds_one_of_several_languages(calendar: EventIndexPage) -> None:
    EventPageFactory(parent=calendar, title="kaksi", event_languages=["fi", "sv"])
    EventPageFactory(parent=calendar, title="yksi", event_languages=["fi"])
    EventPageFactory(parent=calendar, title="ei sanottu")

    assert titles(EventPage.objects.held_in("sv")) == ["kaksi"]
    assert EventPage.objects.held_in("sv").get().event_languages == ["fi", "sv"]


def test_lists_and_pages_agree_on_what_is_over(calendar: EventIndexPage) -> None:
    now = datetime(2126, 9, 16, 12, 45, tzinfo=UTC)
    ends = [now - timedelta(microseconds=1), now, now + timedelta(microseconds=1)]
    for end in ends:
        EventPageFactory(parent=calendar, ends_at=end)

    events = EventPage.objects.order_by("sort_end")
    assert [event.is_over_at(now) for event in events] == [True, False, False]
    assert list(events.past(now)) == [event for event in events if event.is_over_at(now)]
    assert list(events.upcoming(now)) == [event for event in events if not event.is_over_at(now)]


def test_event_without_an_end_runs_until_the_end_of_its_day_in_its_zone(calendar: EventIndexPage) -> None:
    """Finding: an event at 10:00 without an end was past at 12:00."""
    start = datetime(2126, 9, 16, 7, tzinfo=UTC)  # 10:00 in Helsinki, 16:00 in Tokyo
    for title, zone in (("Helsinki", "Europe/Helsinki"), ("Tokio", "Asia/Tokyo")):
        EventPageFactory(parent=calendar, title=title, starts_at=start, ends_at=None, timezone=zone)

    def running(hour: int) -> list[str]:
        return titles(EventPage.objects.upcoming(datetime(2126, 9, 16, hour, tzinfo=UTC)))

    assert [running(hour) for hour in (9, 14, 15, 20, 21)] == [
        ["Helsinki", "Tokio"],
        ["Helsinki", "Tokio"],
        ["Helsinki"],
        ["Helsinki"],
        [],
    ]
