import re
from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.utils.translation import override
from wagtail_localize.fields import get_translatable_fields

from home.models import AccessibilityPage, HomePage, NewsIndexPage, NewsPage
from network_pages.models import NetworkPage
from tests.factories import (
    AccessibilityPageFactory,
    EventIndexPageFactory,
    EventPageFactory,
    NetworkIndexPageFactory,
    NetworkPageFactory,
    NewsIndexPageFactory,
    NewsPageFactory,
    StandardPageFactory,
    TopicFactory,
    in_language,
)
from verkosto.directory.models import TopicLink


def test_home_gathers_news_of_its_language_newest_first(client: Client, homes: dict[str, HomePage]) -> None:
    index = NewsIndexPageFactory(parent=homes["fi"])
    old = NewsPageFactory(parent=index, published_on="2025-01-01")
    new = NewsPageFactory(parent=index, published_on="2026-01-01")
    in_language(index, "sv")
    in_language(new, "sv")

    response = client.get("/fi/")

    assert [news.pk for news in response.context["page"].news] == [new.pk, old.pk]
    assert response.context["page"].indexes["news_index"].pk == index.pk


def test_home_leads_to_events_and_networks_and_shows_the_next_event(
    client: Client, homes: dict[str, HomePage]
) -> None:
    index = EventIndexPageFactory(parent=homes["fi"], slug="tapahtumat")
    NetworkIndexPageFactory(parent=homes["fi"], slug="verkostot")
    EventPageFactory(parent=index, slug="toinen", starts_at=datetime(2126, 9, 17, tzinfo=UTC))
    EventPageFactory(parent=index, slug="seuraava")

    html = client.get("/fi/").content.decode()
    header, rest = (
        html.partition('<div class="home-header">')[2].partition(mark) for mark in ("</section>", "</main>")
    )
    assert re.findall(r'href="([^"]+)"', header[0]) == [
        "/fi/tapahtumat/",
        "/fi/verkostot/",
        "/fi/tapahtumat/seuraava/",
    ]
    assert rest[0].count("/fi/tapahtumat/seuraava/") == 1
    assert rest[0].count("/fi/tapahtumat/toinen/") == 1


def test_the_next_event_says_with_its_shape_that_no_registration_is_needed(
    client: Client, homes: dict[str, HomePage]
) -> None:
    EventPageFactory(parent=EventIndexPageFactory(parent=homes["fi"]), registration_not_needed=True)

    lead = client.get("/fi/").content.decode().partition('<section class="next-event"')[2].partition("</section>")[0]
    assert '<p class="status status--open"><span>Ilmoittautumista ei tarvita</span></p>' in lead


def test_home_shows_nothing_private(client: Client, homes: dict[str, HomePage]) -> None:
    index = NewsIndexPageFactory(parent=homes["fi"])
    index.view_restrictions.create(restriction_type="login")
    NewsPageFactory(parent=index)

    assert client.get("/fi/").context["page"].news == []


@pytest.mark.parametrize("count", [1, 30])
def test_home_takes_a_constant_number_of_queries(
    homes: dict[str, HomePage], count_queries: Callable, count: int
) -> None:
    index = NewsIndexPageFactory(parent=homes["fi"])
    networks = NetworkIndexPageFactory(parent=homes["fi"])
    events = EventIndexPageFactory(parent=homes["fi"])
    for _ in range(count):
        NewsPageFactory(parent=index)
        NetworkPageFactory(parent=networks)
        EventPageFactory(parent=events)

    assert count_queries("/fi/") == 3
    assert count_queries("/fi/", cold=True) == 18


@pytest.mark.parametrize("count", [1, 30])
def test_news_index_takes_a_constant_number_of_queries(
    homes: dict[str, HomePage], count_queries: Callable, count: int
) -> None:
    index = NewsIndexPageFactory(parent=homes["fi"], slug="uutiset")
    topic = TopicFactory()
    for _ in range(count):
        news = NewsPageFactory(parent=index)
        TopicLink.objects.create(page=news, topic=topic, locale=topic.locale)

    assert count_queries("/fi/uutiset/") == 6
    assert count_queries("/fi/uutiset/", cold=True) == 14


