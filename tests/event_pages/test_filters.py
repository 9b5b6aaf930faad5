from datetime import UTC, datetime

import pytest
from django.test import Client

from event_pages.models import EventIndexPage
from home.models import HomePage
from tests.factories import (
    EventIndexPageFactory,
    EventPageFactory,
    NetworkIndexPageFactory,
    NetworkPageFactory,
    TopicFactory,
    link_to_network,
)
from verkosto.directory.models import TopicLink


def titles(client: Client, query: str = "") -> list[str]:
    return [event.title for event in client.get(f"/fi/tapahtumat/{query}").context["events"]]


@pytest.fixture
def calendar(homes: dict[str, HomePage]) -> EventIndexPage:
    return EventIndexPageFactory(parent=homes["fi"], slug="tapahtumat")


def test_list_is_narrowed_by_every_choice(
    client: Client, calendar: EventIndexPage, homes: dict[str, HomePage]
) -> None:
    topic = TopicFactory(slug="johtaminen")
    network = NetworkPageFactory(parent=NetworkIndexPageFactory(parent=homes["fi"]))
    chosen = EventPageFactory(
        parent=calendar, title="valittu", kind="webinar", attendance="online", event_languages=["sv"]
    )
    TopicLink.objects.create(page=chosen, topic=topic, locale=chosen.locale)
    link_to_network(chosen, network)
    EventPageFactory(parent=calendar, title="muu")
    EventPageFactory(parent=calendar, title="mennyt", starts_at=datetime(2020, 2, 3, 7, tzinfo=UTC))

    assert titles(client) == ["valittu", "muu"]
    assert titles(client, "?time=past") == ["mennyt"]
    for choice in ("topic=johtaminen", "kind=webinar", "attendance=online", "language=sv"):
        assert titles(client, f"?{choice}") == ["valittu"]
    assert titles(client, f"?network={network.translation_key}") == ["valittu"]


@pytest.mark.parametrize(
    "query",
    ["?month=x", "?month=9999-12", "?page=99999999999", "?page=-1", "?network=1", "?topic=<script>"],
)
def test_list_takes_no_account_of_nonsense(client: Client, calendar: EventIndexPage, query: str) -> None:
    EventPageFactory(parent=calendar, title="tapahtuma")

    assert titles(client, query) == ["tapahtuma"]
