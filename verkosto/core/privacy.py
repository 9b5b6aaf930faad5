"""Which pages and collections are behind a view restriction, asked once for as long as nothing changes."""

from typing import Any

from django.db.models import Q
from django.http import HttpRequest
from wagtail.models import CollectionViewRestriction, Page

from verkosto.core.sites import site_map


def public_q() -> Q:
    """Pages that neither are restricted nor stand below one that is."""
    private = Q()
    for path in private_paths():
        private |= Q(path__startswith=path)
    return ~private if private else Q()


def is_private(page: Page) -> bool:
    """Whether the page, or one above it, is restricted."""
    return page.path.startswith(private_paths())


def passes(request: HttpRequest, page: Page) -> bool:
    """Whether a visitor may read a page: it is public, or they have passed each of its restrictions."""
    return not is_private(page) or all(each.accept_request(request) for each in page.get_view_restrictions())


def collection_restrictions(collection: Any) -> list[CollectionViewRestriction]:
    """What guards a collection and so its files: its own restrictions and those above it. No query where none is guarded."""
    if not collection.path.startswith(private_collections()):
        return []
    return list(CollectionViewRestriction.objects.filter(collection__in=collection.get_ancestors(inclusive=True)))


def private_collections() -> tuple[str, ...]:
    """The paths in their tree of the collections that carry a restriction."""
    return site_map().private_collections


def private_paths() -> tuple[str, ...]:
    """The paths in the tree of the pages that carry a restriction, and of the aliases that repeat them."""
    return site_map().private_paths
