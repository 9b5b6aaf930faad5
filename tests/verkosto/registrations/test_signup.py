import pytest
from django.core import mail

from tests.factories.registrations import desk_of, event_with_desk, publish, question, register
from verkosto.registrations.domain import lifecycle, waiting_list
from verkosto.registrations.domain.answers import ChangedAnswers, change_answers
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


def test_sign_up_lines_up_when_full_and_moves_up_when_a_place_comes_free(desk):
    first = register(desk, "a@example.fi")
    register(desk, "b@example.fi")
    third = register(desk, "c@example.fi")
    assert third.status == "waiting"
    assert consistent(desk) == (2, 1)
    lifecycle.cancel(registration=first)
    third.refresh_from_db()
    assert third.status == "confirmed"
    assert consistent(desk) == (2, 0)
    assert list(third.messages.order_by("pk").values_list("kind", flat=True)) == ["waiting", "promoted"]


def test_sign_up_refuses_a_second_registration_of_an_address(desk):
    first = register(desk, "a@example.fi")
    with pytest.raises(AlreadyRegistered) as refused:
        register(desk, "A@Example.fi")
    assert refused.value.registration == first
    assert consistent(desk) == (1, 0)


def test_sign_up_again_after_cancelling(desk):
    lifecycle.cancel(registration=register(desk, "a@example.fi"))
    assert register(desk, "a@example.fi").status == "confirmed"


def test_sign_up_refuses_when_the_waiting_list_is_full(event):
    event.waiting_list_length = 1
    desk = desk_of(publish(event))
    for name in "abc":
        register(desk, f"{name}@example.fi")
    with pytest.raises(DeskFull):
        register(desk, "d@example.fi")
    assert consistent(desk) == (2, 1)


def test_sign_up_refuses_at_a_closed_desk(event):
    event.registration_enabled = False
    desk = desk_of(publish(event))
    with pytest.raises(RegistrationClosed):
        register(desk, "d@example.fi")


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


def test_capacity_given_to_a_choice_later_counts_who_chose_it_before(db):
    workshop = question("choice", "Työpaja", choices=["A", "B"])
    page = event_with_desk(questions=[workshop])
    desk, a = desk_of(page), workshop["value"]["choices"][0]["id"]
    register(desk, "a@example.fi", answers={workshop["id"]: a})
    workshop["value"]["choices"][0]["value"]["capacity"] = 1
    page.questions = [workshop]
    publish(page)
    assert consistent(desk) == (1, 0)
    assert desk.pools.get(kind="choice").taken == 1
    with pytest.raises(ChoiceFull):
        register(desk_of(page), "b@example.fi", answers={workshop["id"]: a})


def test_limit_per_organisation(db):
    organisation = question("organisation", "Organisaatio")
    desk = desk_of(event_with_desk(questions=[organisation], limit_per_organisation=1))
    answer = {organisation["id"]: {"key": "", "name": "Kunta X"}}
    register(desk, "a@example.fi", answers=answer)
    with pytest.raises(OrganisationFull):
        register(desk, "b@example.fi", answers={organisation["id"]: {"key": "", "name": "kunta  x"}})
    assert consistent(desk) == (1, 0)


def test_first_in_line_that_fits_moves_up(event):
    event.capacity, event.places_per_registration = 3, 3
    desk = desk_of(publish(event))
    two, one = register(desk, "two@example.fi", places=2), register(desk, "one@example.fi")
    three, single = register(desk, "three@example.fi", places=3), register(desk, "single@example.fi")
    lifecycle.cancel(registration=one)
    statuses = dict(desk.registrations.values_list("email", "status"))
    assert statuses["three@example.fi"] == "waiting"
    assert statuses["single@example.fi"] == "confirmed"
    assert consistent(desk) == (3, 1)
    assert {two.places, three.places, single.places} == {2, 3, 1}


def test_raised_capacity_moves_people_up(event, desk):
    for name in "abcd":
        register(desk, f"{name}@example.fi")
    assert consistent(desk) == (2, 2)
    event.capacity = 3
    publish(event)
    assert consistent(desk) == (3, 1)


def test_offer_is_held_accepted_or_lapses(event):
    event.promotion, event.capacity = "offer", 1
    desk = desk_of(publish(event))
    first = register(desk, "a@example.fi")
    second, third = register(desk, "b@example.fi"), register(desk, "c@example.fi")
    lifecycle.cancel(registration=first)
    second.refresh_from_db()
    assert (second.status, second.has_offer) == ("waiting", True)
    assert consistent(desk) == (1, 1)
    Registration.objects.filter(pk=second.pk).update(expires_at="2020-01-01T00:00Z")
    assert waiting_list.expire_held_places(desk=desk) == 1
    third.refresh_from_db()
    assert third.has_offer
    assert waiting_list.accept_offer(registration=third).status == "confirmed"
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


def test_approval_gives_the_place(event, django_user_model):
    event.needs_approval, event.capacity = True, 1
    desk = desk_of(publish(event))
    first, second = register(desk, "a@example.fi"), register(desk, "b@example.fi")
    assert {first.status, second.status} == {"awaiting_approval"}
    assert consistent(desk) == (0, 0)
    assert lifecycle.approve(registration=first).status == "confirmed"
    assert lifecycle.approve(registration=second).status == "waiting"
    assert lifecycle.decline(registration=first, reason="Ei kuulu kohderyhmään.").status == "declined"
    second.refresh_from_db()
    assert second.status == "confirmed"
    assert consistent(desk) == (1, 0)


def test_change_answers_moves_between_choices(db):
    workshop = question("choice", "Työpaja", choices=[("A", 1), ("B", 1)])
    desk = desk_of(event_with_desk(questions=[workshop]))
    a, b = (choice["id"] for choice in workshop["value"]["choices"])
    first = register(desk, "a@example.fi", answers={workshop["id"]: a})
    register(desk, "b@example.fi", answers={workshop["id"]: b})
    with pytest.raises(ChoiceFull):
        change_answers(registration=first, data=ChangedAnswers(name="A", answers={workshop["id"]: b}))
    assert consistent(desk) == (2, 0)
    first.refresh_from_db()
    assert first.answers == {workshop["id"]: a}


def test_move_takes_the_answers_along(event, desk):
    extra = question("text", "Lisätieto")
    other = desk_of(event_with_desk(index=event.get_parent(), questions=[extra], title="Toinen"))
    registration = register(other, "a@example.fi", answers={extra["id"]: "Moi"})
    moved = lifecycle.move(registration=registration, to=desk)
    assert (moved.desk_id, moved.status) == (desk.pk, "confirmed")
    assert desk.questions.get(key=extra["id"]).is_retired
    assert consistent(desk) == (1, 0)
    assert consistent(other) == (0, 0)
