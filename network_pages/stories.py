"""The news and stories that pages of networks and programmes list."""

from __future__ import annotations

from collections.abc import Collection
from datetime import UTC, datetime
from functools import cache

from django.db.models import Q
from wagtail.models import Page, PageManager, get_page_models
from wagtail.query import PageQuerySet

from verkosto.core.models import BasePage
from verkosto.core.renditions import prefetch_image

MAX_STORIES = 6
NEVER = datetime.min.replace(tzinfo=UTC)


def latest_stories(selected: Q) -> list[Page]:
    """Return the latest selected stories as pages of their own types, the latest first.

    Three queries for each story type: pages, images and renditions.
    """
    stories = [story for model in story_types() for story in _latest_of_type(model, selected)]
    return sorted(stories, key=lambda story: story.first_published_at or NEVER, reverse=True)[:MAX_STORIES]


def published_versions(stories: Collection[int], locale_id: int) -> dict[int, Page]:
    """Return the versions of stories (by key) in a language, as far as they are published for everybody. Three queries.

    No query where there are no stories.
    """
    if not stories:
        return {}
    keys = dict(Page.objects.filter(pk__in=stories).values_list("pk", "translation_key"))
    versions = Page.objects.live().public().filter(translation_key__in=keys.values(), locale_id=locale_id)
    pages = {page.translation_key: page for page in versions}
    return {pk: pages[key] for pk, key in keys.items() if key in pages}


@cache
def story_types() -> list[type[BasePage]]:
    """Return the page types with a date of publication (``published_on``), as news have; without their subclasses."""
    dated = [model for model in get_page_models() if issubclass(model, BasePage) and hasattr(model, "published_on")]
    return [model for model in dated if not any(issubclass(model, other) for other in dated if other is not model)]


def _latest_of_type(model: type[BasePage], selected: Q) -> PageQuerySet:
    manager: PageManager = model._default_manager
    stories = manager.live().filter(selected).order_by("-first_published_at")
    return stories.defer_streamfields().prefetch_related(prefetch_image("listing_image"))[:MAX_STORIES]
