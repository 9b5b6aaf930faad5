"""The cache of everything that is made from content. The content version is part of each entry: of its key or its value.

The content version is a random string that all processes share. It is renewed when anything changes that visitors see,
so that no entry from before the change is used again. So entries need no invalidation of their own.
"""

from __future__ import annotations

import logging
import secrets
from collections.abc import Callable
from typing import Any, TypeVar

from django.conf import settings
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
SHARED = "shared"  # the name in CACHES of the cache that all processes share; "default" is used if there is none
SECONDS = 60  # the lifetime of an entry: what depends on the clock may be this much out of date
PUBLIC_MODELS = (
    Page, Locale, Site, PageViewRestriction, TranslatableMixin,
    AbstractImage, AbstractDocument, Collection, CollectionViewRestriction,
)  # fmt: skip

Value = TypeVar("Value")


def cached(make: Callable[[], Value], *key: object, seconds: int = SECONDS) -> Value:
    """Return the cached result of `make` for this key and the current content version. Call `make` if there is none.

    The value is pickled: it has to be plain data. None is not cached.
    """
    full_key = ":".join(["content", *map(str, key), content_version()])
    value = cache.get(full_key)
    if value is None:
        value = make()
        cache.set(full_key, value, seconds)
    return value


def get_of_version(key: str) -> tuple[str, object]:
    """Return the content version, and what `set_of_version` stored under a key if it is of this version, else None.

    Where the shared cache holds the entries too, as Redis does, both are read in one round trip.
    """
    if settings.CACHES.get(SHARED, settings.CACHES["default"]) == settings.CACHES["default"]:
        found = cache.get_many([KEY, key])
        version, stored = found.get(KEY) or renew_content_version(), found.get(key)
    else:
        version, stored = content_version(), cache.get(key)
    return version, stored[1] if stored and stored[0] == version else None


def set_of_version(key: str, version: str, value: object, seconds: int) -> None:
    """Store what was made of the content of a version: the one that was read before it was made."""
    cache.set(key, (version, value), seconds)


def content_version() -> str:
    """Return the current content version. No query."""
    return shared_cache().get(KEY) or renew_content_version()


def renew_content_version() -> str:
    """Set and return a new content version, so that no process finds an older entry again.

    A failure of the cache does not stop a publication. While the cache fails, no entry is found in it
    (`circuit_breaker`); if only writing fails, as on a full disk, the version is deleted.
    """
    version = secrets.token_hex(8)
    try:
        shared_cache().set(KEY, version, None)
    except OSError:
        logger.exception("The content version cannot be stored")
        shared_cache().delete(KEY)
    return version


def content_changed(**kwargs: Any) -> None:
    """Renew the version now, for reads in this transaction, and after the commit, for entries made by others meanwhile.

    A signal receiver. Also called when the number of places left changes.
    """
    renew_content_version()
    if transaction.get_connection().in_atomic_block:
        transaction.on_commit(renew_content_version)


def row_changed(sender: type, **kwargs: Any) -> None:
    """Renew the version when a row of a public model changes."""
    if issubclass(sender, PUBLIC_MODELS):
        content_changed()


def connect() -> None:
    """Connect the receivers. Rows of any model may be public, so `row_changed` looks at the sender itself."""
    for signal in (post_save, post_delete):
        signal.connect(row_changed, dispatch_uid="verkosto_core.content_cache")
    for signal in (page_published, page_unpublished, post_page_move):
        signal.connect(content_changed, dispatch_uid="verkosto_core.content_cache")


def shared_cache() -> BaseCache:
    """Return the cache that all processes share."""
    return caches[SHARED if SHARED in caches else "default"]
