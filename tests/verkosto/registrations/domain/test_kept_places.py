"""A number of places kept for members until a time, then open to the waiting list (law 2)."""

import contextlib
import uuid
from datetime import UTC, datetime, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import override
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from event_pages.models import EventPage
from tests.factories.registrations import register
from verkosto.core.formats import format_opening
from verkosto.core.scheduled_work.runner import run_scheduled_work
from verkosto.core.transactions import in_transaction
from verkosto.registrations.domain import guests, handover, lifecycle, waiting_list
from verkosto.registrations.domain.answers import ChangedAnswers, change_answers
from verkosto.registrations.domain.capacity_audit import check, set_capacities
from verkosto.registrations.domain.handover import Colleague
from verkosto.registrations.domain.waiting_reasons import waiting_for
from verkosto.registrations.enums import Handover
from verkosto.registrations.exceptions import KeptForMembers, Refusal
from verkosto.registrations.models import Desk, Message, Registration
from verkosto.registrations.models.page import RegistrablePageMixin
from verkosto.registrations.public.available_places import places_at
from verkosto.registrations.public.context import FormContext

pytestmark = pytest.mark.django_db
UNTIL = datetime(2126, 9, 1, 6, tzinfo=UTC)


@pytest.fixture(autouse=True)
def members(monkeypatch):
    """Who has an address that begins with “m” is a member."""
    checks = [lambda desk, email: email.startswith("m")]
    monkeypatch.setattr("verkosto.registrations.domain.eligibility.member_checks", lambda: checks)


def make_desk(capacity=4, kept=2, **facts):
    desk = Desk.objects.create(
        translation_key=uuid.uuid4(),
        original_language="fi",
        versions={"fi": {"title": "Koe", "url": "/"}},
        **{"capacity": capacity, "kept_places": kept, "eligibility": "members", "members_until": UNTIL, **facts},
    )
    set_capacities_now(desk)
    return desk


@in_transaction
def set_capacities_now(desk):
    set_capacities(desk)
    waiting_list.promote(desk)


def people(desk, *names, **given):
    """Register people who confirm their address at once."""
    return [confirmed(register(desk, f"{name}@example.fi", **given)) for name in names]


def confirmed(registration):
    return lifecycle.confirm_address(registration=registration)


def statuses(desk):
    assert check(desk).wrong == []
    return {row.email.split("@")[0]: row.status for row in desk.registrations.order_by("pk")}


def open_now(desk):
    Desk.objects.filter(pk=desk.pk).update(members_until=timezone.now())
    return run_scheduled_work(["open_kept_places"])["open_kept_places"]


def test_others_wait_while_the_places_left_are_kept_and_members_get_them():
    desk = make_desk()
    people(desk, "a", "b", "c", "m1", "m2", "m3")
    places, waiting = "confirmed", "waiting"
    assert statuses(desk) == {"a": places, "b": places, "c": waiting, "m1": places, "m2": places, "m3": waiting}
    third = desk.registrations.get(email="c@example.fi")
    assert len(waiting_for(third)) == 2  # any place, and one that is not kept


def test_a_member_beyond_the_kept_number_takes_one_of_the_other_places():
    desk = make_desk()
    people(desk, "m1", "m2", "m3", "a", "b")
    assert statuses(desk) == {
        "m1": "confirmed",
        "m2": "confirmed",
        "m3": "confirmed",
        "a": "confirmed",
        "b": "waiting",
    }


def test_the_places_open_once_in_the_order_of_the_waiting_list_and_to_the_first_that_fit():
    desk = make_desk(places_per_registration=3)
    people(desk, "a", "b", "c")
    people(desk, "group", places=3, guests=["X", "Y"])
    people(desk, "d", "e")
    assert run_scheduled_work(["open_kept_places"])["open_kept_places"] == 0
    assert open_now(desk) == 2
    assert statuses(desk) == {
        "a": "confirmed",
        "b": "confirmed",
        "c": "confirmed",
        "group": "waiting",
        "d": "confirmed",
        "e": "waiting",
    }
    assert run_scheduled_work(["open_kept_places"])["open_kept_places"] == 0
    assert list(Message.objects.filter(kind="promoted").order_by("pk").values_list("recipient", flat=True)) == [
        "c@example.fi",
        "d@example.fi",
    ]


