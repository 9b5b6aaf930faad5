"""Many visitors at once (law 2), through the site as they meet it."""

import contextlib
import threading
import uuid
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime

import pytest
from django.db import connections
from django.test import Client

from tests.factories.registrations import desk_of, event_with_desk, in_three_languages, publish, register
from tests.factories.seasons import meeting_of, season
from tests.verkosto.registrations.domain.meeting_laws import assert_meetings_hold
from verkosto.registrations.domain import lifecycle, waiting_list
from verkosto.registrations.domain.capacity_audit import check, set_capacities
from verkosto.registrations.domain.guest_participations import change_guest_participation
from verkosto.registrations.domain.guests import GuestData, cancel_guest
from verkosto.registrations.domain.handover import Colleague, accept_request, hand_over
from verkosto.registrations.domain.participations import change_participation
from verkosto.registrations.enums import ErasureCause
from verkosto.registrations.exceptions import Refusal
from verkosto.registrations.facts import CalendarEntry
from verkosto.registrations.forms.signup import SignUpForm
from verkosto.registrations.models import Desk, Guest, MeetingParticipation, Message, Registration
from verkosto.registrations.privacy.erasure import erase


def post(url: str, desk, email: str, start: threading.Barrier):
    """Send the form as a browser does. Returns (status code, where it leads)."""
    stamp = SignUpForm(desk=desk, questions=[]).stamp
    start.wait()
    try:
        answer = Client().post(url, {"name": "Vieras", "email": email, "rendered": stamp})
        return answer.status_code, answer.headers.get("Location", "")
    finally:
        connections.close_all()


def run_at_once(jobs):
    start = threading.Barrier(len(jobs))
    with ThreadPoolExecutor(len(jobs)) as threads:
        return [done.result() for done in [threads.submit(post, *job, start) for job in jobs]]


@pytest.mark.django_db(transaction=True)
def test_sixty_visitors_in_three_languages_get_ten_places():
    event = event_with_desk(capacity=10)
    in_three_languages(event)
    desk = desk_of(event)
    languages = ["fi", "sv", "en"]
    jobs = [
        (f"/{languages[n % 3]}/registrations/{desk.translation_key}/", desk, f"visitor{n}@example.fi")
        for n in range(60)
    ]
    answers = run_at_once(jobs)
    assert Counter(code for code, _location in answers) == {302: 60}
    assert Counter(desk.registrations.values_list("status", flat=True)) == {"confirmed": 10, "waiting": 50}
    assert Counter(desk.registrations.values_list("language", flat=True)) == {"fi": 20, "sv": 20, "en": 20}
    count = check(desk)
    assert (count.taken, count.waiting, count.wrong) == (10, 50, [])
    assert Message.objects.filter(desk=desk).count() == 60


@pytest.mark.django_db(transaction=True)
def test_same_form_sent_twice_at_once_makes_one_registration():
    desk = desk_of(event_with_desk(capacity=10))
    url = f"/fi/registrations/{desk.translation_key}/"
    stamp = SignUpForm(desk=desk, questions=[]).stamp
    start = threading.Barrier(4)

    def send():
        start.wait()
        try:
            return Client().post(url, {"name": "A", "email": "a@example.fi", "rendered": stamp})
        finally:
            connections.close_all()

    with ThreadPoolExecutor(4) as threads:
        answers = [done.result() for done in [threads.submit(send) for _n in range(4)]]
    assert {answer.status_code for answer in answers} == {302}
    assert Registration.objects.count() == 1
    assert list(Message.objects.values_list("kind", flat=True)) == ["confirmed"]


@pytest.mark.django_db(transaction=True)
def test_meeting_that_all_add_at_once_has_no_more_people_than_places():
    series = season(1)
    meeting = meeting_of(series, 1)
    people = [register(desk_of(series), f"{number}@example.fi") for number in range(6)]
    for registration in people:
        change_participation(registration=registration, meeting=meeting.calendar_uid, comes=False)
    meeting.capacity = 2
    publish(meeting)
    start = threading.Barrier(len(people))

    def add(registration):
        start.wait()
        try:
            return change_participation(registration=registration, meeting=meeting.calendar_uid, comes=True)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(people)) as threads:
        assert list(threads.map(add, people)) == [True] * len(people)
    planned = Counter(MeetingParticipation.objects.values_list("planned", flat=True))
    assert planned == {"coming": 2, "waiting": 4}


#: What each person of the rush does after registering, in turn; "m…" are members.
PATHS = (
    ("guest_declines",),
    ("cancel", "rejoin"),
    ("hand_over",),
    ("guest_declines", "guest_comes"),
    ("decline", "add"),
    ("guest_cancelled",),
)


