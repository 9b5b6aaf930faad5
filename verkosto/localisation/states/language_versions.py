"""The language versions of all pages and translatable snippets, in few queries."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from functools import cache
from uuid import UUID

from django.contrib.contenttypes.models import ContentType
from django.db import models
from wagtail.models import DraftStateMixin, Page, TranslatableMixin
from wagtail.snippets.models import get_snippet_models


@dataclass(frozen=True)
class Version:
    """One language version of a page or snippet. Of the versions of a key, that with the lowest `order` is the oldest."""

    key: UUID
    locale_id: int
    pk: str
    content_type_id: int
    title: str
    live: bool
    is_page: bool
    order: tuple


@cache
def is_version_model(model: type[models.Model]) -> bool:
    """Return whether rows of `model` are language versions: pages of a specific type and translatable snippets are."""
    if not issubclass(model, TranslatableMixin) or model is Page:
        return False
    return issubclass(model, Page) or model in get_snippet_models()


def translatable_snippet_models() -> list[type[TranslatableMixin]]:
    """Return the registered snippet models that are translatable."""
    return [model for model in get_snippet_models() if issubclass(model, TranslatableMixin)]


def versions(keys: Collection[UUID] | None = None) -> Iterator[Version]:
    """Yield the versions of some translation keys, or of all. Aliases and the root of the tree are left out."""
    yield from _snippets(keys)
    yield from _pages(keys)


def _pages(keys: Collection[UUID] | None) -> Iterator[Version]:
    pages = Page.objects.filter(depth__gt=1, alias_of__isnull=True)
    if keys is not None:
        pages = pages.filter(translation_key__in=keys)
    columns = ("translation_key", "locale_id", "pk", "content_type_id", "draft_title", "title", "live")
    for key, locale_id, pk, content_type_id, draft_title, title, live in pages.values_list(*columns).iterator():
        name = (title if live else draft_title) or title
        yield Version(key, locale_id, str(pk), content_type_id, name, live, True, (pk,))


def _snippets(keys: Collection[UUID] | None) -> Iterator[Version]:
    for model in translatable_snippet_models():
        rows = model._default_manager.all()
        if keys is not None:
            rows = rows.filter(translation_key__in=keys)
        content_type_id = ContentType.objects.get_for_model(model).pk
        for row in rows:
            live = row.live if isinstance(row, DraftStateMixin) else True
            yield Version(
                row.translation_key,
                row.locale_id,
                str(row.pk),
                content_type_id,
                str(row)[:255],
                live,
                False,
                (row.pk,),
            )
