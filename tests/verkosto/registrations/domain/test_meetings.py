"""Who comes to which meeting of a series: the rows, and what changes them."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from tests.factories.registrations import desk_of, event_with_desk, publish, register
from tests.factories.seasons import FIRST, add_meeting, meeting_of, season
from verkosto.registrations.domain import lifecycle
from verkosto.registrations.domain.attendance import record_attendance
from verkosto.registrations.domain.meetings import join_new_meetings, nearest_meeting
from verkosto.registrations.domain.participations import change_participation, set_participation
from verkosto.registrations.exceptions import ChangesClosed, NotPossible
from verkosto.registrations.models import MeetingParticipation, Message, Registration

pytestmark = pytest.mark.django_db

ALL_THREE = dict.fromkeys(["Tapaaminen 1", "Tapaaminen 2", "Tapaaminen 3"], "coming")
PAST = datetime(2020, 3, 4, 8, tzinfo=UTC)


@pytest.fixture
def series():
    return season(capacity=2)


@pytest.fixture
def registration(series):
    return register(desk_of(series), "aino@example.fi")


def statuses(registration):
    """The titles of the meetings of a registration with their statuses."""
    registration = Registration.objects.select_related("desk").get(pk=registration.pk)
    titles = {meeting.uid: meeting.title for meeting in registration.desk.meetings("fi")}
    return {titles[row.meeting]: row.status for row in registration.participations.all()}


def uid(series, number):
    return meeting_of(series, number).calendar_uid


def change(registration, meeting, comes, **options):
    return change_participation(registration=registration, meeting=meeting, comes=comes, **options)


def kinds():
    return [kind for kind in Message.objects.order_by("pk").values_list("kind", flat=True) if "meeting" in kind]


def test_place_in_a_series_is_a_row_for_each_meeting_to_come(series, registration):
    waiting = [register(desk_of(series), f"{name}@example.fi") for name in ("b", "c")][-1]
    assert statuses(registration) == ALL_THREE
    assert (waiting.status, statuses(waiting)) == ("waiting", {})
    lifecycle.cancel(registration=registration)
    waiting.refresh_from_db()
    assert (waiting.status, len(statuses(waiting))) == ("confirmed", 3)


def test_meeting_that_is_over_is_not_joined(series, registration):
    add_meeting(series, 4, starts_at=PAST)
    assert statuses(registration) == ALL_THREE
    assert statuses(register(desk_of(series), "late@example.fi")) == ALL_THREE


def test_event_alone_has_no_rows_and_asks_no_queries():
    registration = register(desk_of(event_with_desk()), "aino@example.fi")
    assert not MeetingParticipation.objects.exists()
    with CaptureQueriesContext(connection) as captured:
        join_new_meetings(registration.desk)
    assert len(captured) == 0


def test_added_meeting_is_added_to_everybody_and_nobody_twice(series, registration):
    second = register(desk_of(series), "b@example.fi")
    change(registration, uid(series, 1), comes=False)
    add_meeting(series, 4)
    publish(series)
    assert statuses(second)["Tapaaminen 4"] == "coming"
    assert statuses(registration) == {
        "Tapaaminen 1": "not_coming",
        "Tapaaminen 2": "coming",
        "Tapaaminen 3": "coming",
        "Tapaaminen 4": "coming",
    }


@pytest.mark.parametrize("people", [1, 30])
def test_publishing_costs_the_same_queries_when_nothing_is_added(series, people):
    desk = desk_of(series)
    for number in range(people):
        register(desk, f"{number}@example.fi", user=None)
    with CaptureQueriesContext(connection) as captured:
        join_new_meetings(desk)
    assert len(captured) == 2


def test_decline_and_add_again_with_one_mail_each_time(series, registration):
    meeting = uid(series, 2)
    assert change(registration, meeting, comes=False) is True
    assert change(registration, meeting, comes=False) is False
    assert statuses(registration)["Tapaaminen 2"] == "not_coming"
    assert change(registration, meeting, comes=True) is True
    row = registration.participations.get(meeting=meeting)
    assert (row.status, row.sequence) == ("coming", 2)
    assert kinds() == ["meeting_declined", "meeting_added"]
    history = registration.changes.exclude(event="signed_up").values_list("event", "reason", "actor")
    assert list(history) == [
        ("meeting_declined", "Tapaaminen 2", "registrant"),
        ("meeting_added", "Tapaaminen 2", "registrant"),
    ]


def test_choices_stay_when_somebody_cancels_and_registers_again(series, registration):
    change(registration, uid(series, 1), comes=False)
    registration = lifecycle.cancel(registration=registration)
    with pytest.raises(NotPossible):
        change(registration, uid(series, 2), comes=False)
    registration = lifecycle.rejoin(registration=registration)
    assert statuses(registration)["Tapaaminen 1"] == "not_coming"


def test_moved_registration_has_the_meetings_of_where_it_went(series, registration):
    other = season(index=series.get_parent().specific, slug="toinen")
    moved = lifecycle.move(registration=registration, to=desk_of(other))
    here = {row.meeting for row in moved.participations.all()} & {meeting.uid for meeting in moved.desk.meetings()}
    assert len(here) == 3


def test_refusals_leave_everything_as_it_was(series, registration):
    cancelled = meeting_of(series, 3)
    cancelled.status = "cancelled"
    publish(cancelled)
    over = add_meeting(series, 4, starts_at=PAST)
    for meeting, refusal in ((cancelled.calendar_uid, NotPossible), ("unknown", NotPossible)):
        with pytest.raises(refusal):
            change(registration, meeting, comes=False)
    with pytest.raises(ChangesClosed):
        change(registration, over.calendar_uid, comes=False)
    series.changes_close_at = "2020-01-01T00:00Z"
    publish(series)
    with pytest.raises(ChangesClosed):
        change(registration, uid(series, 1), comes=False)
    assert set(statuses(registration).values()) == {"coming"}
    assert kinds() == []


def test_attendance_of_meetings_makes_that_of_the_registration(series, registration, admin_user):
    def record(number, attendance):
        meeting = uid(series, number)
        changed = record_attendance(registration=registration, attendance=attendance, user=admin_user, meeting=meeting)
        registration.refresh_from_db()
        return changed, registration.attendance, bool(registration.checked_in_at)

    assert record(1, "absent") == (True, "absent", False)
    assert record(2, "attended") == (True, "attended", True)
    assert record(2, "attended") == (False, "attended", True)
    assert statuses(registration) == {
        "Tapaaminen 1": "absent",
        "Tapaaminen 2": "attended",
        "Tapaaminen 3": "coming",
    }
    with pytest.raises(NotPossible):
        change(registration, uid(series, 2), comes=False)
    assert record(2, "") == (True, "absent", False)
    assert record(1, "") == (True, "", False)
    assert statuses(registration)["Tapaaminen 1"] == "coming"


def test_somebody_who_declined_can_be_checked_in_and_undoing_it_keeps_the_choice(series, registration, admin_user):
    meeting = uid(series, 1)
    change(registration, meeting, comes=False)

    def record(attendance):
        record_attendance(registration=registration, attendance=attendance, user=admin_user, meeting=meeting)
        return statuses(registration)["Tapaaminen 1"]

    assert [record(attendance) for attendance in ("", "attended", "")] == ["not_coming", "attended", "not_coming"]


def test_somebody_who_registered_after_a_meeting_can_be_recorded_there(series, admin_user):
    over = add_meeting(series, 4, starts_at=PAST)
    late = register(desk_of(series), "late@example.fi")
    record_attendance(registration=late, attendance="attended", user=admin_user, meeting=over.calendar_uid)
    assert statuses(late) == {**ALL_THREE, "Tapaaminen 4": "attended"}


def test_staff_set_any_status(series, registration, admin_user):
    def set_to(status):
        meeting = uid(series, 1)
        set_participation(registration=registration, meeting=meeting, status=status, user=admin_user)
        return statuses(registration)["Tapaaminen 1"]

    wanted = ["not_coming", "attended", "coming", "absent", "not_coming", "coming"]
    assert [set_to(status) for status in wanted] == wanted
    assert kinds() == ["meeting_declined", "meeting_added"] * 2


@pytest.mark.parametrize(
    "wrong",
    [
        {"meeting": "x", "status": "maybe", "planned": "maybe"},
        {"meeting": "x", "status": "attended", "planned": "attended"},
        {"meeting": "x", "status": "coming", "planned": "not_coming"},
        {"meeting": "x", "status": "coming", "planned": "coming", "checked_in_at": FIRST},
    ],
)
def test_database_refuses_what_is_not_a_participation(registration, wrong):
    with pytest.raises(IntegrityError), transaction.atomic():
        MeetingParticipation.objects.create(registration=registration, **wrong)


def test_database_refuses_a_second_row_of_a_meeting(series, registration):
    with pytest.raises(IntegrityError), transaction.atomic():
        MeetingParticipation.objects.create(registration=registration, meeting=uid(series, 1))


def test_nearest_meeting_is_the_next_or_the_last_and_one_that_is_held(series):
    meetings = desk_of(series).meetings("fi")
    assert nearest_meeting(meetings, FIRST - timedelta(days=90)).title == "Tapaaminen 1"
    assert nearest_meeting(meetings, FIRST + timedelta(days=27)).title == "Tapaaminen 2"
    assert nearest_meeting(meetings, FIRST + timedelta(days=900)).title == "Tapaaminen 3"
    second = meeting_of(series, 2)
    second.status = "cancelled"
    publish(second)
    assert nearest_meeting(desk_of(series).meetings("fi"), FIRST + timedelta(days=27)).title == "Tapaaminen 1"
    assert nearest_meeting([]) is None
