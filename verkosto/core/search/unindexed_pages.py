"""Pages that the search index lacks, because their task was lost. For the index in the database alone."""

from django.conf import settings
from django.db.models import QuerySet
from modelsearch.index import insert_or_update_object
from wagtail.models import Page

PORTION = 500  # pages; so many are added in one round of the scheduled work


def index_is_in_database() -> bool:
    """Return whether pages are searched in the database, and not by a search engine."""
    return "database" in settings.WAGTAILSEARCH_BACKENDS.get("default", {}).get("BACKEND", "database")


def unindexed_pages() -> QuerySet[Page]:
    """Return the pages that searches cannot find; none with a search engine."""
    pages = Page.objects.filter(depth__gt=1)
    return pages.filter(index_entries__isnull=True) if index_is_in_database() else pages.none()


def add_unindexed_pages() -> int:
    """Add pages that the index lacks. Return how many."""
    pages = list(unindexed_pages().order_by("pk")[:PORTION])
    for page in pages:
        insert_or_update_object(page.specific)
    return len(pages)
