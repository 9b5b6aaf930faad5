"""What the API says of events, series, venues and topics."""

import datetime
from collections.abc import Callable
from typing import Any
from uuid import UUID

import pytest
from django.test import Client
from wagtail.models import Page, PageViewRestriction

from event_pages.api.schemas import EventQuery
from event_pages.filters import EventFilter
from event_pages.models import EventIndexPage, EventPage, Organiser
from home.models import HomePage
from tests.factories import (
    EventIndexPageFactory,
    EventPageFactory,
    EventSeriesPageFactory,
    NetworkIndexPageFactory,
    NetworkPageFactory,
    OrganisationFactory,
    TopicFactory,
    VenueFactory,
    fill_event,
    link_to_network,
)
from tests.recordings import recorded
from verkosto.api.schemas import ListQuery
from verkosto.directory.models import TopicLink

EVENTS = "/api/v1/events"


@pytest.fixture
@recorded
def calendar(homes: dict[str, HomePage]) -> EventIndexPage:
    return EventIndexPageFactory(parent=homes["fi"], slug="tapahtumat")


def listed(client: Client, path: str = EVENTS) -> list[dict[str, Any]]:
    answer = client.get(path)
    assert answer.status_code == 200, answer.content
    items: list[dict[str, Any]] = answer.json()["items"]
    return items


def titles(client: Client, query: str = "") -> list[str]:
    return [item["title"] for item in listed(client, EVENTS + query)]


def restrict(page: Page) -> None:
    PageViewRestriction.objects.create(page=page, restriction_type="login")


def test_event_says_what_its_page_says(client: Client, calendar: EventIndexPage, homes: dict[str, HomePage]) -> None:
    network = NetworkPageFactory(parent=NetworkIndexPageFactory(parent=homes["fi"]), slug="verkko")
    series = EventSeriesPageFactory(parent=calendar, title="Sarja", slug="sarja")
    venue = VenueFactory(name="Talo")
    event = EventPageFactory(
        parent=series,
        title="Päivä",
        slug="paiva",
        kind="seminar",
        number=2,
        venue=venue,
        room="A1",
        event_languages=["fi"],
    )
    topic = TopicFactory(slug="johtaminen")
    TopicLink.objects.create(page=event, topic=topic, locale=event.locale)
    Organiser.objects.create(
        page=event, organisation=OrganisationFactory(name="Virasto"), role="", locale=event.locale
    )
    link_to_network(event, network)
    event = EventPage.objects.get(pk=event.pk)

    answer = client.get(f"{EVENTS}/{event.translation_key}").json()
    assert answer == {
        "id": str(event.translation_key),
        "language": "fi",
        "url": event.full_url,
        "title": "Päivä",
        "summary": "Tiivistelmä.",
        "topics": ["johtaminen"],
        "published_at": None,
        "updated_at": None,
        "kind": "seminar",
        "number": 2,
        "status": "scheduled",
        "status_note": "",
        "date": {
            "precision": "exact",
            "text": event.date_text,
            "starts_at": "2126-09-16T13:00:00+03:00",
            "ends_at": "2126-09-16T15:45:00+03:00",
            "first_day": "2126-09-16",
            "last_day": "2126-09-16",
            "timezone": "Europe/Helsinki",
        },
        "attendance": "on_site",
        "venue": {
            "id": str(venue.translation_key),
            "name": "Talo",
            "street_address": "Esimerkkikatu 1",
            "postal_code": "00100",
            "city": "Helsinki",
            "country": "FI",
        },
        "room": "A1",
        "event_languages": ["fi"],
        "organisers": [{"name": "Virasto", "role": ""}],
        "networks": [str(network.translation_key)],
        "series": {"id": str(series.translation_key), "title": "Sarja", "url": series.full_url},
        "registration": None,
    }
    assert [venue["name"] for venue in listed(client, "/api/v1/venues")] == ["Talo"]
    assert [topic["slug"] for topic in listed(client, "/api/v1/topics")] == ["johtaminen"]
    assert [found["title"] for found in listed(client, "/api/v1/series")] == ["Sarja"]


