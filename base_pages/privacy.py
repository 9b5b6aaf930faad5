"""Which pages are behind a view restriction, asked once for as long as nothing changes."""

from functools import lru_cache

from django.db.models import Q
from wagtail.models import Page, PageViewRestriction

from base_pages.generation import generation


def public_q() -> Q:
    """Pages that neither are restricted nor stand below one that is."""
    private = Q()
    for path in private_paths():
        private |= Q(path__startswith=path)
    return ~private if private else Q()


def is_private(page: Page) -> bool:
    """Whether the page, or one above it, is restricted."""
    return page.path.startswith(private_paths())


def private_paths() -> tuple[str, ...]:
    """The paths in the tree of the pages that carry a restriction, and of the aliases that repeat them."""
    return _private_paths(generation())


@lru_cache(maxsize=2)
def _private_paths(word: str) -> tuple[str, ...]:
    restricted = PageViewRestriction.objects.values_list("page__path", "page__aliases__path")
    return tuple({path for paths in restricted for path in paths if path})
