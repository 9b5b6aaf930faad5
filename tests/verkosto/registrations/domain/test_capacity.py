"""Random lives of a desk, lived by several threads at once: the pools tell the truth, and nobody is forgotten (law 2)."""

import uuid
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime

import pytest
from django.db import connections
from django.db.models import Count, F
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.factories.registrations import register
from tests.verkosto.registrations.domain.meeting_laws import assert_meetings_hold
from verkosto.core.transactions import in_transaction
from verkosto.registrations.domain import guests, handover, lifecycle, waiting_list
from verkosto.registrations.domain.answers import ChangedAnswers, change_answers
from verkosto.registrations.domain.capacity import lock, pool_names
from verkosto.registrations.domain.capacity_audit import check, set_capacities
from verkosto.registrations.domain.guest_participations import change_guest_participation
from verkosto.registrations.domain.handover import Colleague
from verkosto.registrations.domain.participations import change_participation
from verkosto.registrations.enums import ErasureCause
from verkosto.registrations.exceptions import Refusal
from verkosto.registrations.facts import CalendarEntry
from verkosto.registrations.models import Desk, Question, Registration
from verkosto.registrations.privacy import erasure, retention

THREADS = 4
PEOPLE = 14
CHOICE = "workshop"

steps = st.one_of(
    st.tuples(st.just("register"), st.integers(0, PEOPLE), st.integers(1, 3), st.sampled_from(["a", "b", ""])),
    st.tuples(
        st.sampled_from(
            [
                *(
                    "register",
                    "knock",
                    "cancel",
                    "cancel",
                    "confirm",
                    "approve",
                    "decline",
                    "rejoin",
                    "move",
                    "accept",
                ),
                *("give", "give", "consent", "guest"),
                *("stay_away", "come", "guest_stays_away", "guest_comes"),
            ]
        ),
        st.integers(0, PEOPLE),
        st.just(1),
        st.just("a"),
    ),
    st.tuples(st.just("change"), st.integers(0, PEOPLE), st.integers(1, 3), st.sampled_from(["a", "b"])),
    st.tuples(
        st.sampled_from(["capacity", "lapse", "erase", "purge", "page", "open"]),
        st.integers(0, 8),
        st.just(1),
        st.just(""),
    ),
)
lives = st.lists(st.lists(steps, min_size=3, max_size=10), min_size=THREADS, max_size=THREADS)
kinds = st.fixed_dictionaries(
    {
        "capacity": st.integers(1, 5),
        "needs_approval": st.booleans(),
        "confirm_email": st.booleans(),
        "promotion": st.sampled_from(["automatic", "offer"]),
        "limit_per_organisation": st.sampled_from([None, 2]),
        "handover": st.sampled_from(["freely", "with_consent"]),
        "waiting_list_length": st.sampled_from([None, 3]),
        "kept_places": st.sampled_from([None, 1, 2]),
    }
)


@pytest.fixture(autouse=True)
def members(monkeypatch):
    """Every third person is a member."""
    checks = [lambda desk, email: email[1:].split("@")[0] in ("0", "3", "6", "9", "12")]
    monkeypatch.setattr("verkosto.registrations.domain.eligibility.member_checks", lambda: checks)


def make_desk(**facts) -> Desk:
    """A desk with a limited option and two meetings, of which the second has two places."""
    key, starts = uuid.uuid4(), datetime(2126, 9, 1, 6, tzinfo=UTC)
    entries = [
        CalendarEntry(
            uid=f"{number}-{key}@verkosto", title="Tapaaminen", starts_at=starts, capacity=capacity
        ).as_json()
        for number, capacity in ((1, None), (2, 2))
    ]
    if facts["kept_places"] is not None:
        facts = {**facts, "eligibility": "members", "members_until": starts}
    desk = Desk.objects.create(
        translation_key=key,
        original_language="fi",
        versions={"fi": {"title": "Koe", "entries": entries}},
        places_per_registration=3,
        ends_at=timezone.now() + timezone.timedelta(days=9),
        **facts,
    )
    Question.objects.create(
        desk=desk,
        key=CHOICE,
        type="choice",
        choice_rows=[{"key": "a", "labels": {}, "capacity": 2}, {"key": "b", "labels": {}, "capacity": None}],
    )
    Question.objects.create(desk=desk, key="organisation", type="organisation")
    set_capacities_now(desk=desk, capacity=desk.capacity)
    return desk


@in_transaction
def set_capacities_now(*, desk: Desk, capacity: int) -> None:
    if desk.pools.exists():
        lock(desk)
    Desk.objects.filter(pk=desk.pk).update(capacity=capacity)
    desk = Desk.objects.get(pk=desk.pk)
    set_capacities(desk)
    waiting_list.promote(desk)


@in_transaction
def set_page_now(*, desk: Desk, has_page: bool) -> None:
    """Unpublish or publish the page: without it nobody moves up."""
    lock(desk)
    Desk.objects.filter(pk=desk.pk).update(has_page=has_page)
    waiting_list.promote(Desk.objects.get(pk=desk.pk))