@pytest.mark.django_db(transaction=True)
def test_laws_hold_in_a_rush_for_a_season_with_guests_hand_overs_and_kept_places(monkeypatch):
    """Laws 1 to 4 at once: in three languages, with answers about guests, and one person erased meanwhile."""
    checks = [lambda desk, email: email.startswith("m")]
    monkeypatch.setattr("verkosto.registrations.domain.eligibility.member_checks", lambda: checks)
    desk = rush_desk()
    start = threading.Barrier(THREADS)

    def live(thread):
        start.wait()
        try:
            return [visit(desk, thread, number) for number in range(3)]
        finally:
            connections.close_all()

    with ThreadPoolExecutor(THREADS) as threads:
        acknowledged = {pk for keys in threads.map(live, range(THREADS)) for pk in keys}
    waiting_list.open_kept_places(desk=Desk.objects.get(pk=desk.pk))  # not yet: nothing happens
    count = check(desk)
    # 1 and 2: one desk for all languages, never a place too many, none lost.
    assert set(desk.registrations.values_list("pk", flat=True)) >= acknowledged
    assert count.wrong == []
    others = desk.registrations.holding_places().filter(is_member=False).places()
    left = {True: 8 - count.taken, False: min(8 - count.taken, 5 - others)}
    assert min(left.values()) >= 0
    assert not [row for row in desk.registrations.on_waiting_list() if row.places <= left[row.is_member]]
    assert set(desk.registrations.values_list("language", flat=True)) == {"fi", "sv", "en"}
    assert_meetings_hold(desk)
    # 3: every answer is that of the person it was given about.
    for guest in Guest.objects.exclude(name="").select_related("registration"):
        assert guest.answers == {"food": f"key-of-{guest.name}"}
    # 4: whoever was erased is nowhere.
    erased = desk.registrations.filter(purged_at__isnull=False)
    assert erased.count() == THREADS
    assert not erased.exclude(name="", email="", answers={}).exists()
    assert not Message.objects.filter(registration__in=erased).exists()


THREADS = 6


def rush_desk():
    """A season of eight places, three of them kept for members, with a meeting for all and one for five."""
    key, until = uuid.uuid4(), datetime(2126, 9, 1, 6, tzinfo=UTC)
    entries = [
        CalendarEntry(uid=f"{number}-{key}@verkosto", title="Tapaaminen", starts_at=until, capacity=capacity).as_json()
        for number, capacity in ((1, None), (2, 5))
    ]
    desk = Desk.objects.create(
        translation_key=key,
        original_language="fi",
        versions={language: {"title": "Kausi", "entries": entries} for language in LANGUAGES},
        capacity=8,
        kept_places=3,
        eligibility="members",
        members_until=until,
        places_per_registration=2,
    )
    set_capacities(desk)
    return desk


LANGUAGES = ("fi", "sv", "en")


def visit(desk, thread, number):
    """Register one person with a guest, and do what they do next. Returns the key of the registration."""
    guest = GuestData(name=f"G{thread}{number}", answers={"food": f"key-of-G{thread}{number}"})
    kind = "m" if number == 1 else "p"
    registration = register(
        desk, f"{kind}{thread}{number}@example.fi", language=LANGUAGES[thread % 3], places=2, guests=[guest]
    )
    lifecycle.confirm_address(registration=registration)
    if number == 2:
        erase(registration=registration, cause=ErasureCause.OWN_REQUEST)
        return registration.pk
    for action in PATHS[thread]:
        with contextlib.suppress(Refusal):
            take_step(desk, registration, action)
    return registration.pk


def take_step(desk, registration, action):
    meeting = desk.meetings()[-1].uid
    guest = registration.guests.values_list("reference", flat=True).first()
    match action:
        case "cancel":
            lifecycle.cancel(registration=registration)
        case "rejoin":
            lifecycle.rejoin(registration=registration)
        case "decline" | "add":
            change_participation(registration=registration, meeting=meeting, comes=action == "add")
        case "guest_declines" | "guest_comes":
            comes = action == "guest_comes"
            change_guest_participation(registration=registration, reference=guest, meeting=meeting, comes=comes)
        case "guest_cancelled":
            cancel_guest(registration=registration, reference=guest)
        case "hand_over":
            to = Colleague(name="Kollega", email=f"colleague-{registration.pk}@example.fi", language="sv")
            hand_over(registration=registration, to=to)
            accept_request(registration=registration, user=None)