def test_fewer_kept_places_let_the_waiting_in_and_more_take_nobodys_place():
    desk = make_desk()
    people(desk, "a", "b", "c")
    desk.kept_places = 1
    desk.save()
    set_capacities_now(desk)
    assert statuses(desk) == {"a": "confirmed", "b": "confirmed", "c": "confirmed"}
    desk.kept_places = 4
    desk.save()
    set_capacities_now(desk)
    people(desk, "d")
    assert statuses(desk) == {"a": "confirmed", "b": "confirmed", "c": "confirmed", "d": "waiting"}


def test_a_place_that_another_than_a_member_leaves_goes_to_the_first_whom_it_may_go_to():
    desk = make_desk(capacity=2, kept=1)
    first, _member = people(desk, "a", "m1")
    people(desk, "b", "m2")
    lifecycle.cancel(registration=first)
    assert statuses(desk) == {"a": "cancelled", "m1": "confirmed", "b": "confirmed", "m2": "waiting"}


def test_a_place_that_a_member_leaves_is_kept_for_members():
    desk = make_desk(capacity=2, kept=1)
    _first, member = people(desk, "a", "m1")
    people(desk, "b", "m2")
    lifecycle.cancel(registration=member)
    assert statuses(desk) == {"a": "confirmed", "m1": "cancelled", "b": "waiting", "m2": "confirmed"}


def test_a_kept_number_that_comes_later_counts_who_is_a_member():
    desk = make_desk(kept=None, eligibility="anyone", members_until=None)
    assert [register(desk, f"{name}@example.fi").status for name in ("m1", "a", "b")] == ["confirmed"] * 3
    Desk.objects.filter(pk=desk.pk).update(kept_places=2, eligibility="members", members_until=UNTIL)
    desk = Desk.objects.get(pk=desk.pk)
    set_capacities_now(desk)
    people(desk, "c", "m2")
    assert statuses(desk) == {
        "m1": "confirmed",
        "a": "confirmed",
        "b": "confirmed",
        "c": "waiting",
        "m2": "confirmed",
    }


def test_a_place_given_to_a_colleague_stays_what_it_was():
    """Members are not fewer by it: with the organiser's consent a kept place may go to another."""
    desk = make_desk(capacity=2, kept=1)
    assert desk.handover_now == Handover.WITH_CONSENT
    _first, member = people(desk, "a", "m1")
    people(desk, "b")
    handover.hand_over(registration=member, to=Colleague(name="X", email="x@example.fi", language="fi"))
    handover.accept_request(registration=member, user=None)
    assert statuses(desk) == {"a": "confirmed", "m1": "cancelled", "b": "waiting", "x": "confirmed"}


def test_everybody_confirms_the_address_so_that_nobody_learns_who_is_a_member():
    desk = make_desk(capacity=2, kept=1)
    assert {register(desk, f"{name}@example.fi").status for name in ("a", "b", "m1")} == {"awaiting_confirmation"}
    assert check(desk).wrong == []


def test_without_a_waiting_list_the_kept_places_are_refused_to_others():
    desk = make_desk(capacity=2, kept=1, waiting_list=False)
    people(desk, "a")
    with pytest.raises(KeptForMembers):
        register(desk, "b@example.fi")
    assert people(desk, "m1")[0].status == "confirmed"


