from datetime import UTC, datetime
from typing import Any

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
from tests.recordings import recorded
from verkosto.directory.models import TopicLink


def titles(client: Client, query: str = "") -> list[str]:
    return [event.title for event in client.get(f"/fi/tapahtumat/{query}").context["events"]]


@pytest.fixture
@recorded
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


def offered(client: Client, query: str = "") -> dict[str, list[str]]:
    """The labels of each filter's choices, without "all"."""
    fields = client.get(f"/fi/tapahtumat/{query}").context["filter"].fields
    return {name: [str(label) for value, label in field.choices if value] for name, field in fields.items()}


def test_only_options_that_match_are_offered(
    client: Client, calendar: EventIndexPage, homes: dict[str, HomePage]
) -> None:
    index = NetworkIndexPageFactory(parent=homes["fi"])
    networks = {title: NetworkPageFactory(parent=index, title=title) for title in ("Alla", "Nimetty", "Tyhjä")}
    topics = {name: TopicFactory(name=name, locale=calendar.locale) for name in ("Johtaminen", "Tyhjä")}
    webinar = EventPageFactory(parent=calendar, kind="webinar", attendance="hybrid", event_languages=["sv"])
    EventPageFactory(parent=networks["Alla"], kind="seminar", attendance="online", event_languages=["fi", "sv"])
    EventPageFactory(parent=calendar, kind="workshop", starts_at=datetime(2020, 2, 3, 7, tzinfo=UTC))
    TopicLink.objects.create(page=webinar, topic=topics["Johtaminen"], locale=webinar.locale)
    link_to_network(webinar, networks["Nimetty"])

    assert offered(client) == {
        "topic": ["Johtaminen"],
        "kind": ["Webinaari", "Seminaari"],
        "network": ["Alla", "Nimetty"],
        "attendance": ["Paikan päällä", "Verkossa"],
        "language": ["suomi", "ruotsi"],
    }
    past = {"topic": [], "kind": ["Työpaja"], "network": [], "attendance": ["Paikan päällä"], "language": []}
    assert offered(client, "?time=past") == past
    # What is chosen stays, even if nothing matches it any more.
    assert offered(client, "?time=past&kind=webinar") == past | {"kind": ["Webinaari", "Työpaja"]}


def test_choices_are_chips_with_links_that_remove_them(
    client: Client, calendar: EventIndexPage, time_machine: Any
) -> None:
    time_machine.move_to(datetime(2126, 9, 1, 9, tzinfo=UTC), tick=False)
    EventPageFactory(parent=calendar, kind="webinar", attendance="online")
    chosen = client.get("/fi/tapahtumat/?time=week&kind=webinar&attendance=online&topic=none").context["filter"]

    assert [(str(chip.label), chip.url) for chip in chosen.chips] == [
        ("Webinaari", "/fi/tapahtumat/?time=week&attendance=online"),
        ("Verkossa", "/fi/tapahtumat/?time=week&kind=webinar"),
    ]
    assert chosen.clear_url == "/fi/tapahtumat/?time=week"
    assert [(link.url.removeprefix("/fi/tapahtumat/"), link.is_current) for link in chosen.views] == [
        ("?kind=webinar&attendance=online", False),
        ("?time=week&kind=webinar&attendance=online", True),
        ("?time=month&kind=webinar&attendance=online", False),
        ("?month=2126-09&kind=webinar&attendance=online", False),
        ("?time=past&kind=webinar&attendance=online", False),
    ]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", "Tapahtumat"),
        ("?page=1", "Tapahtumat"),
        ("?time=week", "Tapahtumat tällä viikolla – Tapahtumat"),
        ("?time=past&kind=webinar", "Menneet tapahtumat, Webinaari – Tapahtumat"),
        ("?month=2126-09", "Syyskuu 2126 – Tapahtumat"),
    ],
)
def test_each_view_has_its_own_title(client: Client, calendar: EventIndexPage, query: str, expected: str) -> None:
    html = client.get(f"/fi/tapahtumat/{query}").content.decode().replace("\u00a0", " ")
    assert html.partition("<title>")[2].partition("</title>")[0] == f"{expected} – Verkosto"


def test_list_says_how_many_events_there_are(client: Client, calendar: EventIndexPage) -> None:
    for _ in range(21):
        EventPageFactory(parent=calendar)
    first, second = (client.get(f"/fi/tapahtumat/{query}").content.decode() for query in ("", "?page=2"))
    assert "21 tapahtumaa" in first
    assert "21 tapahtumaa" in second
    assert "<title>Tapahtumat (sivu 2) – Verkosto</title>" in second
    assert "21 tapahtumaa" in client.get("/fi/tapahtumat/?month=2126-09").content.decode()


@pytest.mark.parametrize(
    ("query", "text", "link"),
    [
        ("", "Tapahtumia ei ole juuri nyt.", 'href="/fi/tapahtumat/?time=past"'),
        ("?kind=webinar", "Mikään tapahtuma ei vastaa suodattimia.", 'href="/fi/tapahtumat/"'),
    ],
)
def test_empty_list_leads_on(client: Client, calendar: EventIndexPage, query: str, text: str, link: str) -> None:
    html = client.get(f"/fi/tapahtumat/{query}").content.decode()
    empty = html.partition('<div class="empty">')[2].partition("</div>")[0]
    assert text in empty
    assert link in empty
