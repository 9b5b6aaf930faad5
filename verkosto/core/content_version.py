"""Until when what was made from the content may be shown again: until anything that visitors see changes.

A generation is a word that all processes share. What is kept carries the word of its making in its key, and so is
never found again once a change has brought a new word.
"""

from __future__ import annotations

import secrets
from typing import Any

from django.core.cache import caches
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

KEY = "generation"
SHARED = "shared"
SHOWN = (
    Page, Locale, Site, PageViewRestriction, TranslatableMixin,
    AbstractImage, AbstractDocument, Collection, CollectionViewRestriction,
)  # fmt: skip


def generation() -> str:
    """The word that goes into the key of what is kept. No query."""
    return caches[SHARED].get(KEY) or renew()


def renew() -> str:
    """A new word: nothing kept is shown again, in any process."""
    word = secrets.token_hex(8)
    caches[SHARED].set(KEY, word, None)
    return word


def content_changed(**kwargs: Any) -> None:
    """Renews at once, for who looks from inside the transaction, and after it, for what was kept meanwhile."""
    renew()
    if transaction.get_connection().in_atomic_block:
        transaction.on_commit(renew)


def row_changed(sender: type, **kwargs: Any) -> None:
    if issubclass(sender, SHOWN):
        content_changed()


def connect() -> None:
    for signal in (post_save, post_delete):
        signal.connect(row_changed, dispatch_uid="verkosto.core.content_version")
    for signal in (page_published, page_unpublished, post_page_move):
        signal.connect(content_changed, dispatch_uid="verkosto.core.content_version")
