"""When a translation of an event or series is needed: the translations dashboard sorts by it."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any
from uuid import UUID

from wagtail import hooks

from event_pages.dates import FAR_FUTURE
from event_pages.models import EventPage, EventSeriesPage
from verkosto.localisation.states.deadlines import Deadline, DeadlineProvider


@hooks.register("register_verkosto_translation_deadlines")
def translation_deadlines() -> DeadlineProvider:
    return registrable_page_deadlines


def registrable_page_deadlines(keys: Collection[UUID] | None) -> dict[UUID, Deadline]:
    """Return when each page's translation is needed: when registration opens, or else when the event starts.

    ``keys`` are the translation keys of the pages, or None for all. Two queries.
    """
    deadlines: dict[UUID, Deadline] = {}
    sources: list[tuple[Any, str | None]] = [(EventSeriesPage, None), (EventPage, "sort_start")]
    for model, start in sources:
        pages = model.objects.all() if keys is None else model.objects.filter(translation_key__in=keys)
        columns = ["translation_key", "registration_opens_at", *filter(None, [start])]
        for key, opens_at, *rest in pages.values_list(*columns).iterator():
            starts_at = rest[0] if rest and rest[0] != FAR_FUTURE else None
            deadlines[key] = Deadline(needed_by=opens_at or starts_at, happens_at=starts_at)
    return deadlines
