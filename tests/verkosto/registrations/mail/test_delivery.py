"""Delivery when the mail server works, fails for a while or refuses."""

import smtplib
from datetime import timedelta

import pytest
from django.db import OperationalError
from django.utils import timezone

from tests.factories.registrations import register
from verkosto.registrations.mail import delivery, outbox, sent_marks
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


def test_passing_trouble_is_retried_for_five_days(desk, server, time_machine):
    """Finding: after about 16 hours every mail of a weekend's outage had failed for good."""
    register(desk, "a@example.fi")
    began = timezone.now()
    while only().state == "queued":
        time_machine.move_to(max(only().due_at, timezone.now()), tick=False)
        server.errors = [ConnectionRefusedError("down")]
        delivery.deliver_due()
    assert timedelta(days=4, hours=20) < timezone.now() - began < timedelta(days=6)


@pytest.mark.parametrize(
    "error",
    [
        smtplib.SMTPSenderRefused(550, b"not ours", "v@example.fi"),
        smtplib.SMTPAuthenticationError(535, b"wrong password"),
        ValueError("Invalid address"),
        KeyError("kind"),
    ],
)
def test_our_own_mistake_is_no_permanent_refusal_of_the_address(desk, server, error, caplog):
    """Finding: with a mistake in DEFAULT_FROM_EMAIL every mail failed for good."""
    register(desk, "a@example.fi")
    server.errors = [error]
    delivery.deliver_due()
    assert (only().state, only().attempts, bool(only().failure)) == ("queued", 1, True)


def test_all_failed_can_be_sent_again_with_another_message_id(desk, server):
    """Finding: "send again" was one by one. A client that has a mail hides another with the same Message-ID."""
    for name in "abc":
        register(desk, f"{name}@example.fi")
    server.errors = [smtplib.SMTPDataError(554, b"rejected")] * 3
    delivery.deliver_due()
    before = set(Message.objects.failed().values_list("message_id", flat=True))
    assert len(before) == 3
    assert outbox.resend_all(Message.objects.failed()) == 3
    assert delivery.deliver_due() == 3
    assert set(Message.objects.values_list("state", "attempts", "failure")) == {("sent", 1, "")}
    assert before.isdisjoint(Message.objects.values_list("message_id", flat=True))


def test_mail_whose_record_was_lost_is_recorded_and_not_sent_twice(desk, server, monkeypatch):
    """Finding: a mail that was sent when the database went away was sent again after ten minutes."""
    register(desk, "a@example.fi")

    def lose_database(message: Message) -> None:
        raise OperationalError("server closed the connection unexpectedly")

    with monkeypatch.context() as patched:
        patched.setattr(sent_marks, "save_as_sent", lose_database)
        with pytest.raises(OperationalError):
            delivery.deliver(only().pk)
    assert (only().state, len(server.sent)) == ("sending", 1)
    Message.objects.update(claimed_at=timezone.now() - timedelta(minutes=11))
    delivery.deliver_due()
    assert (only().state, len(server.sent)) == ("sent", 1)
    outbox.resend(only())  # somebody wants it again: that is another mail
    delivery.deliver_due()
    assert (only().state, len(server.sent)) == ("sent", 2)


def test_cache_that_is_down_stops_no_mail(desk, server, monkeypatch):
    def refuse() -> None:
        raise ConnectionError("no cache")

    monkeypatch.setattr(sent_marks, "shared_cache", refuse)
    register(desk, "a@example.fi")
    assert delivery.deliver_due() == 1
    assert only().state == "sent"


def test_message_of_a_killed_worker_is_sent_by_the_next(desk, server):
    register(desk, "a@example.fi")
    Message.objects.update(state="sending", claimed_at=timezone.now())
    assert delivery.deliver_due() == 0
    Message.objects.update(claimed_at=timezone.now() - timedelta(minutes=11))
    assert delivery.deliver_due() == 1
    assert delivery.deliver_due() == 0
