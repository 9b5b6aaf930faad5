"""The search of public pages: which ones a visitor's query finds."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db.models import Case, Value, When
from modelsearch.backends import get_search_backend
from wagtail.models import Locale, Page
from wagtail.query import PageQuerySet

from verkosto.core.search.matching import RANK
from verkosto.core.search.queries import Term, parse_query

#: How many pages are taken from an index outside the database: the best ones.
MAX_KEYS = 1000


def find_pages(pages: PageQuerySet, text: str, language: str) -> PageQuerySet:
    """Return those of the pages that a query finds, with their rank (`matching.RANK`) for sorting.

    No query if the index is in the database. Otherwise the index is asked for the best pages of the language first.
    """
    terms = parse_query(text, [language])
    backend = get_search_backend()
    if hasattr(backend, "find"):
        found: PageQuerySet = backend.find(pages, terms, [language])
        return found
    return _ranked(pages, _keys_of(backend, terms, language))


def _keys_of(backend: Any, terms: Sequence[Term], language: str) -> list[int]:
    if not terms:
        return []
    published = Page.objects.filter(live=True, locale=Locale.objects.get(language_code=language)).only("pk")
    words = " ".join(term.text for term in terms)
    return [page.pk for page in backend.search(words, published, operator="and")[:MAX_KEYS]]


def _ranked(pages: PageQuerySet, keys: list[int]) -> PageQuerySet:
    """Return the pages with these keys, ranked in their order."""
    rank = Case(*(When(pk=key, then=position) for position, key in enumerate(keys)), default=Value(len(keys)))
    found: PageQuerySet = pages.filter(pk__in=keys).annotate(**{RANK: rank if keys else Value(0)})
    return found
