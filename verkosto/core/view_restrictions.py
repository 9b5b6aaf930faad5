"""Wagtail's view restrictions of pages and collections, read without a query in most requests."""

from django.db.models import Q
from django.http import HttpRequest
from wagtail.models import Collection, CollectionViewRestriction, Page, PageViewRestriction

from verkosto.core.sites import site_data


def public_q() -> Q:
    """Return a filter for the pages that are not restricted and not below a restricted page."""
    private = Q()
    for path in private_page_paths():
        private |= Q(path__startswith=path)
    return ~private if private else Q()


def is_private(page: Page) -> bool:
    """Return whether the page, or a page above it, is restricted."""
    return page.path.startswith(private_page_paths())


def is_path_private(path: str) -> bool:
    """Return whether the page at a tree path, or one above it, is restricted. One query: the cache is not used."""
    paths = [path[:length] for length in range(Page.steplen, len(path) + 1, Page.steplen)]
    return PageViewRestriction.objects.filter(page__path__in=paths).exists()


def may_view(request: HttpRequest, page: Page) -> bool:
    """Return whether the visitor may view a page: it is public, or each of its restrictions accepts the request."""
    if not is_private(page):
        return True
    return all(restriction.accept_request(request) for restriction in page.get_view_restrictions())


def collection_restrictions(collection: Collection) -> list[CollectionViewRestriction]:
    """Return the restrictions of a collection and of those above it. No query where no collection is restricted."""
    if not collection.path.startswith(private_collection_paths()):
        return []
    return list(CollectionViewRestriction.objects.filter(collection__in=collection.get_ancestors(inclusive=True)))


def private_collection_paths() -> tuple[str, ...]:
    """Return the tree paths of the restricted collections."""
    return site_data().private_collection_paths


def private_page_paths() -> tuple[str, ...]:
    """Return the tree paths of the restricted pages and of their aliases."""
    return site_data().private_page_paths
