"""Work that is due by the clock."""

from datetime import timedelta

import pytest
from django.core import mail
from django.core.management import CommandError, call_command
from django.db import OperationalError
from django.utils import timezone

from tests.factories.registrations import desk_of, event_with_desk, publish, register
from verkosto.core import repeating_command
from verkosto.core.scheduled_work.runner import run_scheduled_work
from verkosto.registrations import scheduled_work
from verkosto.registrations.domain import lifecycle
from verkosto.registrations.mail import delivery
from verkosto.registrations.management.commands import send_messages
from verkosto.registrations.models import Message, PurgeRun, Registration

pytestmark = pytest.mark.django_db


def kinds() -> list[str]:
    return list(Message.objects.order_by("pk").values_list("kind", flat=True))


def test_one_command_does_all_that_is_due(capsys):
    soon = timezone.now() + timedelta(hours=20)
    event = event_with_desk(
        capacity=1, promotion="offer", reminder_hours=24, starts_at=soon, attendance="online",
        joining_url="https://meet.example.fi/abc", joining_visible_from=timezone.now() - timedelta(hours=1),
    )  # fmt: skip
    desk = desk_of(event)
    first, _second, third = [register(desk, f"{name}@example.fi") for name in "abc"]
    lifecycle.cancel(registration=first)
    Registration.objects.filter(email="b@example.fi").update(expires_at=timezone.now() - timedelta(minutes=1))
    call_command("run_scheduled_work")
    assert {"offered", "offer_lapsed"} <= set(kinds())
    third.refresh_from_db()
    assert third.has_offer
    register(desk_of(event_with_desk(index=event.get_parent(), title="Toinen", reminder_hours=1)), "d@example.fi")
    Registration.objects.filter(pk=third.pk).update(status="confirmed", expires_at=None)
    desk.reminded_at = None
    desk.save()
    call_command("run_scheduled_work")
    assert kinds().count("reminder") == kinds().count("joining") == 1
    # What is no longer true when it is delivered is dropped, such as the lapsed offer.
    dropped = Message.objects.filter(state="dropped").values_list("kind", flat=True)
    assert set(Message.objects.values_list("state", flat=True)) == {"sent", "dropped"}
    assert {"reminder", "joining"}.isdisjoint(dropped)
    before = kinds()
    call_command("run_scheduled_work")
    assert kinds() == before
    assert "expire_held_places: 1" in capsys.readouterr().out


def test_steps_are_chosen_by_name_and_unknown_ones_refused():
    assert list(run_scheduled_work(["purge", "send_reminders"])) == ["send_reminders", "purge"]
    with pytest.raises(CommandError, match="Unknown steps: porge"):
        call_command("run_scheduled_work", "purge", "porge")
    call_command("run_scheduled_work", "purge")
    assert PurgeRun.objects.count() == 1


def test_what_is_due_is_erased_once_a_day(time_machine):
    desk = desk_of(event_with_desk(retention_days=10, sensitive_retention_days=10))
    register(desk, "a@example.fi")
    time_machine.move_to(desk.ends_at + timedelta(days=9))
    assert (scheduled_work.purge_daily(), PurgeRun.objects.count()) == (0, 1)
    time_machine.shift(timedelta(hours=23))
    assert (scheduled_work.purge_daily(), PurgeRun.objects.count()) == (0, 1)
    time_machine.shift(timedelta(hours=2))
    assert (run_scheduled_work()["purge"], PurgeRun.objects.count()) == (1, 2)
    assert Registration.objects.get().email == ""


def test_timer_outlives_the_database(monkeypatch, capsys):
    rounds = iter([OperationalError("terminating connection"), 1])

    def deliver_due():
        done = next(rounds)
        if isinstance(done, Exception):
            raise done
        return done

    class Enough(Exception):
        pass

    sleeps = iter([None, Enough()])

    def sleep(seconds):
        if stop := next(sleeps):
            raise stop

    monkeypatch.setattr(send_messages, "deliver_due", deliver_due)
    monkeypatch.setattr(repeating_command.time, "sleep", sleep)
    monkeypatch.setattr(repeating_command.connections, "close_all", lambda: None)
    monkeypatch.setattr(repeating_command, "close_old_connections", lambda: None)
    with pytest.raises(Enough):
        call_command("send_messages", every=1)
    assert "sent: 1" in capsys.readouterr().out


def test_nobody_is_moved_up_into_an_event_that_is_over_nor_offered_a_place_beyond_its_start(time_machine):
    starts_at = timezone.now() + timedelta(hours=5)
    event = event_with_desk(capacity=1, promotion="offer", offer_hours=48, starts_at=starts_at, ends_at=None)
    desk = desk_of(event)
    first, second, _third = (register(desk, f"{name}@example.fi") for name in "abc")
    lifecycle.cancel(registration=first)
    second.refresh_from_db()
    assert (second.has_offer, second.expires_at) == (True, desk.starts_at)
    time_machine.move_to(desk.ends_at + timedelta(days=1))
    scheduled_work.expire_held_places()
    assert not Registration.objects.filter(holds_place=True).exists()


def test_joining_instructions_go_once_to_who_has_a_place_also_later(event, server):
    event.attendance, event.joining_url, event.capacity = "online", "https://meet.example.fi/abc", 1
    event.joining_visible_from = timezone.now() - timedelta(hours=1)
    desk = desk_of(publish(event))
    first, _second = register(desk, "a@example.fi"), register(desk, "b@example.fi")
    assert [scheduled_work.send_joining_instructions(), scheduled_work.send_joining_instructions()] == [1, 0]
    lifecycle.cancel(registration=first)
    assert scheduled_work.send_joining_instructions() == 1
    delivery.deliver_due()
    told = {
        letter.to[0]: "meet.example.fi" in letter.body for letter in server.sent if "meet.example.fi" in letter.body
    }
    assert told == {"b@example.fi": True}
    assert not mail.outbox
