"""Meetings with fewer places than their series, and their waiting lists: laws 1 to 4, meeting by meeting."""

import contextlib
import uuid
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.factories.registrations import desk_of, publish, register
from tests.factories.seasons import FIRST, add_meeting, meeting_of, season
from tests.recordings import recorded
from tests.verkosto.registrations.domain.meeting_laws import assert_meetings_hold
from verkosto.registrations.domain import lifecycle
from verkosto.registrations.domain.answers import ChangedAnswers, change_answers
from verkosto.registrations.domain.capacity_audit import check, set_capacities
from verkosto.registrations.domain.guest_participations import change_guest_participation
from verkosto.registrations.domain.guests import GuestData, cancel_guest, replace_guest
from verkosto.registrations.domain.handover import Colleague, hand_over
from verkosto.registrations.domain.participations import change_participation, record_meeting_attendance
from verkosto.registrations.exceptions import Refusal
from verkosto.registrations.facts import CalendarEntry
from verkosto.registrations.models import Desk, MeetingParticipation, Message, Registration

pytestmark = pytest.mark.django_db


@pytest.fixture
@recorded
def series():
    """A series of two meetings for ten people, of whom two come to the second."""
    page = season(2, capacity=10, places_per_registration=3)
    limit(page, 2, 2)
    return page


def limit(series, number, capacity):
    meeting = meeting_of(series, number)
    meeting.capacity = capacity
    publish(meeting)


def people(series, *names, **given):
    return [register(desk_of(series), f"{name}@example.fi", **given) for name in names]


def at(series, number):
    """How each person takes part in a meeting, by the first part of the address."""
    rows = MeetingParticipation.objects.filter(meeting=meeting_of(series, number).calendar_uid)
    return {row.registration.email.split("@")[0]: row.status for row in rows.select_related("registration")}


def change(registration, series, number, comes):
    uid = meeting_of(series, number).calendar_uid
    return change_participation(registration=registration, meeting=uid, comes=comes)


def kinds(registration):
    return list(registration.messages.order_by("pk").values_list("kind", flat=True))


def test_full_meeting_is_waited_for_and_the_others_are_attended(series):
    people(series, "a", "b", "c")
    assert at(series, 1) == {"a": "coming", "b": "coming", "c": "coming"}
    assert at(series, 2) == {"a": "coming", "b": "coming", "c": "waiting"}


@pytest.mark.parametrize("leave", ["decline", "cancel"])
def test_freed_place_goes_to_the_first_in_line_with_a_mail(series, leave):
    first, _second, third, fourth = people(series, "a", "b", "c", "d")
    if leave == "decline":
        change(first, series, 2, comes=False)
    else:
        lifecycle.cancel(registration=first)
    statuses = at(series, 2)
    assert (statuses["c"], statuses["d"]) == ("coming", "waiting")
    assert (kinds(third), kinds(fourth)) == (["confirmed", "meeting_promoted"], ["confirmed"])
    assert third.changes.latest("pk").event == "meeting_promoted"


def test_first_in_line_that_fits_gets_the_place(series):
    first, _second = people(series, "a", "b")
    people(series, "group", places=2)
    people(series, "single")
    change(first, series, 2, comes=False)
    assert at(series, 2) == {"a": "not_coming", "b": "coming", "group": "waiting", "single": "coming"}


def test_who_adds_a_full_meeting_waits_at_the_end(series):
    first, second, _third = people(series, "a", "b", "c")
    change(first, series, 2, comes=False)
    assert change(first, series, 2, comes=True) is True
    assert at(series, 2) == {"a": "waiting", "b": "coming", "c": "coming"}
    assert kinds(first) == ["confirmed", "meeting_declined", "meeting_waiting"]
    change(first, series, 2, comes=False)
    assert change(second, series, 2, comes=False) is True
    assert at(series, 2) == {"a": "not_coming", "b": "not_coming", "c": "coming"}


def test_places_that_others_got_are_not_back_after_registering_again(series):
    first, _second, _third = people(series, "a", "b", "c")
    first = lifecycle.cancel(registration=first)
    lifecycle.rejoin(registration=first)
    assert at(series, 2) == {"a": "waiting", "b": "coming", "c": "coming"}


def test_more_places_than_a_meeting_has_are_refused(series):
    [first] = people(series, "a")
    change_answers(registration=first, data=ChangedAnswers(name="A", answers={}, places=2))
    with pytest.raises(Refusal):
        change_answers(registration=first, data=ChangedAnswers(name="A", answers={}, places=3))
    first.refresh_from_db()
    assert first.places == 2
    change(first, series, 2, comes=False)
    change_answers(registration=first, data=ChangedAnswers(name="A", answers={}, places=3))


def test_raised_capacity_lets_the_waiting_in_and_lowered_takes_nobodys_place(series):
    people(series, "a", "b", "c", "d")
    limit(series, 2, 3)
    assert at(series, 2) == {"a": "coming", "b": "coming", "c": "coming", "d": "waiting"}
    limit(series, 2, 1)
    assert at(series, 2) == {"a": "coming", "b": "coming", "c": "coming", "d": "waiting"}
    limit(series, 2, None)
    assert set(at(series, 2).values()) == {"coming"}


