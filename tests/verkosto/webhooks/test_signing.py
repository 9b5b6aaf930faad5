"""Signatures of Standard Webhooks, checked with its public library."""

import json
from datetime import timedelta
from typing import Any

import pytest
import standardwebhooks
import time_machine
from django.utils import timezone

from verkosto.webhooks import delivery, outbox, signing

pytestmark = pytest.mark.django_db


def verified(secret: str, request: tuple[str, dict[str, str], bytes]) -> Any:
    _path, headers, body = request
    return standardwebhooks.Webhook(secret).verify(
        body.decode(), {name.lower(): text for name, text in headers.items()}
    )


def test_public_library_verifies_what_is_delivered(receiver, make_endpoint):
    endpoint = make_endpoint(url=receiver.url)
    outbox.write_test(endpoint)
    assert delivery.deliver_due() == 1
    (request,) = receiver.requests
    assert verified(endpoint.secret, request) == json.loads(request[2])
    with pytest.raises(standardwebhooks.WebhookVerificationError):
        verified(signing.secret_of(signing.new_seed()), request)


def test_both_secrets_are_valid_for_a_day_after_a_rotation(receiver, make_endpoint):
    endpoint = make_endpoint(url=receiver.url)
    old = endpoint.secret
    endpoint.rotate_secret()
    assert endpoint.secret != old
    outbox.write_test(endpoint)
    delivery.deliver_due()
    assert verified(old, receiver.requests[0]) == verified(endpoint.secret, receiver.requests[0])
    with time_machine.travel(timezone.now() + timedelta(days=1, minutes=1)):
        outbox.write_test(endpoint)
        delivery.deliver_due()
        verified(endpoint.secret, receiver.requests[1])
        with pytest.raises(standardwebhooks.WebhookVerificationError):
            verified(old, receiver.requests[1])


def test_secret_holds_while_the_key_of_the_site_is_changed(settings):
    seed = signing.new_seed()
    secret, given = signing.secret_of(seed), {"identifier": "msg_1", "timestamp": 1, "body": b"{}"}
    (before,) = signing.sign([seed], **given).split()
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "another key of the site"
    assert before in signing.sign([seed], **given).split()
    assert signing.secret_of(seed) != secret
    assert secret.startswith("whsec_")
