"""Delivery to receivers that work, fail, hang, redirect or are gone; workers that are killed."""

import json
import socket
from datetime import timedelta

import pytest
import time_machine
from django.contrib.auth import get_user_model
from django.core import mail
from django.utils import timezone

from verkosto.registrations.mail import delivery as mail_delivery
from verkosto.webhooks import delivery, outbox
from verkosto.webhooks.enums import DeliveryState
from verkosto.webhooks.models import Delivery

pytestmark = pytest.mark.django_db


def stored(row: Delivery) -> Delivery:
    return Delivery.objects.select_related("endpoint").get(pk=row.pk)


def test_receiver_gets_type_time_and_data(receiver, make_endpoint):
    receiver.text = b"thank you"
    row = outbox.write_test(make_endpoint(url=receiver.url))
    assert delivery.deliver(row.pk)
    path, headers, body = receiver.requests[0]
    assert path == "/hook?from=verkosto"
    assert headers["webhook-id"] == row.identifier
    assert headers["Content-Type"] == "application/json; charset=utf-8"
    occurred = row.created_at.isoformat(timespec="seconds")
    assert json.loads(body) == {"type": "webhook.test", "timestamp": occurred, "data": {"webhook": "CRM"}}
    row = stored(row)
    assert (row.state, row.attempts, row.response_code, row.response_start) == ("delivered", 1, 204, "")
    assert not delivery.deliver(row.pk)
    assert len(receiver.requests) == 1


def test_failing_receiver_is_left_alone_with_all_that_waits_for_it(receiver, make_endpoint):
    endpoint = make_endpoint(url=receiver.url)
    rows = [outbox.write_test(endpoint) for _n in range(3)]
    receiver.answers, receiver.text = [500, 503], b"\xff\x00 out of order" + b"." * 600
    assert delivery.deliver_due() == 0
    assert len(receiver.requests) == 1
    first = stored(rows[0])
    assert (first.state, first.response_code, first.failure) == ("queued", 500, "The answer was 500.")
    assert first.response_start.startswith("\ufffd out of order.")
    assert len(first.response_start) == 499
    assert delivery.pause_after(1) == timedelta(seconds=10)
    with time_machine.travel(timezone.now() + timedelta(seconds=11)):
        assert delivery.deliver_due() == 0
        assert len(receiver.requests) == 2
    with time_machine.travel(timezone.now() + timedelta(minutes=2)):
        assert delivery.deliver_due() == 3
    endpoint.refresh_from_db()
    assert (endpoint.failures, endpoint.failing_since, endpoint.paused_until) == (0, None, None)
    identifiers = [headers["webhook-id"] for _path, headers, _body in receiver.requests]
    assert set(identifiers) == {row.identifier for row in rows}
    assert not mail.outbox


def test_pauses_grow_to_six_hours():
    pauses = [delivery.pause_after(number).total_seconds() for number in (1, 2, 3, 8, 500)]
    assert pauses == [10, 30, 90, 21600, 21600]


def test_receiver_that_hangs_holds_no_worker(receiver, make_endpoint, settings):
    settings.VERKOSTO_WEBHOOKS_TIMEOUT = 0.1
    row = outbox.write_test(make_endpoint(url=receiver.url))
    receiver.answers = [receiver.HANGS]
    assert not delivery.deliver(row.pk)
    row = stored(row)
    assert (row.state, row.response_code, row.failure) == ("queued", None, "No answer within 0.1 seconds.")


def test_redirect_is_a_failure_and_not_followed(receiver, make_endpoint):
    row = outbox.write_test(make_endpoint(url=receiver.url))
    receiver.answers, receiver.location = [307], receiver.url.replace("/hook", "/private")
    assert not delivery.deliver(row.pk)
    assert [path for path, _headers, _body in receiver.requests] == ["/hook?from=verkosto"]
    assert stored(row).failure == "The answer was 307."


