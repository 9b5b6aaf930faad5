"""Delivery of webhooks: a worker claims a row, sends it signed, and plans a retry if that fails.

A receiver that fails is left alone for a while, with all that waits for it, so that it holds no worker; when it has
failed for long it is switched off, and its owner is notified. A killed worker may have sent what it did not record: the
receiver gets it again, with the same ``webhook-id``.
"""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F
from django.db.models.functions import Coalesce
from django.utils import timezone
from django_tasks import task

from verkosto.core.http_client import RequestFailed, Response
from verkosto.core.jobs import queue
from verkosto.webhooks import conf, signing, transport
from verkosto.webhooks.enums import DeliveryState
from verkosto.webhooks.models import Delivery, Endpoint
from verkosto.webhooks.notifications import write_switched_off
from verkosto.webhooks.payloads import body_of

GONE = 410  # the receiver wants no more (RFC 9110 §15.5.11)
FIRST_PAUSE = timedelta(seconds=10)
LONGEST_PAUSE = timedelta(hours=6)
PORTION = 20  # deliveries that one background task makes before it lets other tasks run
USER_AGENT = "Verkosto-Webhooks/1"


def deliver(pk: int) -> bool:
    """Send one delivery if it is due and no other worker has claimed it. Return whether the receiver took it."""
    now = timezone.now()
    if not Delivery.objects.due(now).filter(pk=pk).exists():
        return False
    claimable = Delivery.objects.claimable(now).filter(pk=pk)
    claim = {"state": DeliveryState.SENDING, "claimed_at": now, "attempts": F("attempts") + 1}
    if not claimable.update(**claim, response_code=None, response_start="", duration=None):
        return False
    delivery = Delivery.objects.select_related("endpoint__owner").get(pk=pk)
    try:
        response = _send(delivery, now)
    except RequestFailed as error:
        _keep_failure(delivery, str(error))
        return False
    delivery.response_code, delivery.duration = response.status, response.duration
    if not delivery.endpoint.includes_personal_data:  # the response may repeat what was sent
        delivery.response_start = response.text
    if 200 <= response.status < 300:
        _keep_success(delivery)
        return True
    _keep_failure(delivery, f"The answer was {response.status}.")
    return False


def _send(delivery: Delivery, now: datetime) -> Response:
    body = body_of(delivery)
    timestamp = int(now.timestamp())
    headers = {
        "Content-Type": "application/json; charset=utf-8",
        "User-Agent": USER_AGENT,
        "webhook-id": delivery.identifier,
        "webhook-timestamp": str(timestamp),
        "webhook-signature": signing.sign(
            delivery.endpoint.seeds, identifier=delivery.identifier, timestamp=timestamp, body=body
        ),
    }
    return transport.post(delivery.endpoint.url, body, headers)


def pause_after(failures: int) -> timedelta:
    """Return the pause after a number of failures in succession: 10 s, 30 s, 90 s … at most ``LONGEST_PAUSE``."""
    return min(FIRST_PAUSE * 3 ** min(failures - 1, 12), LONGEST_PAUSE)


@transaction.atomic
def _keep_success(delivery: Delivery) -> None:
    delivery.state, delivery.failure = DeliveryState.DELIVERED, ""
    _save(delivery)
    failing = Endpoint.objects.filter(pk=delivery.endpoint_id, failing_since__isnull=False)
    if failing.update(failures=0, failing_since=None, paused_until=None):
        # What waited for the end of the pause need not wait for it.
        transaction.on_commit(enqueue_due, robust=True)


@transaction.atomic
def _keep_failure(delivery: Delivery, reason: str) -> None:
    """Store why an attempt failed, and plan the next one; or give the delivery up, or the receiver."""
    now = timezone.now()
    delivery.failure = reason
    is_old = now - delivery.created_at >= conf.give_up_after()
    delivery.state = DeliveryState.FAILED if is_old or delivery.response_code == GONE else DeliveryState.QUEUED
    delivery.due_at = now + pause_after(delivery.attempts)
    _save(delivery)
    endpoints = Endpoint.objects.filter(pk=delivery.endpoint_id)
    endpoints.update(failures=F("failures") + 1, failing_since=Coalesce("failing_since", now))
    endpoint = endpoints.select_related("owner").get()
    endpoints.update(paused_until=now + pause_after(endpoint.failures))
    if delivery.response_code == GONE or now - (endpoint.failing_since or now) >= conf.give_up_after():
        if endpoints.filter(is_active=True).update(is_active=False, switched_off_at=now):
            write_switched_off(endpoint, reason)
    elif delivery.state == DeliveryState.QUEUED:
        at = max(delivery.due_at, now + pause_after(endpoint.failures))
        transaction.on_commit(lambda: enqueue(delivery.pk, at=at), robust=True)


def _save(delivery: Delivery) -> None:
    delivery.save(update_fields=["state", "failure", "due_at", "response_code", "response_start", "duration"])


def deliver_due(limit: int = 200) -> int:
    """Send at most ``limit`` deliveries that are due. Return how many receivers took."""
    return sum(deliver(pk) for pk in _due(limit))


def delete_old() -> int:
    """Delete deliveries that are older than the retention of the log. Return how many."""
    return Delivery.objects.filter(created_at__lt=timezone.now() - conf.retention()).delete()[0]


def _due(limit: int) -> list[int]:
    return list(Delivery.objects.due().values_list("pk", flat=True)[:limit])


def enqueue(pk: int, at: datetime | None = None) -> None:
    """Have a worker send a delivery, now or at a time. If the queue cannot wait, the scheduled work sends it."""
    if at is None or deliver_webhook.get_backend().supports_defer:
        queue.enqueue(deliver_webhook, pk, at=at)


def enqueue_due() -> None:
    """Have a worker send every delivery that is due."""
    queue.enqueue(deliver_due_webhooks)


@task()
def deliver_webhook(pk: int) -> None:
    """Send one delivery."""
    deliver(pk)


@task()
def deliver_due_webhooks() -> None:
    """Send every delivery that is due, in portions, so that mails do not have to wait."""
    while len(portion := _due(PORTION)) > 0:
        for pk in portion:
            deliver(pk)
        if not queue.is_at_once(deliver_due_webhooks):
            if len(portion) == PORTION:
                enqueue_due()
            return
