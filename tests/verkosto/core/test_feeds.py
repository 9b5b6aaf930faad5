"""The feeds of a list, read with a feed reader, and a JSON Feed with the members that its specification requires."""

import json
from typing import Any

import feedparser
import pytest
from django.test import Client

from tests.factories import EventIndexPageFactory, EventPageFactory, NewsIndexPageFactory, NewsPageFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def lists(homes: Any) -> dict[str, Any]:
    """A list of events and one of news with an item each, by the beginning of the names of their feeds."""
    events = EventIndexPageFactory(parent=homes["fi"], slug="tapahtumat")
    news = NewsIndexPageFactory(parent=homes["fi"], slug="uutiset")
    item = NewsPageFactory(parent=news, title="Raportti & muut", summary="Nyt <heti>.", published_on="2026-05-04")
    event = EventPageFactory(parent=events, title="Aamukahvit", summary="Tule.")
    return {"events": (events, event), "news": (news, item)}


@pytest.mark.parametrize("kind", ["events", "news"])
def test_three_formats_say_the_same(client: Client, lists: dict[str, Any], kind: str) -> None:
    page, item = lists[kind]
    seen = []
    for name in ("rss", "atom"):
        feed = feedparser.parse(client.get(f"{page.get_url()}{kind}.{name}").content)
        assert not feed.bozo
        (entry,) = feed.entries
        seen.append((feed.feed.title, feed.feed.link, entry.id, entry.title, entry.link, entry.summary))
    feed = client.get(f"{page.get_url()}{kind}.json").json()
    (entry,) = feed["items"]
    seen.append((feed["title"], feed["home_page_url"], *(entry[k] for k in ("id", "title", "url", "content_html"))))
    assert seen[0] == seen[1] == seen[2]
    assert seen[0][2:5] == (f"urn:uuid:{item.translation_key}#fi", item.title, item.full_url)


@pytest.mark.parametrize("kind", ["events", "news"])
def test_json_feed_has_its_members_and_the_page_links_to_every_format(
    client: Client, lists: dict[str, Any], kind: str
) -> None:
    page, _item = lists[kind]
    answer = client.get(f"{page.get_url()}{kind}.json")
    feed = json.loads(answer.content)
    assert answer["Content-Type"] == "application/feed+json; charset=utf-8"
    assert (feed["version"], feed["language"]) == ("https://jsonfeed.org/version/1.1", "fi")
    assert feed["feed_url"] == f"{page.full_url}{kind}.json"
    assert set(feed["items"][0]) >= {"id", "url", "title", "content_html"}
    html = client.get(page.get_url()).content.decode()
    for name, media in (("rss", "rss+xml"), ("atom", "atom+xml"), ("json", "feed+json")):
        address = f"{page.full_url}{kind}.{name}"
        assert f'<link rel="alternate" type="application/{media}" title="{page.title}" href="{address}">' in html


def test_news_of_a_private_page_are_in_no_feed_and_no_list(client: Client, lists: dict[str, Any]) -> None:
    page, item = lists["news"]
    item.view_restrictions.create(restriction_type="login")
    assert client.get(f"{page.get_url()}news.json").json()["items"] == []
    assert item.title not in client.get(page.get_url()).content.decode()
    page.view_restrictions.create(restriction_type="login")
    assert client.get(f"{page.get_url()}news.json").status_code == 404


def test_other_pages_have_no_feed_of_news(client: Client, homes: Any) -> None:
    answer = client.get("/fi/news.rss")
    assert (answer.status_code, answer["Content-Type"]) == (404, "text/html; charset=utf-8")
    assert "news.rss" not in client.get("/fi/").content.decode()
