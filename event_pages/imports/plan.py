"""What importing a file would do: which events are new, changed, or the same as before. Nothing is saved."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import TextChoices
from django.utils.html import strip_tags
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy
from wagtail.models import Page, Revision

from event_pages.imports.values import (
    DATE_FIELDS,
    FileEvent,
    Values,
    comparable,
    stored_date,
    values_of_draft,
)
from event_pages.models import EventPage, ImportedEvent
from verkosto.core.text import shorten
from verkosto.core.users import AnyUser
from verkosto.directory.models import Venue

SHOWN_TEXT = 120  # characters of a changed text that are shown


class RowState(TextChoices):
    """What an event of a file is to the site."""

    NEW = "new", pgettext_lazy("event of a file", "New")
    CHANGED = "changed", pgettext_lazy("event of a file", "Changed")
    EDITED = "edited", pgettext_lazy("event of a file", "Changed here too")
    UNCHANGED = "unchanged", pgettext_lazy("event of a file", "Unchanged")
    UNREADABLE = "unreadable", pgettext_lazy("event of a file", "Cannot be imported")


@dataclass(frozen=True)
class Change:
    """What differs: its label, how it is now and how it would be, in the active language."""

    label: str
    before: str
    after: str


@dataclass(frozen=True, kw_only=True)
class PlannedEvent:
    """An event of a file, and what importing it would do. ``record`` is that of an earlier import."""

    source: FileEvent
    state: RowState
    record: ImportedEvent | None = None
    #: The fields that the file has changed since it was last imported; all of them for a new event.
    fields: tuple[str, ...] = ()
    changes: tuple[Change, ...] = ()
    reason: str = ""

    @property
    def can_be_chosen(self) -> bool:
        """Whether importing it would do something."""
        return self.state in (RowState.NEW, RowState.CHANGED, RowState.EDITED)

    @property
    def is_chosen(self) -> bool:
        """Whether it is ticked at first: what an editor changed is not overwritten unless somebody ticks it."""
        return self.state in (RowState.NEW, RowState.CHANGED)

    @property
    def date_text(self) -> str:
        """The date in the file, in words; "" if it cannot be read."""
        return stored_date(_comparables(self.source.values)).text() if self.source.values else ""


def plan_import(events: Iterable[FileEvent], *, parent: Page, user: AnyUser) -> list[PlannedEvent]:
    """Return what importing the events below a page would do, in their order. A constant number of queries."""
    found = list(events)
    venues = _venues(parent)
    records = _records(found, parent)
    rows: dict[str, int] = {}
    planned = []
    for event in found:
        if event.problem:
            planned.append(_refused(event, event.problem))
        elif event.source_key in rows:
            text = _("It is in the file twice: see row %(number)s.")
            planned.append(_refused(event, text % {"number": rows[event.source_key]}))
        else:
            rows[event.source_key] = event.number
            planned.append(_plan(_at_venue(event, venues), records.get(event.source_key), user, venues))
    return planned


def _plan(event: FileEvent, record: ImportedEvent | None, user: AnyUser, venues: _Venues) -> PlannedEvent:
    if problem := _problem(event.values):
        return _refused(event, problem, record)
    if record is None:
        if not event.values.get("summary"):
            event = replace(event, notes=(*event.notes, _("There is no summary. Add one before you publish.")))
        return PlannedEvent(source=event, state=RowState.NEW, fields=tuple(event.values))
    new = _comparables(event.values)
    fields = [name for name, value in new.items() if value != record.values.get(name)]
    revision = record.event.latest_revision
    now = values_of_draft(revision.content, new) if revision else record.values
    differing = [name for name in fields if new[name] != now[name]]
    if not differing:
        return PlannedEvent(source=event, state=RowState.UNCHANGED, record=record, fields=tuple(fields))
    if refusal := _reason_not_to_change(record.event, user):
        return _refused(event, refusal, record)
    is_edited = any(now[name] != record.values.get(name) for name in differing)
    changes = tuple(_changes(differing, now, new, venues))
    state = RowState.EDITED if is_edited else RowState.CHANGED
    return PlannedEvent(source=event, state=state, record=record, fields=tuple(fields), changes=changes)


def _refused(event: FileEvent, reason: str, record: ImportedEvent | None = None) -> PlannedEvent:
    return PlannedEvent(source=event, state=RowState.UNREADABLE, record=record, reason=reason)


def _reason_not_to_change(event: EventPage, user: AnyUser) -> str:
    """Return why a user may not change an event; "" if they may. No query for events that ``_records`` read."""
    permissions = event.permissions_for_user(user)
    if not permissions.can_edit():
        return _("You may not change this event.")
    return _("The event is locked.") if permissions.page_locked() else ""


def _problem(values: Values) -> str:
    """Return what is wrong with a value of a field, with the field's name; "" for nothing. No query."""
    for name, value in values.items():
        field: Any = EventPage._meta.get_field(name)
        if value in (None, "") or name in ("venue", "body"):
            continue
        try:
            field.clean(value, None)
        except ValidationError as error:
            return f"{capfirst(str(field.verbose_name))}: {' '.join(error.messages)}"
    return ""