@pytest.mark.parametrize("query", ["page=9999999", "page=x", "page=-1", "topic=%22", "topic=a&topic=b", "page=1e9"])
def test_news_index_answers_any_query(client: Client, homes: dict[str, HomePage], query: str) -> None:
    NewsPageFactory(parent=NewsIndexPageFactory(parent=homes["fi"], slug="uutiset"), title="Ainoa uutinen")

    response = client.get(f"/fi/uutiset/?{query}")

    assert response.status_code == 200
    assert "Ainoa uutinen" in response.content.decode()


def test_news_index_by_topic(client: Client, homes: dict[str, HomePage]) -> None:
    index = NewsIndexPageFactory(parent=homes["fi"], slug="uutiset")
    topic = TopicFactory(slug="vertaistuki")
    about = NewsPageFactory(parent=index)
    TopicLink.objects.create(page=about, topic=topic, locale=topic.locale)
    NewsPageFactory(parent=index)

    response = client.get("/fi/uutiset/?topic=vertaistuki")

    assert [news.pk for news in response.context["news"]] == [about.pk]


def test_each_view_of_the_news_has_a_title_of_its_own(
    client: Client, homes: dict[str, HomePage], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(NewsIndexPage, "per_page", 1)
    index = NewsIndexPageFactory(parent=homes["fi"], slug="uutiset")
    topic = TopicFactory(name="Vertaistuki", slug="vertaistuki")
    for _ in range(2):
        TopicLink.objects.create(page=NewsPageFactory(parent=index), topic=topic, locale=topic.locale)

    queries = ("", "?page=2", "?topic=vertaistuki", "?topic=vertaistuki&page=2")
    pages = [client.get(f"/fi/uutiset/{query}").content.decode() for query in queries]
    assert [page.partition("<title>")[2].partition("</title>")[0] for page in pages] == [
        "Ajankohtaista – Verkosto",
        "Ajankohtaista (sivu 2) – Verkosto",
        "Vertaistuki – Ajankohtaista – Verkosto",
        "Vertaistuki – Ajankohtaista (sivu 2) – Verkosto",
    ]


def test_story_with_everything_takes_a_constant_number_of_queries(
    homes: dict[str, HomePage], count_queries: Callable
) -> None:
    index = NewsIndexPageFactory(parent=homes["fi"], slug="uutiset")
    target = StandardPageFactory(parent=homes["fi"])
    NewsPageFactory(
        parent=index,
        slug="tarina",
        read_more=target,
        related=[("page", target), ("link", {"title": "", "page": target, "url": "", "document": None})],
    )

    assert count_queries("/fi/uutiset/tarina/") <= 12


def test_news_stands_below_networks_programmes_and_the_index() -> None:
    assert NewsPage in NetworkPage.clean_subpage_models()


def test_accessibility_statement_reviewed_before_it_was_prepared(homes: dict[str, HomePage]) -> None:
    page = AccessibilityPageFactory(parent=homes["fi"])
    page.reviewed_on = "2025-01-01"

    with (
        override("en"),
        pytest.raises(ValidationError, match="The review date is before the date the statement was prepared"),
    ):
        page.full_clean()


def test_accessibility_statement_says_what_the_law_asks(client: Client, homes: dict[str, HomePage]) -> None:
    AccessibilityPageFactory(parent=homes["fi"], slug="saavutettavuus")

    content = client.get("/fi/saavutettavuus/").content.decode()

    assert "Valvova viranomainen." in content
    assert "2026-01-15" in content


@pytest.mark.parametrize(
    ("model", "facts"),
    [
        (AccessibilityPage, {"status", "prepared_on", "reviewed_on", "standard", "notice_from", "notice_until"}),
        (NewsPage, {"kind", "headline_is_quotation", "published_on", "notice_from", "notice_until"}),
    ],
)
def test_facts_cannot_differ_between_languages(model: type, facts: set[str]) -> None:
    page = model()
    synchronised = {
        field.field_name
        for field in get_translatable_fields(model)
        if field.is_synchronized(page) and not field.is_translated(page) and not field.is_overridable(page)
    }

    assert facts <= synchronised
