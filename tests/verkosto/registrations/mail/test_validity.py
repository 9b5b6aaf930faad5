"""Mails that were true when they were written, and are delivered later."""

from datetime import timedelta

import pytest
from django.utils import timezone

from tests.factories.registrations import desk_of, event_with_desk, publish, register
from verkosto.registrations import scheduled_work
from verkosto.registrations.domain import lifecycle
from verkosto.registrations.mail import delivery, outbox
from verkosto.registrations.mail.kinds import mail_kinds
from verkosto.registrations.mail.mail_kind import always
from verkosto.registrations.models import Message

pytestmark = pytest.mark.django_db


def outcome() -> dict[str, str]:
    return dict(Message.objects.values_list("kind", "state"))


def test_reminder_delivered_after_the_event_is_dropped(server, time_machine):
    """Finding: a reminder whose mail server was down said "Coming up" four hours after the end."""
    soon = timezone.now() + timedelta(hours=3)
    event = event_with_desk(reminder_hours=24, starts_at=soon, ends_at=soon + timedelta(hours=1))
    register(desk_of(event), "a@example.fi")
    delivery.deliver_due()
    scheduled_work.send_reminders()
    time_machine.move_to(soon + timedelta(hours=5))
    delivery.deliver_due()
    assert outcome() == {"confirmed": "sent", "reminder": "dropped"}
    assert len(server.sent) == 1


def test_reminder_of_somebody_who_cancelled_meanwhile_is_dropped(server):
    """Finding: a reminder was queued, the registrant cancelled, and the mail said "You are registered"."""
    soon = timezone.now() + timedelta(hours=3)
    event = event_with_desk(reminder_hours=24, starts_at=soon, ends_at=soon + timedelta(hours=1))
    registration = register(desk_of(event), "a@example.fi")
    scheduled_work.send_reminders()
    lifecycle.cancel(registration=registration)
    delivery.deliver_due()
    assert outcome() == {"confirmed": "dropped", "reminder": "dropped", "cancelled": "sent"}


def test_changes_that_a_cancellation_overtook_are_dropped(event, server):
    register(desk_of(event), "a@example.fi")
    delivery.deliver_due()
    event.status = "postponed"
    event = publish(event)
    event.status = "cancelled"
    publish(event)
    delivery.deliver_due()
    assert outcome() == {"confirmed": "sent", "event_postponed": "dropped", "event_cancelled": "sent"}


def test_unanswered_invitation_is_still_true_and_a_withdrawn_one_is_not(desk, server):
    stays, goes = (desk.invitations.create(email=f"{name}@example.fi", name=name, language="fi") for name in "ab")
    outbox.write_to_invited("invitation", [stays, goes])
    goes.withdrawn_at = timezone.now()
    goes.save()
    delivery.deliver_due()
    assert [letter.to for letter in server.sent] == [["a@example.fi"]]


def test_every_kind_states_when_it_is_still_true():
    without = {name for name, kind in mail_kinds().items() if kind.still_applies is always}
    assert without == {"links"}  # what the links are is found when the mail is made
