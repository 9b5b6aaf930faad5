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
from verkosto.linked_events.push.delivery import enqueue


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


def write_below(path: str) -> int:
    """Do so with every event at a tree path or below: who may see them has changed. Return how many."""
    if not conf.pushes():
        return 0
    events = EventPage.objects.filter(path__startswith=path).values_list("translation_key", "title")
    return sum(write(key, title) is not None for key, title in dict(events).items())
