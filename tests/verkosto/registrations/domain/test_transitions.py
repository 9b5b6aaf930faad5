"""The table of transitions, and what applies it."""

from itertools import product

import pytest

from tests.factories.registrations import register
from verkosto.registrations.domain import lifecycle
from verkosto.registrations.domain.transitions import TRANSITIONS, apply, check_possible
from verkosto.registrations.enums import (
    ACTIVE_STATUSES,
    ENDED_STATUSES,
    Action,
    HistoryEvent,
    RegistrationStatus,
)
from verkosto.registrations.exceptions import NotPossible
from verkosto.registrations.mail.kinds import mail_kinds
from verkosto.registrations.models import Message, Registration
from verkosto.registrations.signals import place_freed, registration_cancelled, registration_confirmed

pytestmark = pytest.mark.django_db


def test_every_action_has_one_transition_and_every_mail_exists() -> None:
    assert set(TRANSITIONS) == set(Action)
    mails = {mail for transition in TRANSITIONS.values() for mail in transition.targets.values() if mail}
    assert mails <= set(mail_kinds())


def test_every_status_is_active_or_ended() -> None:
    assert {*ACTIVE_STATUSES, *ENDED_STATUSES} == set(RegistrationStatus)


@pytest.mark.parametrize(("action", "status"), list(product(Action, RegistrationStatus)))
def test_action_is_possible_from_the_statuses_of_the_table_alone(action, status) -> None:
    registration = Registration(status=status)
    if status in TRANSITIONS[action].sources:
        check_possible(registration, action)
    else:
        with pytest.raises(NotPossible):
            check_possible(registration, action)


def test_status_to_which_an_action_does_not_lead_is_an_error(desk) -> None:
    registration = register(desk, "a@example.fi")
    with pytest.raises(KeyError):
        apply(registration, Action.DECLINE, RegistrationStatus.CONFIRMED)


def test_step_is_saved_recorded_and_written_in_one(desk) -> None:
    registration = register(desk, "a@example.fi")
    lifecycle.cancel(registration=registration, reason="Sairaus")
    registration.refresh_from_db()
    change = registration.changes.last()
    assert registration.status == RegistrationStatus.CANCELLED
    assert (change.event, change.from_status, change.to_status, change.actor, change.reason) == (
        HistoryEvent.CANCELLED,
        "confirmed",
        "cancelled",
        "registrant",
        "Sairaus",
    )
    assert list(Message.objects.order_by("pk").values_list("kind", flat=True)) == ["confirmed", "cancelled"]


def test_signals_are_sent_after_the_commit(desk, django_capture_on_commit_callbacks) -> None:
    heard = []

    def confirmed(registration, **kwargs):
        heard.append(("confirmed", registration.pk))

    def cancelled(registration, **kwargs):
        heard.append(("cancelled", registration.pk))

    def freed(desk, **kwargs):
        heard.append(("freed", desk.pk))

    registration_confirmed.connect(confirmed)
    registration_cancelled.connect(cancelled)
    place_freed.connect(freed)
    try:
        with django_capture_on_commit_callbacks(execute=True):
            registration = register(desk, "a@example.fi")
            assert heard == []
        assert heard == [("confirmed", registration.pk)]
        with django_capture_on_commit_callbacks(execute=True):
            lifecycle.cancel(registration=registration)
        assert heard[1:] == [("freed", desk.pk), ("cancelled", registration.pk)]
    finally:
        registration_confirmed.disconnect(confirmed)
        registration_cancelled.disconnect(cancelled)
        place_freed.disconnect(freed)
