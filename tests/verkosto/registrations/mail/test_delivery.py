"""Delivery when the mail server works, fails for a while or refuses."""

import smtplib
from datetime import timedelta

import pytest
from django.utils import timezone

from tests.factories.registrations import register
from verkosto.registrations.mail import delivery, outbox
from verkosto.registrations.models import Message

pytestmark = pytest.mark.django_db


def only() -> Message:
    return Message.objects.get()


@pytest.mark.parametrize(
    "error",
    [
        smtplib.SMTPRecipientsRefused({"a@example.fi": (451, b"try later")}),
        smtplib.SMTPServerDisconnected("gone"),
        TimeoutError("too slow"),
        ConnectionRefusedError("down"),
    ],
)
def test_passing_trouble_is_tried_again_later(desk, server, error):
    register(desk, "a@example.fi")
    server.errors = [error]
    delivery.deliver_due()
    assert (only().state, only().attempts) == ("queued", 1)
    assert only().due_at > timezone.now()
    assert delivery.deliver_due() == 0
    Message.objects.update(due_at=timezone.now())
    assert delivery.deliver_due() == 1
    assert (only().state, len(server.sent)) == ("sent", 1)


def test_refusal_for_good_is_kept_with_its_reason_and_can_be_sent_again(desk, server):
    register(desk, "a@example.fi")
    server.errors = [smtplib.SMTPRecipientsRefused({"a@example.fi": (550, b"no such user")})]
    delivery.deliver_due()
    assert (only().state, only().failure) == ("failed", "550 no such user")
    outbox.resend(only())
    assert delivery.deliver_due() == 1
    assert only().state == "sent"


def test_message_of_a_killed_worker_is_sent_by_the_next(desk, server):
    register(desk, "a@example.fi")
    Message.objects.update(state="sending", claimed_at=timezone.now())
    assert delivery.deliver_due() == 0
    Message.objects.update(claimed_at=timezone.now() - timedelta(minutes=11))
    assert delivery.deliver_due() == 1
    assert delivery.deliver_due() == 0
