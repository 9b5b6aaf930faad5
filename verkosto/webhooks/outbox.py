"""The outbox of webhooks: each delivery is a row that is written in the transaction that causes it."""

import uuid
from collections.abc import Collection, Mapping
from functools import partial

from django.db import transaction
from django.utils import timezone
from wagtail.models import Page

from verkosto.webhooks.delivery import enqueue, enqueue_due
from verkosto.webhooks.enums import DeliveryState
from verkosto.webhooks.models import Delivery, Endpoint
from verkosto.webhooks.webhook_events import TEST


class Audience:
    """The endpoints that are active now. One query, and one more if any is for a part of the site."""

    def __init__(self) -> None:
        self.endpoints = list(Endpoint.objects.active())
        keys = {endpoint.page.translation_key for endpoint in self.endpoints if endpoint.page}
        versions = Page.objects.filter(translation_key__in=keys) if keys else Page.objects.none()
        self._paths: dict[uuid.UUID, list[str]] = {}
        for key, path in versions.values_list("translation_key", "path"):
            self._paths.setdefault(key, []).append(path)

    def of(self, event: str, paths: Collection[str]) -> list[Endpoint]:
        """Return the endpoints that want to know of an event at pages with these tree paths."""
        return [
            endpoint
            for endpoint in self.endpoints
            if event in endpoint.events and (endpoint.page is None or self._is_below(endpoint.page, paths))
        ]

    def _is_below(self, page: Page, paths: Collection[str]) -> bool:
        tops = tuple(self._paths.get(page.translation_key, ()))
        return any(path.startswith(tops) for path in paths)


def write(
    event: str, data: Mapping[str, object], *, paths: Collection[str] = (), audience: Audience | None = None
) -> int:
    """Write the deliveries of an event in the running transaction; they are sent after the commit. Return how many.

    ``data`` becomes a part of the body: JSON without personal data. ``paths`` are the tree paths of the pages that it is
    about: an endpoint for a part of the site gets it if one of them is there, in any language.
    """
    endpoints = (audience or Audience()).of(event, paths)
    rows = [Delivery(endpoint=endpoint, event=event, data=dict(data)) for endpoint in endpoints]
    Delivery.objects.bulk_create(rows)
    for row in rows:
        _enqueue_after_commit(row)
    return len(rows)


def write_test(endpoint: Endpoint) -> Delivery:
    """Write a delivery by which staff see whether the receiver gets webhooks."""
    delivery = Delivery.objects.create(endpoint=endpoint, event=TEST, data={"webhook": endpoint.name})
    _enqueue_after_commit(delivery)
    return delivery


def replay(delivery: Delivery) -> bool:
    """Send a delivery again, with the same ``webhook-id``. Return False for one that waits or is being sent already."""
    ended = Delivery.objects.filter(pk=delivery.pk, state__in=[DeliveryState.DELIVERED, DeliveryState.FAILED])
    if not ended.update(state=DeliveryState.QUEUED, due_at=timezone.now(), attempts=0, failure=""):
        return False
    _enqueue_after_commit(delivery)
    return True


def resume() -> None:
    """Send what has waited for an endpoint that was switched on again."""
    transaction.on_commit(enqueue_due, robust=True)


def _enqueue_after_commit(delivery: Delivery) -> None:
    # robust: a full queue must not turn what happened into an error; the scheduled work finds the row.
    transaction.on_commit(partial(enqueue, delivery.pk), robust=True)
