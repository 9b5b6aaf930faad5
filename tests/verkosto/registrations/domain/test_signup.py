import pytest
from django.core import mail

from tests.factories.registrations import desk_of, event_with_desk, publish, question, register
from verkosto.registrations.domain import lifecycle, waiting_list
from verkosto.registrations.domain.capacity_audit import check
from verkosto.registrations.exceptions import (
    AlreadyRegistered,
    ChoiceFull,
    DeskFull,
    OrganisationFull,
    RegistrationClosed,
)
from verkosto.registrations.models import Message, Registration

pytestmark = pytest.mark.django_db


def consistent(desk):
    count = check(desk)
    assert count.wrong == []
    return count.taken, count.waiting


def test_sign_up_takes_a_place_and_writes_the_mail(desk, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        registration = register(desk, "aino@example.fi")
    assert (registration.status, registration.holds_place) == ("confirmed", True)
    assert consistent(desk) == (1, 0)
    message = Message.objects.get()
    assert (message.kind, message.state, message.recipient) == ("confirmed", "sent", "aino@example.fi")
    assert mail.outbox[0].subject == message.subject
    assert "/registrations/open/" in mail.outbox[0].body
    assert "/registrations/open/" not in message.text


def test_sign_up_refuses_a_second_registration_of_an_address(desk):
    first = register(desk, "a@example.fi")
    with pytest.raises(AlreadyRegistered) as refused:
        register(desk, "A@Example.fi")
    assert refused.value.registration == first
    assert consistent(desk) == (1, 0)


def test_sign_up_refuses_at_a_closed_desk(event):
    event.registration_enabled = False
    desk = desk_of(publish(event))
    with pytest.raises(RegistrationClosed):
        register(desk, "d@example.fi")


def test_sign_up_refuses_when_the_waiting_list_is_full(event):
    event.waiting_list_length = 1
    desk = desk_of(publish(event))
    for name in "abc":
        register(desk, f"{name}@example.fi")
    with pytest.raises(DeskFull):
        register(desk, "d@example.fi")
    assert consistent(desk) == (2, 1)


def test_choice_with_places_is_full_for_the_next(db):
    workshop = question("choice", "Työpaja", choices=[("A", 1), ("B", None)])
    desk = desk_of(event_with_desk(questions=[workshop], capacity=5))
    a = workshop["value"]["choices"][0]["id"]
    first = register(desk, "a@example.fi", answers={workshop["id"]: a})
    assert first.claims == [f"choice:{workshop['id']}:{a}"]
    with pytest.raises(ChoiceFull):
        register(desk, "b@example.fi", answers={workshop["id"]: a})
    assert consistent(desk) == (1, 0)
    lifecycle.cancel(registration=first)
    assert register(desk, "b@example.fi", answers={workshop["id"]: a}).status == "confirmed"


def test_limit_per_organisation(db):
    organisation = question("organisation", "Organisaatio")
    desk = desk_of(event_with_desk(questions=[organisation], limit_per_organisation=1))
    answer = {organisation["id"]: {"key": "", "name": "Kunta X"}}
    register(desk, "a@example.fi", answers=answer)
    with pytest.raises(OrganisationFull):
        register(desk, "b@example.fi", answers={organisation["id"]: {"key": "", "name": "kunta  x"}})
    assert consistent(desk) == (1, 0)


def test_unconfirmed_address_holds_its_place_until_it_lapses(event):
    event.confirm_email, event.capacity = True, 1
    desk = desk_of(publish(event))
    first, second = register(desk, "a@example.fi"), register(desk, "b@example.fi")
    assert (first.status, first.holds_place, second.holds_place) == ("awaiting_confirmation", True, False)
    assert consistent(desk) == (1, 1)
    assert lifecycle.confirm_address(registration=second).status == "waiting"
    Registration.objects.filter(pk=first.pk).update(expires_at="2020-01-01T00:00Z")
    waiting_list.expire_held_places(desk=desk)
    second.refresh_from_db()
    assert second.status == "confirmed"
    assert consistent(desk) == (1, 0)