def _records(events: Iterable[FileEvent], parent: Page) -> dict[str, ImportedEvent]:
    """Return the records of earlier imports by key, with their events and what asking for rights needs. Five queries."""
    keys = [event.source_key for event in events if not event.problem]
    records = list(ImportedEvent.objects.filter(parent=parent, source_key__in=keys))
    found = EventPage.objects.filter(pk__in=[record.event_id for record in records])
    pages = {event.pk: event for event in found.prefetch_workflow_states().defer_streamfields()}
    revisions = Revision.objects.in_bulk([event.latest_revision_id for event in pages.values()])
    scheduled = Revision.page_revisions.filter(object_id__in=map(str, pages), approved_go_live_at__isnull=False)
    scheduled_by_pk = {int(revision.object_id): revision for revision in scheduled}
    for record in records:
        record.event = event = pages[record.event_id]
        event.latest_revision = revisions.get(event.latest_revision_id)
        event.scheduled_revision = scheduled_by_pk.get(event.pk)  # a cached property of Wagtail's
    return {record.source_key: record for record in records}


def _comparables(values: Values) -> dict[str, str | int | None]:
    return {name: comparable(name, value) for name, value in values.items()}


@dataclass(frozen=True)
class _Venues:
    """The venues of a language by folded name, and their names by pk."""

    by_name: Mapping[str, Venue]
    names: Mapping[int, str]


def _venues(parent: Page) -> _Venues:
    venues = list(Venue.objects.filter(locale_id=parent.locale_id).order_by("-pk"))
    by_name = {str(venue).casefold(): venue for venue in venues} | {venue.name.casefold(): venue for venue in venues}
    return _Venues(by_name, {venue.pk: str(venue) for venue in venues})


def _at_venue(event: FileEvent, venues: _Venues) -> FileEvent:
    """Return the event with its venue of the directory or, for a place that is not there, with its text as the room."""
    if event.venue is None:
        return event
    venue = venues.by_name.get(event.venue.casefold()) or venues.by_name.get(event.venue.split(",")[0].casefold())
    values: dict[str, Any] = {**event.values, "venue": venue.pk if venue else None}
    values.setdefault("room", "")
    if venue or not event.venue:
        return replace(event, values=values)
    parts = dict.fromkeys(filter(None, (values["room"], event.venue)))
    values["room"] = shorten(", ".join(parts), EventPage._meta.get_field("room").max_length or 0)
    note = _("The venue “%(name)s” is not in the directory. It is shown as the room.") % {"name": event.venue[:150]}
    return replace(event, values=values, notes=(*event.notes, note))


def _changes(names: Iterable[str], now: Values, new: Values, venues: _Venues) -> Iterable[Change]:
    """Yield what differs in words. The fields of the date are one change."""
    names = list(names)
    if any(name in DATE_FIELDS for name in names):
        before, after = stored_date(now).text(), stored_date(new).text()
        yield Change(_("Date"), before, after)
    for name in names:
        if name not in DATE_FIELDS:
            yield Change(_label(name), _shown(name, now[name], venues), _shown(name, new[name], venues))


def _label(name: str) -> str:
    field: Any = EventPage._meta.get_field(name)
    return str(capfirst(str(field.verbose_name)))


def _shown(name: str, value: Any, venues: _Venues) -> str:
    if value is None:
        return "–"
    if name == "venue":
        return venues.names.get(value, "–")
    choices = dict(getattr(EventPage._meta.get_field(name), "flatchoices", ()))
    return shorten(strip_tags(str(choices.get(value, value))), SHOWN_TEXT)
