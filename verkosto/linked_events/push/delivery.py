"""Delivery to the LinkedEvents server: a worker claims a row, sends what is public of its event, and plans a retry.

The server is asked to change the event by its id, and to add it only if it does not have it: so a repetition, after a
worker was killed for example, makes no double.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import cast

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django_tasks import task

from verkosto.core.http_client import RequestFailed, Response
from verkosto.core.jobs import queue
from verkosto.linked_events import client, conf
from verkosto.linked_events.documents.base import Document
from verkosto.linked_events.enums import PushProblem, PushState
from verkosto.linked_events.models import PushedEvent
from verkosto.linked_events.push.due_events import mark_changed
from verkosto.linked_events.push.images import ImageRefused, delete_unused, put_image
from verkosto.linked_events.push.payloads import (
    CANCELLED,
    NotReady,
    body_of,
    document_of,
    events_of_series,
    image_reference,
    is_over,
    public_version,
    site_scope,
)

OK, NOT_FOUND, GONE = 200, 404, 410
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
    row = PushedEvent.objects.select_related("image").get(pk=pk)
    before = (row.is_on_server, row.generation, row.image_id)
    try:
        outcome = _attempt(row)
    except NotReady as error:
        outcome = Outcome(PushState.FAILED, error.problem, error.detail)
    except RequestFailed as error:
        outcome = Outcome(PushState.WAITING, PushProblem.UNREACHABLE, str(error))
    is_current = _keep(row, outcome)
    if before[:2] != (row.is_on_server, row.generation):
        _write_events_of(row)
    if before[2] not in (None, row.image_id):
        delete_unused()
    return is_current


def _attempt(row: PushedEvent) -> Outcome:
    scope = site_scope()
    page = public_version(row, scope)
    if page is None:
        return _withdraw(row)
    document = document_of(row, scope)
    if is_over(page, document) and not row.is_on_server:
        return Outcome(PushState.WITHDRAWN, PushProblem.OVER)  # the server takes no past events
    body = body_of(row, page, document, scope)
    refusal = None
    try:
        image = put_image(row, cast("list[Document]", document["images"]))
    except ImageRefused as error:
        if error.response.status not in FINAL:
            return _refused(error.response)
        image, refusal = None, error.response
    outcome = _publish(row, {**body, "images": [image_reference(image.image_id)] if image else []})
    if refusal and outcome.state == PushState.SENT:
        return replace(outcome, problem=PushProblem.IMAGE_REFUSED, detail=refusal.text)
    return outcome


def _publish(row: PushedEvent, body: Document) -> Outcome:
    response = client.write("PUT", f"event/{row.remote_id}/", body)
    if response.status == GONE:
        _use_another_id(row)  # the server keeps the ids of deleted events
    elif _stays_cancelled(response, body):
        deleted = client.write("DELETE", f"event/{row.remote_id}/")
        if not 200 <= deleted.status < 300:
            return _refused(deleted)
        _use_another_id(row)  # the server never holds an event again that was cancelled
    if response.status == NOT_FOUND or row.remote_id != body["id"]:
        body = {**body, "id": row.remote_id}
        response = client.write("POST", "event/", body)
        if 200 <= response.status < 300 and "event_status" in body:
            response = client.write("PUT", f"event/{row.remote_id}/", body)  # a new event is never cancelled
    if not 200 <= response.status < 300:
        return _refused(response)
    row.is_on_server = True
    return Outcome(PushState.SENT, status=response.status)


def _stays_cancelled(response: Response, body: Document) -> bool:
    """Return whether the server has kept an event cancelled that is held again."""
    if response.status != OK or body.get("event_status") == CANCELLED:
        return False
    try:
        found = json.loads(response.content)
    except (ValueError, RecursionError):
        return False
    return isinstance(found, dict) and found.get("event_status") == CANCELLED


def _use_another_id(row: PushedEvent) -> None:
    row.generation += 1
    row.is_on_server = False
    PushedEvent.objects.filter(pk=row.pk).update(generation=row.generation, is_on_server=False)


def _withdraw(row: PushedEvent) -> Outcome:
    if row.is_on_server:
        response = client.write("DELETE", f"event/{row.remote_id}/")
        if not (200 <= response.status < 300 or response.status in (NOT_FOUND, GONE)):
            return _refused(response)
        row.is_on_server = False
        outcome = Outcome(PushState.WITHDRAWN, status=response.status)
    else:
        outcome = Outcome(PushState.WITHDRAWN)
    put_image(row, [])
    return outcome


def _write_events_of(row: PushedEvent) -> None:
    """Have the events of a series name it by its id on the server, or no longer name it."""
    events = events_of_series(row.translation_key, site_scope())
    if events and mark_changed({event.translation_key: event.title for event in events}):
        enqueue_due()


def _refused(response: Response) -> Outcome:
    if response.status in FINAL:
        return Outcome(PushState.FAILED, PushProblem.REFUSED, response.text, response.status)
    return Outcome(PushState.WAITING, PushProblem.UNREACHABLE, response.text, response.status)


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
    else:
        if due:
            delete_unused()
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
