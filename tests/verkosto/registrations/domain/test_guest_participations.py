"""The guests of a registration at the single meetings of a series: each comes, or does not, for themselves."""

import pytest

from tests.factories.registrations import desk_of, publish, register
from tests.factories.seasons import meeting_of, season
from tests.recordings import recorded
from verkosto.registrations.admin.meetings import figures_by_meeting
from verkosto.registrations.domain import lifecycle
from verkosto.registrations.domain.attendance import record_attendance, record_guest_attendance
from verkosto.registrations.domain.certificates import certificates_of
from verkosto.registrations.domain.guest_participations import change_guest_participation
from verkosto.registrations.domain.guests import GuestData, erase_guest, replace_guest
from verkosto.registrations.domain.handover import Colleague, hand_over
from verkosto.registrations.domain.meetings import taken_places
from verkosto.registrations.domain.participations import change_participation
from verkosto.registrations.exceptions import DeskFull, NotPossible
from verkosto.registrations.exports.rows import Export
from verkosto.registrations.mail.compose import compose
from verkosto.registrations.models import GuestParticipation, MeetingParticipation, Message
from verkosto.registrations.privacy.data_export import data_of

pytestmark = pytest.mark.django_db
EINO = GuestData(name="Eino", email="eino@example.fi")


@pytest.fixture
@recorded
def series():
    """A series of two meetings, of which the second has three places."""
    page = season(2, capacity=10, places_per_registration=3, guest_addresses=True)
    meeting = meeting_of(page, 2)
    meeting.capacity = 3
    publish(meeting)
    return page


@pytest.fixture
def desk(series):
    return desk_of(series)


@pytest.fixture
def group(desk):
    """Aino, who brings Eino and Elli."""
    return register(desk, "aino@example.fi", places=3, guests=[EINO, "Elli"])


@pytest.fixture
def second(series):
    return meeting_of(series, 2).calendar_uid


def change(group, name, meeting, comes=False):
    guest = group.guests.get(name=name)
    return change_guest_participation(registration=group, reference=guest.reference, meeting=meeting, comes=comes)


def at(meeting):
    rows = MeetingParticipation.objects.filter(meeting=meeting).select_related("registration")
    return {row.registration.email.split("@")[0]: row.status for row in rows}


def test_the_place_of_a_guest_who_declines_goes_to_the_waiting_list_of_the_meeting(desk, group, second):
    waiting = register(desk, "bo@example.fi")
    assert at(second) == {"aino": "coming", "bo": "waiting"}
    assert change(group, "Eino", second) is True
    assert at(second) == {"aino": "coming", "bo": "coming"}
    assert taken_places(desk) == {uid: 4 - (uid == second) for uid in taken_places(desk)}
    assert waiting.changes.latest("pk").event == "meeting_promoted"
    assert change(group, "Eino", second) is False
    with pytest.raises(DeskFull):
        change(group, "Eino", second, comes=True)
    change_participation(registration=waiting, meeting=second, comes=False)
    assert change(group, "Eino", second, comes=True) is True
    assert [change.event for change in group.changes.order_by("pk")][-2:] == ["meeting_declined", "meeting_added"]


def test_a_smaller_group_gets_places_that_it_waited_for(desk, second):
    register(desk, "bo@example.fi", places=2, guests=["Bea"])
    group = register(desk, "aino@example.fi", places=3, guests=["Eino", "Elli"])
    assert at(second) == {"bo": "coming", "aino": "waiting"}
    for name in ("Eino", "Elli"):
        change(group, name, second)
    assert at(second) == {"bo": "coming", "aino": "coming"}


def test_a_guest_with_an_address_is_told_and_the_calendar_follows(group, second):
    change(group, "Eino", second)
    change(group, "Eino", second, comes=True)
    change(group, "Elli", second)
    declined, added = Message.objects.filter(recipient="eino@example.fi").order_by("pk")[1:]
    assert (declined.kind, added.kind) == ("guest_meeting_declined", "guest_meeting_added")
    [file] = compose(added).calendars
    assert (file.method, b"SEQUENCE:2" in file.content) == ("REQUEST", True)
    change(group, "Eino", second)
    [file] = compose(declined).calendars
    assert (file.method, file.content.count(b"BEGIN:VEVENT")) == ("CANCEL", 1)
    registered = Message.objects.get(recipient="eino@example.fi", kind="guest_registered")
    assert compose(registered).calendars[0].content.count(b"BEGIN:VEVENT") == 1


def test_whoever_takes_the_place_of_a_guest_takes_no_more_places_than_they(desk, group, second):
    change(group, "Eino", second)
    register(desk, "bo@example.fi")
    eino = group.guests.get(name="Eino")
    replace_guest(registration=group, reference=eino.reference, data=GuestData(name="Eeva"))
    erase_guest(group.guests.get(name="Eeva"))
    assert taken_places(desk)[second] == 3
    hand_over(registration=group, to=Colleague(name="X", email="x@example.fi", language="fi"))
    assert taken_places(desk)[second] == 3
    assert GuestParticipation.objects.get().guest.registration.email == "x@example.fi"


def test_who_does_not_come_brings_nobody(group, second):
    change_participation(registration=group, meeting=second, comes=False)
    with pytest.raises(NotPossible):
        change(group, "Eino", second)
    lifecycle.cancel(registration=group)
    with pytest.raises(NotPossible):
        change(group, "Eino", second)


def test_guests_are_checked_in_and_counted_one_by_one_at_each_meeting(desk, group, second):
    first = next(uid for uid in taken_places(desk) if uid != second)
    eino, _elli = group.guests.all()
    record_attendance(registration=group, attendance="attended", user=None, meeting=first)
    assert record_guest_attendance(guest=eino, attendance="attended", user=None, meeting=first) is True
    assert record_guest_attendance(guest=eino, attendance="attended", user=None, meeting=first) is False
    change(group, "Elli", second)
    figures = {each.entry.uid: (each.coming, each.not_coming, each.attended) for each in figures_by_meeting(desk)}
    assert figures == {first: (1, 0, 2), second: (2, 1, 0)}
    certificates = certificates_of(group, "fi")
    assert [(each.name, len(each.meetings)) for each in certificates] == [("Aino", 1), ("Eino", 1)]
    export = Export(desk=desk, registrations=desk.registrations.all(), language="en")
    [row] = export.rows()
    cells = dict(zip(export.header, row, strict=True))
    of_guests = {
        title.split(",")[0]: cell for title, cell in cells.items() if "Tapaaminen" in title and "Guest" in title
    }
    assert of_guests == {
        "Guest 1: Tapaaminen 1": "Attended",
        "Guest 1: Tapaaminen 2": "Coming",
        "Guest 2: Tapaaminen 1": "Coming",
        "Guest 2: Tapaaminen 2": "Not coming",
    }
    assert [guest["meetings"] for guest in data_of(group)["guests"]] == [
        [{"meeting": "Tapaaminen 1", "comes": True, "attendance": "attended"}],
        [{"meeting": "Tapaaminen 2", "comes": False, "attendance": ""}],
    ]