def test_the_page_says_how_many_places_are_kept_and_when_the_others_are_taken():
    desk = make_desk()

    def shown():
        context = FormContext(desk=desk, questions=[], pools=list(desk.pools.shown_to_visitors()))
        return (
            context.state,
            context.eligibility_note,
            places_at([desk.translation_key])[desk.translation_key].text("UTC"),
        )

    with override("fi"):
        kept = f"4 paikasta 2 on varattu jäsenille {format_opening(UNTIL)} asti."
        state, note, listed = shown()
        assert (state, note, listed) == ("open", kept, "4 paikkaa jäljellä")
        people(desk, "a", "b")
        state, note, listed = shown()
        assert (state, note.startswith(kept), note != kept, listed) == (
            "open",
            True,
            True,
            "Ilmoittautuminen auki jäsenille",
        )
        people(desk, "m1", "m2")
        assert shown()[0] == "waiting"


@pytest.mark.parametrize(
    "wrong", [{"members_until": None}, {"capacity": None}, {"kept_places": 5}, {"eligibility": "anyone"}]
)
def test_a_page_cannot_keep_places_without_a_time_a_number_and_members(wrong):
    page = EventPage(
        **{"capacity": 4, "kept_places": 2, "eligibility": "members", "members_until": UNTIL, "title": "Koe", **wrong}
    )
    with pytest.raises(ValidationError) as refused:
        RegistrablePageMixin.clean(page)
    assert set(refused.value.message_dict) <= {"kept_places", "members_until"}


def holds(desk):
    """Others never have more than the rest, nobody more than all, and nobody waits for what they may have."""
    count = check(desk)
    assert count.wrong == []
    assert count.taken <= CAPACITY
    rows = desk.registrations.holding_places()
    others = rows.filter(is_member=False).places()
    left = CAPACITY - count.taken
    left_for_others = left if not desk.keeps_some_places else min(left, CAPACITY - KEPT - others)
    assert not desk.keeps_some_places or others <= CAPACITY - KEPT
    waiting = desk.registrations.on_waiting_list()
    assert not [row.email for row in waiting if row.places <= (left if row.is_member else left_for_others)]


CAPACITY, KEPT = 5, 3
STEP = st.tuples(
    st.sampled_from(
        ["register", "register", "register", "cancel", "rejoin", "places", "give", "guest", "lapse", "open"]
    ),
    st.integers(0, 7),
    st.integers(1, 3),
    st.booleans(),
)


def step(desk, action, person, places, is_member):
    if action == "register":
        registration = register(desk, f"{'m' if is_member else 'p'}{person}@example.fi", places=places)
        if person % 3:
            confirmed(registration)
        return
    if action == "open" and person == 7:
        Desk.objects.filter(pk=desk.pk).update(members_until=timezone.now() - timedelta(1))
        run_scheduled_work(["open_kept_places"])
        return
    if action == "lapse":
        desk.registrations.filter(expires_at__isnull=False).update(expires_at=timezone.now() - timedelta(1))
        waiting_list.expire_held_places(desk=desk)
        return
    registrations = list(Registration.objects.filter(desk=desk).order_by("pk"))
    if not registrations:
        return
    registration = registrations[person % len(registrations)]
    match action:
        case "cancel":
            lifecycle.cancel(registration=registration)
        case "rejoin":
            lifecycle.rejoin(registration=registration)
        case "places":
            change_answers(registration=registration, data=ChangedAnswers(name="X", answers={}, places=places))
        case "give":
            to = Colleague(name="X", email=f"{'m' if is_member else 'p'}{person}@example.fi", language="fi")
            handover.hand_over(registration=registration, to=to)
            handover.accept_request(registration=registration, user=None)
        case "guest":
            if guest := registration.guests.first():
                guests.cancel_guest(registration=registration, reference=guest.reference)


@settings(
    max_examples=12, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(steps=st.lists(STEP, min_size=6, max_size=14))
def test_laws_hold_after_every_step(db, steps):
    desk = make_desk(CAPACITY, KEPT, places_per_registration=3)
    for each in steps:
        with contextlib.suppress(Refusal):
            step(desk, *each)
        desk = Desk.objects.get(pk=desk.pk)
        holds(desk)
