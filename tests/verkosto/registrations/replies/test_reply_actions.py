"""What an answer from a calendar does, once, and what it can never do."""

from datetime import timedelta

import pytest
from django.core import mail
from django.utils import timezone

from tests.factories.registrations import desk_of, event_with_desk, register
from tests.factories.seasons import season
from tests.verkosto.registrations.replies.samples import SHAPES
from verkosto.registrations.domain import lifecycle
from verkosto.registrations.mail import delivery
from verkosto.registrations.mail.reply_addresses import reply_address
from verkosto.registrations.models import Desk, Message, Registration
from verkosto.registrations.replies.reply_actions import Outcome, take_mail

pytestmark = pytest.mark.django_db


def status_of(registration: Registration) -> str:
    return Registration.objects.get(pk=registration.pk).status


def kinds() -> list[str]:
    return list(Message.objects.order_by("pk").values_list("kind", flat=True))


@pytest.mark.parametrize("shape", SHAPES)
def test_declining_frees_the_place_and_promotes_the_next_once(desk, answer_of, shape):
    first, second, third = [register(desk, f"{name}@example.fi") for name in ("aino", "eero", "kaisu")]
    raw = answer_of(first, shape)
    assert take_mail(raw) == Outcome.TAKEN
    assert [status_of(one) for one in (first, second, third)] == ["cancelled", "confirmed", "waiting"]
    assert take_mail(raw) == Outcome.UNCHANGED
    assert [status_of(one) for one in (first, second, third)] == ["cancelled", "confirmed", "waiting"]
    assert kinds() == ["confirmed", "waiting", "waiting", "cancelled", "promoted"]
    assert first.changes.latest("pk").actor == "registrant"


def test_mail_that_is_delivered_again_does_not_cancel_who_has_registered_again(desk, answer_of):
    registration = register(desk, "aino@example.fi")
    raw = answer_of(registration)
    take_mail(raw)
    lifecycle.rejoin(registration=registration)
    assert take_mail(raw) == Outcome.UNCHANGED
    assert status_of(registration) == "confirmed"


def test_calendar_entry_asks_for_an_answer_at_an_address_of_its_own(desk):
    registration = register(desk, "aino@example.fi")
    delivery.deliver_due()
    (letter,) = mail.outbox
    calendar = letter.alternatives[-1][0].replace("\r\n ", "")
    assert f"mailto:{reply_address(registration)}" in calendar
    assert "RSVP=TRUE" in calendar
    other = register(desk, "eero@example.fi")
    assert reply_address(other) != reply_address(registration)


@pytest.mark.parametrize("given", [{"sender": "mallory@example.org"}, {"attendee": "mallory@example.org"}])
def test_forged_answer_changes_nothing_and_is_logged_without_address(desk, answer_of, caplog, given):
    caplog.set_level("INFO")
    registration = register(desk, "aino@example.fi")
    assert take_mail(answer_of(registration, **given)) == Outcome.IGNORED
    assert status_of(registration) == "confirmed"
    assert "example" not in caplog.text
    assert "of no registration" in caplog.text


def test_sender_who_knows_everything_but_the_address_of_the_entry_changes_nothing(desk, answer_of):
    registration, other = register(desk, "aino@example.fi"), register(desk, "eero@example.fi")
    for organizer in ("kalenteri@example.fi", reply_address(other), f"kalenteri+{'0' * 24}@example.fi"):
        assert take_mail(answer_of(registration, organizer=organizer)) == Outcome.IGNORED
    assert status_of(registration) == "confirmed"


def test_answer_to_an_older_entry_or_another_event_is_ignored(desk, answer_of):
    registration = register(desk, "aino@example.fi")
    assert take_mail(answer_of(registration, uid="other@example.fi", number=1)) == Outcome.IGNORED
    entry = desk.version("fi")["entries"][0]
    current = desk.calendar_sequence if entry["sequence"] is None else entry["sequence"]
    assert take_mail(answer_of(registration, sequence=current - 1, number=2)) == Outcome.IGNORED
    assert status_of(registration) == "confirmed"


@pytest.mark.parametrize("answer", ["ACCEPTED", "TENTATIVE", "DELEGATED", ""])
def test_nothing_but_declining_ends_a_registration(desk, answer_of, answer):
    registration = register(desk, "aino@example.fi")
    assert take_mail(answer_of(registration, answer=answer)) == Outcome.UNCHANGED
    assert status_of(registration) == "confirmed"


def test_accepting_takes_the_offered_place_and_registers_nobody_again(answer_of):
    desk = desk_of(event_with_desk(capacity=1, promotion="offer"))
    first, second = register(desk, "aino@example.fi"), register(desk, "eero@example.fi")
    lifecycle.cancel(registration=first)
    assert take_mail(answer_of(second, answer="ACCEPTED", number=1)) == Outcome.TAKEN
    assert status_of(second) == "confirmed"
    assert take_mail(answer_of(first, answer="ACCEPTED", number=2)) == Outcome.UNCHANGED
    assert status_of(first) == "cancelled"


def test_declining_one_meeting_of_a_series_declines_that_meeting_alone(answer_of):
    desk = desk_of(season(2))
    registration = register(desk, "aino@example.fi")
    meeting = desk.meetings()[0]
    uid, sequence = meeting.uid, desk.calendar_sequence if meeting.sequence is None else meeting.sequence

    def plans():
        return {row.meeting == uid: row.planned for row in registration.participations.all()}

    assert take_mail(answer_of(registration, uid=uid, sequence=sequence, number=1)) == Outcome.TAKEN
    assert plans() == {True: "not_coming", False: "coming"}
    assert status_of(registration) == "confirmed"
    # The calendar was sent a newer version with the confirmation: what answers the one before is too old.
    old = answer_of(registration, uid=uid, sequence=sequence, answer="ACCEPTED", number=2)
    assert take_mail(old) == Outcome.IGNORED
    again = answer_of(registration, uid=uid, sequence=sequence + 1, answer="ACCEPTED", number=3)
    assert take_mail(again) == Outcome.TAKEN
    assert plans() == {True: "coming", False: "coming"}


def test_who_declines_too_late_is_told(desk, answer_of):
    registration = register(desk, "aino@example.fi")
    Desk.objects.update(changes_close_at=timezone.now() - timedelta(hours=1))
    assert take_mail(answer_of(registration)) == Outcome.REFUSED
    assert status_of(registration) == "confirmed"
    assert kinds() == ["confirmed", "calendar_answer_refused"]