def test_places_of_a_new_meeting_go_to_who_registered_first(series):
    people(series, "a", "b", "c")
    add_meeting(series, 3, capacity=2)
    assert at(series, 3) == {"a": "coming", "b": "coming", "c": "waiting"}
    assert Message.objects.get(kind="meeting_waiting").registration.email == "c@example.fi"


def test_attendance_takes_and_frees_no_place(series):
    first, _second, third, _fourth = people(series, "a", "b", "c", "d")
    uid = meeting_of(series, 2).calendar_uid
    for registration, attendance in ((third, "attended"), (first, "absent"), (third, ""), (first, "")):
        record_meeting_attendance(registration=registration, meeting=uid, attendance=attendance, user=None)
    assert at(series, 2) == {"a": "coming", "b": "coming", "c": "waiting", "d": "waiting"}


def test_places_of_events_with_registrations_of_their_own_limit_nobody(series):
    series.registration_scope = "each"
    publish(series)
    assert [meeting.capacity for meeting in desk_of(series).meetings()] == [None, None]


LIMITS = {"one@verkosto": 2, "two@verkosto": 3, "three@verkosto": None}


def desk_of_meetings() -> Desk:
    """A desk of six places with three meetings, of which two have fewer, without a page."""
    entries = [
        CalendarEntry(uid=uid, title=uid, starts_at=FIRST, capacity=capacity).as_json()
        for uid, capacity in LIMITS.items()
    ]
    desk = Desk.objects.create(
        translation_key=uuid.uuid4(),
        original_language="fi",
        versions={"fi": {"title": "Koe", "entries": entries}},
        capacity=6,
        places_per_registration=3,
    )
    set_capacities(desk)
    return desk


def step(desk: Desk, number: int, action: str, person: int, places: int, uid: str) -> None:
    """Do one thing with a person of the desk; what is refused changes nothing."""
    if action == "register":
        register(desk, f"{number}@example.fi", places=places)
        return
    registrations = list(Registration.objects.filter(desk=desk).order_by("pk"))
    if not registrations:
        return
    registration = registrations[person % len(registrations)]
    what: dict[str, Any] = {
        "decline": lambda: change_participation(registration=registration, meeting=uid, comes=False),
        "add": lambda: change_participation(registration=registration, meeting=uid, comes=True),
        "came": lambda: record_meeting_attendance(
            registration=registration, meeting=uid, attendance="attended", user=None
        ),
        "cancel": lambda: lifecycle.cancel(registration=registration),
        "rejoin": lambda: lifecycle.rejoin(registration=registration),
        "places": lambda: change_answers(
            registration=registration, data=ChangedAnswers(name="Aino", answers={}, places=places, guests=())
        ),
        # To the next person, who may be registered already.
        "give": lambda: hand_over(
            registration=registration, to=Colleague(name="Bo", email=f"{person + 1}@example.fi", language="fi")
        ),
        "guest_declines": lambda: _change_guest(registration, uid, comes=False),
        "guest_comes": lambda: _change_guest(registration, uid, comes=True),
        "guest_renamed": lambda: replace_guest(
            registration=registration,
            reference=registration.guests.values_list("reference", flat=True)[0],
            data=GuestData(name=f"Guest {number}"),
        ),
        "guest": lambda: cancel_guest(
            registration=registration, reference=registration.guests.values_list("reference", flat=True)[0]
        ),
    }
    if action.startswith("guest") and not registration.guests.exists():
        return
    with contextlib.suppress(Refusal):
        what[action]()


def _change_guest(registration: Registration, uid: str, *, comes: bool) -> None:
    reference = registration.guests.values_list("reference", flat=True)[0]
    change_guest_participation(registration=registration, reference=reference, meeting=uid, comes=comes)


def holds(desk: Desk) -> None:
    """Laws: no meeting has more people than places, and nobody waits for places that would be enough for them."""
    assert check(desk).wrong == []
    assert_meetings_hold(desk)
    active = Registration.objects.filter(desk=desk).active()
    assert [each.guests.count() + 1 for each in active] == [each.places for each in active]


STEP = st.tuples(
    st.sampled_from(
        [
            *("register", "register", "decline", "add", "came", "cancel", "rejoin", "places", "give", "guest"),
            *("guest_declines", "guest_declines", "guest_comes", "guest_renamed"),
        ]
    ),
    st.integers(0, 5),
    st.integers(1, 3),
    st.sampled_from(sorted(LIMITS)),
)


@settings(
    max_examples=12, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(steps=st.lists(STEP, min_size=4, max_size=12))
def test_laws_hold_after_every_step(db, steps):
    desk = desk_of_meetings()
    for number, (action, person, places, uid) in enumerate(steps):
        step(desk, number, action, person, places, uid)
        holds(desk)
