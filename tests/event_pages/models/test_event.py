from collections.abc import Callable
from datetime import date

import pytest
from django.utils.translation import override

from event_pages.models import EventIndexPage, EventPage
from home.models import HomePage
from tests.factories import (
    EventIndexPageFactory,
    EventPageFactory,
    EventSeriesPageFactory,
    PrivacyNoticeFactory,
    fill_event,
    in_language,
)
from tests.recordings import recorded


@pytest.fixture
@recorded
def calendar(homes: dict[str, HomePage]) -> EventIndexPage:
    return EventIndexPageFactory(parent=homes["fi"], slug="tapahtumat")


@pytest.mark.parametrize("count", [1, 30])
def test_event_takes_as_many_queries_with_30_speakers(
    calendar: EventIndexPage, count_queries: Callable[..., int], count: int
) -> None:
    series = EventSeriesPageFactory(parent=calendar, slug="kausi")
    fill_event(EventPageFactory(parent=series, slug="tapahtuma"), count)

    assert count_queries("/fi/tapahtumat/kausi/tapahtuma/") == 3
    assert count_queries("/fi/tapahtumat/kausi/tapahtuma/", cold=True) == 18


def test_event_without_agenda_shows_that_of_its_series(calendar: EventIndexPage) -> None:
    series = EventSeriesPageFactory(parent=calendar)
    fill_event(series, 2)
    event = EventPageFactory(parent=series)

    assert [slot.first.title for day in event.shown_agenda for slot in day.slots] == ["Puheenvuoro 0", "Puheenvuoro 1"]
    assert event.agenda == []


def test_registration_of_an_event_is_with_its_series_where_that_takes_all(calendar: EventIndexPage) -> None:
    open_to_all = {"registration_enabled": True, "privacy_notice": PrivacyNoticeFactory()}
    series = EventSeriesPageFactory(parent=calendar, registration_scope="whole", **open_to_all)
    event = EventPageFactory(parent=series, **open_to_all)
    assert event.registration_page == series

    series.registration_scope = "each"
    series.save()
    event = EventPage.objects.get(pk=event.pk)
    assert event.registration_page == event


def test_registration_facts_are_in_the_language_asked(calendar: EventIndexPage) -> None:
    event = EventPageFactory(
        parent=calendar, title="Aamukahvit", attendance="online", joining_url="https://meet.example.fi/x", slug="a"
    )
    in_language(calendar, "sv", slug="evenemang")
    in_language(event, "sv", title="Morgonkaffe", slug="b")

    facts = event.registration_facts("sv")

    assert (facts.title, facts.when.replace("\u00a0", " "), facts.where) == (
        "Morgonkaffe",
        "måndag 16 september 2126 kl. 13.00–15.45",
        "På nätet",
    )
    assert facts.joining == "https://meet.example.fi/x"
    assert [(entry.uid, entry.title) for entry in facts.entries] == [(event.calendar_uid, "Morgonkaffe")]


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ({}, ""),
        ({"status": "moved_online"}, "Flyttat till nätet"),
        ({"status": "postponed"}, "Framflyttat tills vidare"),
        ({"status": "postponed", "postponed_until": date(2127, 1, 15)}, "Framflyttat till 15 januari 2127"),
    ],
)
def test_status_text(db: None, values: dict[str, object], expected: str) -> None:
    with override("sv"):
        assert EventPage(**values).status_text.replace("\u00a0", " ") == expected