def test_receiver_that_is_gone_is_switched_off_at_once_and_its_owner_notified(receiver, make_endpoint):
    owner = get_user_model().objects.create_user("aino", "aino@example.fi", "x", first_name="Aino")
    endpoint = make_endpoint(url=receiver.url, owner=owner)
    rows = [outbox.write_test(endpoint) for _n in range(2)]
    receiver.answers = [410]
    delivery.deliver_due()
    mail_delivery.deliver_due()
    assert [stored(row).state for row in rows] == ["failed", "queued"]
    endpoint.refresh_from_db()
    assert not endpoint.is_active
    (letter,) = mail.outbox
    assert letter.to == ["aino@example.fi"]
    assert "CRM" in letter.subject
    assert "The answer was 410." in letter.body
    assert f"/admin/webhooks/{endpoint.pk}/" in letter.body
    endpoint.is_active = True
    endpoint.forget_failures()
    endpoint.save()
    assert delivery.deliver_due() == 1


def test_receiver_that_has_failed_for_days_is_switched_off(receiver, make_endpoint):
    get_user_model().objects.create_superuser("root", "root@example.fi", "x")
    endpoint = make_endpoint(url=receiver.url)
    row = outbox.write_test(endpoint)
    receiver.answers = [500] * 40
    for days in (0, 1, 4.9):
        with time_machine.travel(timezone.now() + timedelta(days=days)):
            delivery.deliver_due()
    endpoint.refresh_from_db()
    assert (endpoint.is_active, endpoint.failures) == (True, 3)
    with time_machine.travel(timezone.now() + timedelta(days=5.3)):
        delivery.deliver_due()
        endpoint.refresh_from_db()
        assert (endpoint.is_active, stored(row).state) == (False, DeliveryState.FAILED)
        mail_delivery.deliver_due()
    assert [letter.to for letter in mail.outbox] == [["root@example.fi"]]


def test_killed_worker_repeats_and_never_loses(receiver, make_endpoint):
    row = outbox.write_test(make_endpoint(url=receiver.url))
    Delivery.objects.update(state=DeliveryState.SENDING, claimed_at=timezone.now(), attempts=1)
    assert delivery.deliver_due() == 0
    with time_machine.travel(timezone.now() + timedelta(minutes=11)):
        assert delivery.deliver_due() == 1
    assert [headers["webhook-id"] for _path, headers, _body in receiver.requests] == [row.identifier]
    assert stored(row).attempts == 2


def test_private_address_gets_nothing(receiver, make_endpoint, settings):
    settings.VERKOSTO_WEBHOOKS_PRIVATE_NETWORKS = False
    row = outbox.write_test(make_endpoint(url=receiver.url))
    assert not delivery.deliver(row.pk)
    assert receiver.requests == []
    assert stored(row).failure == "The host has an address that is not public."


def test_name_is_resolved_once_and_the_checked_address_is_connected_to(receiver, make_endpoint, monkeypatch):
    asked = []
    resolve = socket.getaddrinfo

    def lookup(host, *args, **kwargs):
        asked.append(host)
        return resolve("127.0.0.1" if host == "crm.example.fi" else host, *args, **kwargs)

    monkeypatch.setattr(socket, "getaddrinfo", lookup)
    url = receiver.url.replace("127.0.0.1", "crm.example.fi")
    assert delivery.deliver(outbox.write_test(make_endpoint(url=url)).pk)
    assert asked.count("crm.example.fi") == 1
    assert receiver.requests[0][1]["Host"].startswith("crm.example.fi:")


def test_ended_delivery_is_sent_again_with_the_same_identifier(receiver, make_endpoint):
    row = outbox.write_test(make_endpoint(url=receiver.url))
    assert not outbox.replay(row)
    delivery.deliver_due()
    assert outbox.replay(row)
    delivery.deliver_due()
    assert len({headers["webhook-id"] for _path, headers, _body in receiver.requests}) == 1
    assert len(receiver.requests) == 2


def test_log_is_deleted_after_its_retention(make_endpoint):
    endpoint = make_endpoint()
    for days in (1, 29, 31):
        Delivery.objects.create(endpoint=endpoint, event="x", created_at=timezone.now() - timedelta(days=days))
    assert delivery.delete_old() == 1
    assert Delivery.objects.count() == 2
