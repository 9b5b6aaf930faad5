"""Requests that are done once, however often they arrive (draft-ietf-httpapi-idempotency-key-header)."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.crypto import salted_hmac
from ninja.errors import HttpError

from verkosto.api.models import ApiToken, StoredResponse
from verkosto.core.transactions import in_transaction

Response = tuple[int, dict[str, object]]  # status and content


@in_transaction
def once(*, token: ApiToken, key: str, request: object, act: Callable[[], Response]) -> Response:
    """Return the stored response to a request that has been done; else do it, and store its response with what it wrote.

    ``request`` is what was asked, as JSON. A request that is refused stores nothing and may be sent again. Of two that
    arrive together, the second waits for the first. Raise HttpError 422 for another request with the same key.
    """
    fingerprint = salted_hmac("verkosto.api", json.dumps(request, sort_keys=True), algorithm="sha256").hexdigest()
    try:
        with transaction.atomic():
            row = StoredResponse.objects.create(token=token, key=key, fingerprint=fingerprint)
    except IntegrityError:
        row = StoredResponse.objects.get(token=token, key=key)
        if row.fingerprint != fingerprint:
            raise HttpError(422, "This Idempotency-Key belongs to another request.") from None
        return row.status, row.content
    row.status, row.content = act()
    row.save(update_fields=["status", "content"])
    return row.status, row.content


def delete_old_responses(now: datetime) -> int:
    """Delete the responses that are older than a day. Return how many."""
    old = StoredResponse.objects.filter(created_at__lt=now - StoredResponse.KEPT)
    return old.delete()[0]