def test_filters_are_those_of_the_event_list(
    client: Client, calendar: EventIndexPage, homes: dict[str, HomePage]
) -> None:
    network = NetworkPageFactory(parent=NetworkIndexPageFactory(parent=homes["fi"]))
    chosen = EventPageFactory(
        parent=calendar, title="valittu", kind="webinar", attendance="online", event_languages=["sv"]
    )
    TopicLink.objects.create(page=chosen, topic=TopicFactory(slug="johtaminen"), locale=chosen.locale)
    link_to_network(chosen, network)
    EventPageFactory(parent=calendar, title="muu")
    past = EventPageFactory(
        parent=calendar, title="mennyt", starts_at=datetime.datetime(2020, 2, 3, 7, tzinfo=datetime.UTC)
    )

    assert titles(client) == ["valittu", "muu"]
    assert titles(client, "?time=past") == titles(client, "?month=2020-02") == [past.title]
    assert titles(client, "?time=all") == ["mennyt", "valittu", "muu"]
    for choice in ("topic=johtaminen", "kind=webinar", "attendance=online", "language=sv"):
        assert titles(client, f"?{choice}") == ["valittu"]
    assert titles(client, f"?network={network.translation_key}") == ["valittu"]
    assert titles(client, f"?network={UUID(int=0)}") == titles(client, "?topic=muu") == []


def test_each_filter_of_the_list_for_visitors_is_one_of_the_api() -> None:
    """And the other way round: a filter that is added to one of them is missed in the other."""
    asked = set(EventQuery.model_fields) - set(ListQuery.model_fields)
    assert asked == {*EventFilter.base_fields, "time", "month"}  # ``time`` and ``month`` are the views of the list


def test_what_is_not_public_is_in_no_answer(
    client: Client, calendar: EventIndexPage, homes: dict[str, HomePage]
) -> None:
    private_index = EventIndexPageFactory(parent=homes["fi"], slug="omat")
    restrict(private_index)
    secret, shown = VenueFactory(name="Salainen"), VenueFactory(name="Avoin")
    hidden = EventPageFactory(parent=private_index, title="yksityinen", venue=secret)
    draft = EventPageFactory(parent=calendar, title="luonnos", live=False, venue=secret)
    for page in (hidden, draft):
        TopicLink.objects.create(page=page, topic=TopicFactory(slug=f"aihe-{page.slug}"), locale=page.locale)
    closed = NetworkPageFactory(parent=NetworkIndexPageFactory(parent=homes["fi"]))
    restrict(closed)
    event = EventPageFactory(parent=calendar, title="julkinen", venue=shown)
    link_to_network(event, closed)

    assert titles(client, "?time=all") == ["julkinen"]
    assert listed(client)[0]["networks"] == []
    assert [venue["name"] for venue in listed(client, "/api/v1/venues")] == ["Avoin"]
    assert listed(client, "/api/v1/topics") == listed(client, "/api/v1/networks") == []
    assert titles(client, f"?network={closed.translation_key}") == []
    for page in (hidden, draft):
        assert client.get(f"{EVENTS}/{page.translation_key}").status_code == 404
    assert client.get(f"/api/v1/venues/{secret.translation_key}").status_code == 404


def test_queries_do_not_grow_with_the_list(
    client: Client, calendar: EventIndexPage, count_queries: Callable[..., int]
) -> None:
    """Of an answer that is made with empty caches; one from the cache needs none."""
    expected = {"events": 15, "series": 13, "venues": 9, "topics": 9}
    venue = VenueFactory()

    def add() -> None:
        series = EventSeriesPageFactory(parent=calendar)
        event = fill_event(EventPageFactory(parent=series, venue=venue), 1)
        TopicLink.objects.create(page=event, topic=TopicFactory(), locale=event.locale)

    def count() -> dict[str, int]:
        return {name: count_queries(f"/api/v1/{name}?limit=50", cold=True) for name in expected}

    add()
    assert count() == expected
    for _ in range(29):
        add()
    assert count() == expected
    assert count_queries("/api/v1/events?limit=50") == 0
