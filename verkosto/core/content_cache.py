"""The one cache of what is made from content. Its keys carry the content version.

The content version is a random string that all processes share. Whatever visitors see changes it, so that nothing
which was made before the change is found again. An entry needs no invalidation of its own.
"""

from __future__ import annotations

import logging
import secrets
from collections.abc import Callable
from typing import Any, TypeVar

from django.core.cache import BaseCache, cache, caches
from django.db import transaction
from django.db.models.signals import post_delete, post_save
from wagtail.documents.models import AbstractDocument
from wagtail.images.models import AbstractImage
from wagtail.models import (
    Collection,
    CollectionViewRestriction,
    Locale,
    Page,
    PageViewRestriction,
    Site,
    TranslatableMixin,
)
from wagtail.signals import page_published, page_unpublished, post_page_move

logger = logging.getLogger(__name__)

KEY = "content_version"
SHARED = "shared"  # the cache that all processes share; "default" where the project names none
SECONDS = 60  # how long an entry may be late about what depends on the clock
PUBLIC_MODELS = (
    Page, Locale, Site, PageViewRestriction, TranslatableMixin,
    AbstractImage, AbstractDocument, Collection, CollectionViewRestriction,
)  # fmt: skip

Value = TypeVar("Value")


def cached(make: Callable[[], Value], *key: object, seconds: int = SECONDS) -> Value:
    """Return what `make` returned for this key and the current content version, calling it where nothing is cached.

    The value is pickled: it has to be plain data. None is not cached.
    """
    full_key = ":".join(["content", *map(str, key), content_version()])
    value = cache.get(full_key)
    if value is None:
        value = make()
        cache.set(full_key, value, seconds)
    return value


def content_version() -> str:
    """Return the current content version. No query."""
    return shared_cache().get(KEY) or renew_content_version()


def renew_content_version() -> str:
    """Set and return a new content version: no process finds an older entry again.

    A cache that cannot be written never stops a publication. Until it can, nothing is found in it (`circuit_breaker`),
    or, on a full disk, the version is missing.
    """
    version = secrets.token_hex(8)
    try:
        shared_cache().set(KEY, version, None)
    except OSError:
        logger.exception("The content version cannot be stored")
        shared_cache().delete(KEY)
    return version


def content_changed(**kwargs: Any) -> None:
    """Renew the version now, for readers inside the transaction, and after the commit, for what was made meanwhile.

    A signal receiver; also called where places left change.
    """
    renew_content_version()
    if transaction.get_connection().in_atomic_block:
        transaction.on_commit(renew_content_version)


def row_changed(sender: type, **kwargs: Any) -> None:
    """Renew the version when a row changes that visitors see."""
    if issubclass(sender, PUBLIC_MODELS):
        content_changed()


def connect() -> None:
    """Connect the receivers. Rows of any model may be public, so `row_changed` looks at the sender itself."""
    for signal in (post_save, post_delete):
        signal.connect(row_changed, dispatch_uid="verkosto_core.content_cache")
    for signal in (page_published, page_unpublished, post_page_move):
        signal.connect(content_changed, dispatch_uid="verkosto_core.content_cache")


def shared_cache() -> BaseCache:
    return caches[SHARED if SHARED in caches else "default"]
