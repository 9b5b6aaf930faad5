"""The purging of URLs from a proxy or CDN in front of the site, when a page changes or becomes private.

Entries expire there after ``page_cache.SECONDS``. With Wagtail's ``WAGTAILFRONTENDCACHE`` they are purged immediately.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models.signals import post_delete, post_save
from wagtail.contrib.frontend_cache.utils import PurgeBatch, purge_urls_from_cache
from wagtail.models import Page, PageViewRestriction
from wagtail.signals import page_published, page_unpublished


def purge(pages: Iterable[Page]) -> None:
    """Purge pages and the files below them from the caches in front of the site, after the commit."""
    batch = PurgeBatch()
    batch.add_pages(pages)
    if batch.urls:
        transaction.on_commit(partial(purge_urls_from_cache, sorted(batch.urls)), robust=True)


def page_changed(instance: Page, **kwargs: Any) -> None:
    """Purge a page, and the pages above it, which list it."""
    if is_used():
        purge(instance.get_ancestors(inclusive=True).filter(depth__gt=1))


def restriction_changed(instance: PageViewRestriction, **kwargs: Any) -> None:
    """Purge a page that becomes private or public, and all pages below and above it."""
    if is_used():
        purge(instance.page.get_descendants(inclusive=True))
        page_changed(instance.page)


def is_used() -> bool:
    """Return whether the project has configured a cache in front of the site."""
    return bool(getattr(settings, "WAGTAILFRONTENDCACHE", None))


def connect() -> None:
    for signal in (page_published, page_unpublished):
        signal.connect(page_changed, dispatch_uid="verkosto_core.frontend_cache")
    for signal in (post_save, post_delete):
        signal.connect(
            restriction_changed, sender=PageViewRestriction, dispatch_uid="verkosto_core.frontend_cache.restriction"
        )
