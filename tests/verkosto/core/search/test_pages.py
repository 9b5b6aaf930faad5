"""The search of pages with an index outside the database, such as OpenSearch's."""

import pytest
from wagtail.models import Page

from home.models import HomePage
from tests.factories import StandardPageFactory
from verkosto.core.search import pages
from verkosto.core.search.matching import RANK

HOME_DEPTH = 2


class OtherBackend:
    """Answers as modelsearch's backends for search engines do, and records what it was asked."""

    def __init__(self, found: list[Page]) -> None:
        self.found = found
        self.asked: list[tuple[str, str, set[int]]] = []

    def search(self, text: str, queryset: object, operator: str) -> list[Page]:
        self.asked.append((text, operator, {page.pk for page in queryset if page.depth > HOME_DEPTH}))
        return self.found


def test_pages_keep_the_order_of_an_index_outside_the_database(
    homes: dict[str, HomePage], monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second, hidden = (StandardPageFactory(parent=homes["fi"], title=title) for title in ("A", "B", "C"))
    backend = OtherBackend([second, hidden, first])
    monkeypatch.setattr(pages, "get_search_backend", lambda: backend)
    public = Page.objects.exclude(pk=hidden.pk)

    found = pages.find_pages(public, "Työ", "fi").order_by(RANK)

    assert [(page.title, page.search_rank) for page in found] == [("B", 0), ("A", 2)]
    assert backend.asked == [("Työ", "and", {first.pk, second.pk, hidden.pk})]


def test_a_query_without_words_asks_no_index(homes: dict[str, HomePage], monkeypatch: pytest.MonkeyPatch) -> None:
    backend = OtherBackend([])
    monkeypatch.setattr(pages, "get_search_backend", lambda: backend)

    assert (list(pages.find_pages(Page.objects.all(), "%", "fi")), backend.asked) == ([], [])
