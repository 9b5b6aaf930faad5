"""The outbox: an event that changes becomes a row in the transaction that changes it, and is sent after the commit."""

from __future__ import annotations

from functools import partial
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from event_pages.models import EventPage
from verkosto.linked_events import conf
from verkosto.linked_events.enums import PushState
from verkosto.linked_events.models import PushedEvent
from verkosto.linked_events.push.delivery import enqueue, enqueue_due


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
def write_below(path: str) -> int:
    """Do so with every event at a tree path or below: who may see them has changed. Return how many.

    Three statements and one task, however many events there are.
    """
    if not conf.pushes():
        return 0
    now = timezone.now()
    events = dict(EventPage.objects.filter(path__startswith=path).values_list("translation_key", "title"))
    rows = [
        PushedEvent(translation_key=key, title=title[:255], changed_at=now, due_at=now)
        for key, title in sorted(events.items())
    ]
    changed = ["title", "changed_at"]
    PushedEvent.objects.bulk_create(
        rows, batch_size=500, update_conflicts=True, unique_fields=["translation_key"], update_fields=changed
    )
    PushedEvent.objects.filter(translation_key__in=events).exclude(state=PushState.SENDING).update(
        state=PushState.WAITING, due_at=now, attempts=0
    )
    if rows:
        transaction.on_commit(enqueue_due, robust=True)
    return len(rows)
