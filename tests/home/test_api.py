"""What the API says of news."""

from collections.abc import Callable

from django.test import Client

from home.models import HomePage
from tests.factories import NewsIndexPageFactory, NewsPageFactory, TopicFactory
from verkosto.directory.models import TopicLink


def test_news_say_what_their_pages_say(
    client: Client, homes: dict[str, HomePage], count_queries: Callable[..., int]
) -> None:
    index = NewsIndexPageFactory(parent=homes["fi"])
    news = NewsPageFactory(parent=index, title="Uutinen", lead="Ensin.", byline="Toimitus")
    TopicLink.objects.create(page=news, topic=TopicFactory(slug="johtaminen"), locale=news.locale)
    NewsPageFactory(parent=index, title="Luonnos", live=False)

    (item,) = client.get("/api/v1/news?topic=johtaminen").json()["items"]
    assert item == {
        "id": str(news.translation_key),
        "language": "fi",
        "url": news.full_url,
        "title": "Uutinen",
        "summary": "Tiivistelmä.",
        "topics": ["johtaminen"],
        "published_at": None,
        "updated_at": None,
        "kind": "news",
        "published_on": "2026-03-01",
        "lead": "Ensin.",
        "byline": "Toimitus",
        "headline_is_quotation": False,
    }
    assert client.get("/api/v1/news?topic=muu").json()["items"] == []
    one = count_queries("/api/v1/news?limit=50", cold=True)
    NewsPageFactory.create_batch(29, parent=index)
    assert count_queries("/api/v1/news?limit=50", cold=True) == one == 10
