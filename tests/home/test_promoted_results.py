import pytest
from django.test import Client
from wagtail.contrib.search_promotions.models import Query, SearchPromotion

from home.models import HomePage
from home.promoted_results import PromotedResult, promoted_results
from tests.factories import StandardPageFactory


@pytest.fixture
def promoted(homes: dict[str, HomePage]) -> Query:
    """Promotions for "SOTE-uudistus": a page of each language, a draft, a private page and a link."""
    query = Query.objects.create(query_string="SOTE-uudistus")
    private = StandardPageFactory(parent=homes["fi"], title="Yksityinen")
    private.view_restrictions.create(restriction_type="login")
    pages = [
        StandardPageFactory(parent=homes["fi"], title="Uudistus", slug="uudistus"),
        StandardPageFactory(parent=homes["sv"], title="Reformen"),
        StandardPageFactory(parent=homes["fi"], title="Luonnos", live=False),
        private,
    ]
    for page in pages:
        SearchPromotion.objects.create(query=query, page=page, description="Tästä eteenpäin.", sort_order=2)
    link = {"external_link_url": "https://example.fi/sote", "external_link_text": "Example", "sort_order": 1}
    SearchPromotion.objects.create(query=query, **link)
    return query


def test_promoted_results_are_public_pages_of_the_language_and_links(
    homes: dict[str, HomePage], promoted: Query
) -> None:
    link = PromotedResult("Example", "https://example.fi/sote", "")
    page = PromotedResult("Uudistus", "/fi/uudistus/", "Tästä eteenpäin.")

    found = {
        query: promoted_results(homes["fi"].locale, query) for query in ("sote uudistus", "SOTE–UUDISTUS!", "sote", "")
    }

    assert found == {"sote uudistus": [link, page], "SOTE–UUDISTUS!": [link, page], "sote": [], "": []}


def test_promoted_results_are_shown_first_and_only_without_filters(client: Client, promoted: Query) -> None:
    shown = [
        [result.title for result in client.get("/fi/search/", {"q": "sote-uudistus", **more}).context["promoted"]]
        for more in ({}, {"time": "past"}, {"type": "news"})
    ]
    assert shown == [["Example", "Uudistus"], [], []]


def test_searching_stores_nothing(client: Client, homes: dict[str, HomePage]) -> None:
    client.get("/fi/search/", {"q": "satakieli"})
    assert Query.objects.count() == 0
