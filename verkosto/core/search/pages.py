"""The search of public pages: which ones a visitor's query finds."""

from __future__ import annotations

from django.db.models import Case, IntegerField, When
from modelsearch.backends import get_search_backend
from modelsearch.backends.base import BaseSearchBackend
from wagtail.models import Locale, Page
from wagtail.query import PageQuerySet

from verkosto.core.search.matching import RANK
from verkosto.core.search.queries import parse_query

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
    return _ranked(pages, _keys_of(backend, text, language) if terms else [])


def _keys_of(backend: BaseSearchBackend, text: str, language: str) -> list[int]:
    """Return the keys of the published pages of a language that the index finds, the best first."""
    published = Page.objects.filter(live=True, locale=Locale.objects.get(language_code=language)).only("pk")
    return [page.pk for page in backend.search(text, published, operator="and")[:MAX_KEYS]]


def _ranked(pages: PageQuerySet, keys: list[int]) -> PageQuerySet:
    """Return the pages with these keys, ranked in their order."""
    positions = [When(pk=key, then=position) for position, key in enumerate(keys)]
    rank = Case(*positions, default=len(keys), output_field=IntegerField())
    found: PageQuerySet = pages.filter(pk__in=keys).annotate(**{RANK: rank})
    return found
