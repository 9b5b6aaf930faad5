"""What visitors can follow by email, and the pages that followers are notified of.

Apps with pages register both through hooks, each a function that returns a list. An app that sends the emails, such as
``verkosto.subscriptions``, asks for them; without such an app nobody does.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from typing import Any, TypeVar
from uuid import UUID

from django.db.models import QuerySet
from wagtail import hooks
from wagtail.models import Page
from wagtail.query import PageQuerySet

from verkosto.core.page_urls import absolute_url, path_of, site_of
from verkosto.core.view_restrictions import public_q

PageType = TypeVar("PageType", bound=Page)
TARGETS_HOOK = "register_verkosto_subscription_targets"
PAGES_HOOK = "register_verkosto_subscription_pages"


@dataclass(frozen=True)
class TargetLink:
    """Where something that can be followed is found: a title, and the absolute address of its page."""

    title: str
    url: str


@dataclass(frozen=True, kw_only=True)
class TargetKind:
    """A kind of what can be followed, such as networks.

    ``name`` is stored. ``links`` takes keys and a language code, and returns the link of each key that is public in
    that language. ``pages`` takes one key and a language code, and selects the pages that its followers are notified of.
    """

    name: str
    label: Any
    links: Callable[[Collection[str], str], dict[str, TargetLink]]
    pages: Callable[[str, str], QuerySet[Page]]


@dataclass(frozen=True, kw_only=True)
class FollowedPageKind:
    """A page type that followers are notified of, such as events.

    ``new`` and ``changed`` are what an email calls a page. ``facts`` returns the facts whose changes followers are
    notified of; "" where there are none. ``line`` returns one line about a page, in the active language. ``is_current``
    returns whether there is still a reason to write about it. ``prepare`` makes a queryset load what ``line`` needs.
    """

    model: type[Page]
    new: Any
    changed: Any = ""
    facts: Callable[[Any], str] = lambda page: ""
    line: Callable[[Any], str] = lambda page: ""
    is_current: Callable[[Any], bool] = lambda page: True
    prepare: Callable[[Any], PageQuerySet] = lambda pages: pages


@cache
def target_kinds() -> dict[str, TargetKind]:
    """Return what can be followed, of all installed apps, by name."""
    return {kind.name: kind for hook in hooks.get_hooks(TARGETS_HOOK) for kind in hook()}


@cache
def followed_page_kinds() -> list[FollowedPageKind]:
    """Return the page types that followers are notified of, of all installed apps."""
    return [kind for hook in hooks.get_hooks(PAGES_HOOK) for kind in hook()]


def followed_page_kind(page: Page | type[Page]) -> FollowedPageKind | None:
    """Return the kind of a page or page type; None where followers are not notified of it."""
    model = page if isinstance(page, type) else type(page)
    return next((kind for kind in followed_page_kinds() if issubclass(model, kind.model)), None)


def links_of_pages(pages: PageQuerySet, keys: Collection[str], language: str) -> dict[str, TargetLink]:
    """Return the links of the public pages in a language whose ``translation_key`` is one of the keys. One query."""
    found = pages.live().filter(public_q(), translation_key__in=_uuids(keys), locale__language_code=language)
    return {
        str(page.translation_key): TargetLink(page.title, page_url(page)) for page in found.select_related("locale")
    }


def public_page(model: type[PageType], key: str, language: str) -> PageType | None:
    """Return the public page of a type and ``translation_key`` in a language; None if there is none. One query."""
    pages: PageQuerySet = model._default_manager.live()
    return pages.filter(public_q(), translation_key__in=_uuids([key]), locale__language_code=language).first()


def page_url(page: Page) -> str:
    """Return the absolute address of a page for emails."""
    return absolute_url(path_of(page), site_of(page))


def _uuids(keys: Collection[str]) -> list[UUID]:
    """Return the keys that are UUIDs: a visitor may send anything."""
    found = []
    for key in keys:
        with suppress(ValueError):
            found.append(UUID(key))
    return found
