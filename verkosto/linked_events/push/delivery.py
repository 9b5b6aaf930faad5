"""Delivery to the LinkedEvents server: a worker claims a row, sends what is public of its event, and plans a retry.

The server is asked to change the event by its id, and to add it only if it does not have it: so a repetition, after a
worker was killed for example, makes no double.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django_tasks import task

from verkosto.core.http_client import Answer, RequestFailed
from verkosto.core.jobs import queue
from verkosto.linked_events import conf, server
from verkosto.linked_events.documents.base import Document
from verkosto.linked_events.enums import PushProblem, PushState
from verkosto.linked_events.models import PushedEvent
from verkosto.linked_events.push.body import NotReady, body_of, public_version, site_scope

NOT_FOUND, GONE = 404, 410
#: Answers that another attempt does not change: the event is refused as it is.
FINAL = frozenset({400, 409, 413, 422})
FIRST_PAUSE = timedelta(seconds=30)
LONGEST_PAUSE = timedelta(hours=6)


@dataclass(frozen=True)
class Outcome:
    """What became of an attempt."""

    state: PushState
    problem: str = ""
    detail: str = ""
    status: int | None = None


def deliver(pk: int) -> bool:
    """Bring the server up to date with one event, if it is due and no other worker has claimed it. Return whether it is."""
    now = timezone.now()
    claim = {"state": PushState.SENDING, "claimed_at": now, "attempts": F("attempts") + 1}
    if not PushedEvent.objects.due(now).order_by().filter(pk=pk).update(**claim):
        return False
    row = PushedEvent.objects.get(pk=pk)
    try:
        outcome = _attempt(row)
    except NotReady as error:
        outcome = Outcome(PushState.FAILED, error.problem, error.detail)
    except RequestFailed as error:
        outcome = Outcome(PushState.WAITING, PushProblem.UNREACHABLE, str(error))
    return _keep(row, outcome)


def _attempt(row: PushedEvent) -> Outcome:
    scope = site_scope()
    event = public_version(row, scope)
    if event is None:
        return _withdraw(row)
    if event.is_over and not row.is_on_server:
        return Outcome(PushState.WITHDRAWN, PushProblem.OVER)  # the server takes no past events
    return _publish(row, body_of(row, event, scope))


def _publish(row: PushedEvent, body: Document) -> Outcome:
    answer = server.write("PUT", f"event/{row.remote_id}/", body)
    is_missing = answer.status == NOT_FOUND
    if answer.status == GONE:
        row.generation += 1  # the server keeps the ids of deleted events
        PushedEvent.objects.filter(pk=row.pk).update(generation=row.generation)
        is_missing = True
    if is_missing:
        answer = server.write("POST", "event/", {**body, "id": row.remote_id})
    if not 200 <= answer.status < 300:
        return _refused(answer)
    row.is_on_server = True
    return Outcome(PushState.SENT, status=answer.status)


def _withdraw(row: PushedEvent) -> Outcome:
    if not row.is_on_server:
        return Outcome(PushState.WITHDRAWN)
    answer = server.write("DELETE", f"event/{row.remote_id}/")
    if not (200 <= answer.status < 300 or answer.status in (NOT_FOUND, GONE)):
        return _refused(answer)
    row.is_on_server = False
    return Outcome(PushState.WITHDRAWN, status=answer.status)


def _refused(answer: Answer) -> Outcome:
    if answer.status in FINAL:
        return Outcome(PushState.FAILED, PushProblem.REFUSED, answer.text, answer.status)
    return Outcome(PushState.WAITING, PushProblem.UNREACHABLE, answer.text, answer.status)


def pause_after(attempts: int) -> timedelta:
    """Return the pause after a number of attempts in succession: 30 s, 90 s, 270 s … at most ``LONGEST_PAUSE``."""
    return min(FIRST_PAUSE * 3 ** min(attempts - 1, 12), LONGEST_PAUSE)


@transaction.atomic
def _keep(row: PushedEvent, outcome: Outcome) -> bool:
    """Store what became of an attempt, and plan the next one. Return whether the server is up to date.

    An event that has changed since the claim is sent once more.
    """
    current = PushedEvent.objects.select_for_update().get(pk=row.pk)
    if current.claimed_at != row.claimed_at:  # it took too long, and another worker has claimed it
        return False
    now = timezone.now()
    current.state, current.problem, current.detail = outcome.state, outcome.problem, outcome.detail[:500]
    current.response_code, current.is_on_server, current.due_at = outcome.status, row.is_on_server, now
    if outcome.status and outcome.state != PushState.WAITING:
        current.sent_at = now
    if row.claimed_at and current.changed_at > row.claimed_at:
        current.state, current.attempts = PushState.WAITING, 0
    elif outcome.state == PushState.WAITING:
        is_old = now - current.changed_at >= conf.give_up_after()
        current.state = PushState.FAILED if is_old else PushState.WAITING
        current.due_at = now + pause_after(current.attempts)
    current.save()
    if current.state == PushState.WAITING:
        transaction.on_commit(lambda: enqueue(current.pk, at=current.due_at), robust=True)
    return current.state in (PushState.SENT, PushState.WITHDRAWN)


def deliver_due(limit: int = 200) -> int:
    """Send at most ``limit`` events that are due. Return how many the server has now as they are.

    A server that does not answer is asked once: the other scheduled work does not wait for it hundreds of times.
    """
    due = PushedEvent.objects.due().values_list("pk", flat=True)[:limit] if conf.pushes() else ()
    sent = 0
    for pk in list(due):
        if deliver(pk):
            sent += 1
        elif PushedEvent.objects.filter(pk=pk, problem=PushProblem.UNREACHABLE, response_code=None).exists():
            break
    return sent


def enqueue(pk: int, at: datetime | None = None) -> None:
    """Have a worker send an event, now or at a time. If the queue cannot wait, the scheduled work sends it."""
    if at is None or at <= timezone.now():
        queue.enqueue(push_event, pk)
    elif push_event.get_backend().supports_defer:
        queue.enqueue(push_event, pk, at=at)


def enqueue_due() -> None:
    """Have a worker send all events that are due, after what is more urgent."""
    queue.enqueue(push_due_events, priority=queue.LATER_PRIORITY)


@task()
def push_due_events() -> None:
    """Send the events that are due, a portion at a time; the scheduled work goes on with what is left."""
    deliver_due()


@task()
def push_event(pk: int) -> None:
    """Send one event."""
    deliver(pk)