def live(desks: list[Desk], life: list[tuple]) -> list[int]:
    """Take the steps one after another; refusals are part of life. Returns the keys of those who were told yes."""
    told = []
    desk, other = desks
    try:
        for name, number, places, choice in life:
            email = f"p{number}@example.fi"
            of_address = desk.registrations.of_address(email)
            registration = of_address.active().first() or of_address.first()
            try:
                if name == "register":
                    answers = {CHOICE: choice, "organisation": {"key": "", "name": f"Org {number % 3}"}}
                    told.append(
                        register(desk, email, places=places, answers={k: v for k, v in answers.items() if v}).pk
                    )
                elif name == "knock":
                    told.append(register(desk, email, has_proof=False).pk)
                elif name == "capacity":
                    set_capacities_now(desk=desk, capacity=number)
                elif name == "lapse":
                    Registration.objects.filter(desk=desk, expires_at__isnull=False, pk__gt=0).update(
                        expires_at=timezone.now() - timezone.timedelta(1)
                    )
                    waiting_list.expire_held_places(desk=desk)
                elif name == "page":
                    set_page_now(desk=desk, has_page=number % 2 == 0)
                elif name == "open":
                    Desk.objects.filter(pk=desk.pk).update(members_until=timezone.now() - timezone.timedelta(1))
                    waiting_list.open_kept_places(desk=Desk.objects.get(pk=desk.pk))
                elif name == "purge":
                    retention.purge()
                elif name == "give" and registration:
                    # To the next person, who may be registered already.
                    to = Colleague(name="X", email=f"p{number + 1}@example.fi", language="fi")
                    if successor := handover.hand_over(registration=registration, to=to):
                        told.append(successor.pk)
                elif registration:
                    take_step(name, registration, other, places, choice)
            except Refusal:
                pass
    finally:
        connections.close_all()
    return told


def take_step(name: str, registration: Registration, other: Desk, places: int, choice: str) -> None:
    match name:
        case "cancel":
            lifecycle.cancel(registration=registration)
        case "confirm":
            lifecycle.confirm_address(registration=registration)
        case "approve":
            lifecycle.approve(registration=registration)
        case "decline":
            lifecycle.decline(registration=registration)
        case "rejoin":
            lifecycle.rejoin(registration=registration)
        case "accept":
            waiting_list.accept_offer(registration=registration)
        case "move":
            lifecycle.move(registration=registration, to=other)
        case "guest":
            if guest := registration.guests.first():
                guests.cancel_guest(registration=registration, reference=guest.reference)
        case "stay_away" | "come":
            meeting = registration.desk.meetings()[-1].uid
            change_participation(registration=registration, meeting=meeting, comes=name == "come")
        case "guest_stays_away" | "guest_comes":
            if guest := registration.guests.first():
                change_guest_participation(
                    registration=registration,
                    reference=guest.reference,
                    meeting=registration.desk.meetings()[-1].uid,
                    comes=name == "guest_comes",
                )
        case "consent":
            handover.accept_request(registration=registration, user=None)
        case "erase":
            erasure.erase(registration=registration, cause=ErasureCause.OWN_REQUEST)
        case "change":
            data = ChangedAnswers(name="X", answers={CHOICE: choice}, places=places)
            change_answers(registration=registration, data=data)


def fits(registration: Registration, desk: Desk, left: dict[str, int | None]) -> bool:
    registration.desk = desk
    names = ["desk:", *pool_names(registration, desk.questions.in_use())]
    return all(left.get(name) is None or left[name] >= registration.places for name in names)


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True)
@settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
@given(facts=kinds, many=lives)
def test_random_lives_leave_every_desk_true(facts, many):
    desks = [make_desk(**facts), make_desk(**{**facts, "capacity": 2})]
    most = max([facts["capacity"], *(step[1] for life in many for step in life if step[0] == "capacity")])
    with ThreadPoolExecutor(THREADS) as threads:
        told = [pk for done in [threads.submit(live, desks, life) for life in many] for pk in done.result()]
    assert set(Registration.objects.filter(pk__in=told).values_list("pk", flat=True)) == set(told)
    for desk, limit in zip(desks, (most, 2), strict=True):
        desk = Desk.objects.get(pk=desk.pk)
        count = check(desk)
        assert count.wrong == []
        assert count.taken <= limit
        left = {f"{pool.kind}:{pool.key}": pool.left for pool in desk.pools.all()}
        assert_meetings_hold(desk, promotes=desk.has_page)
        if desk.has_page:
            assert [r.email for r in desk.registrations.on_waiting_list() if fits(r, desk, left)] == []
        places = desk.registrations.filter(status="confirmed", holds_place=False)
        assert not places.exists()
        people = desk.registrations.filter(purged_at__isnull=True).annotate(named=Count("guests"))
        assert not people.exclude(places=F("named") + 1).exists()
