"""The outbox: an event that changes becomes a row in the transaction that changes it, and is sent after the commit."""

from __future__ import annotations

from functools import partial
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from wagtail.models import Page

from event_pages.models import EventPage, EventSeriesPage
from verkosto.linked_events import conf
from verkosto.linked_events.enums import PushState
from verkosto.linked_events.models import PushedEvent
from verkosto.linked_events.push.delivery import enqueue, enqueue_due
from verkosto.linked_events.push.due_events import mark_changed


@transaction.atomic
def write(key: UUID, title: str) -> PushedEvent | None:
    """Have the server learn what is public of an event now. Return the row; None on a site without a server."""
    if not conf.pushes():
        return None
    row, _is_new = PushedEvent.objects.select_for_update().get_or_create(
        translation_key=key, defaults={"title": title[:255]}
    )
    row.title, row.changed_at = title[:255], timezone.now()
    if row.state != PushState.SENDING:  # else it is sent once more after that, see ``delivery``
        row.state, row.due_at, row.attempts = PushState.WAITING, row.changed_at, 0
    row.save(update_fields=["title", "changed_at", "state", "due_at", "attempts"])
    # robust: a full queue must not turn a publication into an error; the scheduled work finds the row.
    transaction.on_commit(partial(enqueue, row.pk), robust=True)
    return row


@transaction.atomic
def write_page(page: EventPage | EventSeriesPage) -> None:
    """Do so with an event or a series whose page has changed; of an event first with its series, which has its times."""
    if not conf.pushes():
        return
    if isinstance(page, EventPage):
        write_series_at(page.path[: -page.steplen])
    write(page.translation_key, page.title)


def write_moved(path: str, old_parent_path: str) -> None:
    """Do so with what has moved to a tree path, and with the series that it has left."""
    write_below(path)
    if conf.pushes():
        write_series_at(old_parent_path)


def write_series_at(path: str) -> None:
    """Do so with the series at a tree path, if there is one."""
    if found := EventSeriesPage.objects.filter(path=path).values_list("translation_key", "title").first():
        write(*found)


@transaction.atomic
def write_below(path: str) -> int:
    """Do so with every event and series at a tree path or below, and with the series of an event that is there: who may
    see them has changed. Return how many.

    Four statements and one task, however many events there are.
    """
    if not conf.pushes():
        return 0
    series = EventSeriesPage.objects.filter(Q(path__startswith=path) | Q(path=path[: -Page.steplen]))
    events = EventPage.objects.filter(path__startswith=path)
    found: dict[UUID, str] = dict(series.values_list("translation_key", "title"))
    found |= dict(events.values_list("translation_key", "title"))
    if found:
        mark_changed(found)
        transaction.on_commit(enqueue_due, robust=True)
    return len(found)
