"""The use case that imports events from a file as drafts. All of them are imported, or none."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.text import slugify
from wagtail.coreutils import find_available_slug
from wagtail.models import Page

from event_pages.imports.plan import PlannedEvent, RowState, plan_import
from event_pages.imports.values import FileEvent, comparable, set_values
from event_pages.models import EventPage, ImportedEvent
from verkosto.core.transactions import in_transaction
from verkosto.core.users import SignedInUser

MAX_SLUG = 200  # characters, so that a number fits at the end


@dataclass(frozen=True)
class ImportResult:
    """How many events were made, and how many changed."""

    made: int
    changed: int


@in_transaction
def import_events(
    events: Iterable[FileEvent], *, parent: Page, user: SignedInUser, chosen: Collection[str]
) -> ImportResult:
    """Make and change drafts below a page, of the events whose keys are chosen. Return how many.

    What is done is planned anew under a lock of the page: of two people who import a file at once, the second finds its
    events unchanged. An event that an editor has changed is overwritten only where the file says something else.
    """
    Page.objects.select_for_update().get(pk=parent.pk)
    planned = [
        row for row in plan_import(events, parent=parent, user=user) if row.source.source_key in chosen or row.record
    ]
    made = changed = 0
    for row in planned:
        is_chosen = row.source.source_key in chosen
        if row.state == RowState.NEW:
            _make(row, parent, user)
            made += 1
        elif row.record and row.can_be_chosen and is_chosen:
            _change(row, row.record, user)
            changed += 1
        elif row.record and row.state == RowState.UNCHANGED and row.fields:
            _remember(row, row.record)  # an editor has made the same change as the file
    return ImportResult(made, changed)


def _make(row: PlannedEvent, parent: Page, user: SignedInUser) -> None:
    slug = find_available_slug(parent, slugify(row.source.title, allow_unicode=True)[:MAX_SLUG] or "event")
    languages: Any = getattr(parent.specific, "event_languages", [])
    event = EventPage(slug=slug, live=False, owner=user, locale=parent.locale, event_languages=languages)
    set_values(event, row.source.values)
    event.draft_title = event.title
    parent.add_child(instance=event)
    event.save_revision(user=user, clean=False)  # a draft may lack what publishing needs, such as the summary
    values = {name: comparable(name, value) for name, value in row.source.values.items()}
    ImportedEvent.objects.create(parent=parent, source_key=row.source.source_key, event=event, values=values)


def _change(row: PlannedEvent, record: ImportedEvent, user: SignedInUser) -> None:
    """Save a draft with the fields that the file has changed."""
    draft = record.event.specific.get_latest_revision_as_object()
    set_values(draft, {name: row.source.values[name] for name in row.fields})
    draft.save_revision(user=user, clean=False, changed=True, log_action=True)
    _remember(row, record)


def _remember(row: PlannedEvent, record: ImportedEvent) -> None:
    new = {name: comparable(name, value) for name, value in row.source.values.items()}
    record.values = {**record.values, **new}
    record.save(update_fields=["values", "imported_at"])
