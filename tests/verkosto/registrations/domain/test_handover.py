"""Hand-over: the place passes to a colleague, and nothing that the former person gave."""

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import icalendar
import pytest
from django.db import connections
from django.utils import timezone

from tests.factories.registrations import desk_of, event_with_desk, publish, question, register
from tests.factories.seasons import meeting_of, season
from verkosto.registrations.domain import handover, lifecycle
from verkosto.registrations.domain.attendance import record_attendance
from verkosto.registrations.domain.capacity_audit import check
from verkosto.registrations.domain.handover import Colleague
from verkosto.registrations.domain.meetings import taken_places
from verkosto.registrations.domain.participations import change_participation
from verkosto.registrations.enums import Eligibility, Handover
from verkosto.registrations.exceptions import AlreadyRegistered, NotPossible, Refusal
from verkosto.registrations.mail.compose import compose
from verkosto.registrations.models import AccessToken, Desk, HandoverRequest, Message, Registration
from verkosto.registrations.privacy import erasure
from verkosto.registrations.tokens import issue_token

BO = Colleague(name="Bo Berg", email="Bo@example.fi", language="sv")


def steps_of(registration):
    return list(registration.changes.values_list("event", "from_status", "to_status", "actor"))


def mails_of(registration):
    return list(Message.objects.filter(registration=registration).order_by("pk").values_list("kind", flat=True))


def counted(desk):
    count = check(desk)
    assert count.wrong == []
    return count.taken, count.waiting


def method_of(message):
    (file,) = compose(message).calendars
    return str(icalendar.Calendar.from_ical(file.content)["method"]), file.method


@pytest.mark.django_db
def test_a_place_passes_freely_with_nothing_that_was_answered():
    diet, workshop = question("access_needs", "Tarpeet"), question("choice", "Paja", choices=[("Eka", 1)])
    desk = desk_of(event_with_desk(capacity=1, questions=[diet, workshop]))
    option = workshop["value"]["choices"][0]["id"]
    former = register(
        desk,
        "aino@example.fi",
        answers={workshop["id"]: option},
        sensitive={diet["id"]: "Pyörätuoli"},
        agreed={"notice": "x"},
    )
    next_in_line = register(desk, "cecilia@example.fi")
    issue_token(registration=former)

    successor = handover.hand_over(registration=former, to=BO)

    former.refresh_from_db()
    next_in_line.refresh_from_db()
    assert successor is not None
    assert (successor.name, successor.email, successor.language) == ("Bo Berg", "bo@example.fi", "sv")
    assert (successor.status, successor.holds_place, successor.claims) == ("confirmed", True, [])
    assert (successor.all_answers(), successor.agreed, successor.awaits_details) == ({}, {}, True)
    assert successor.reference != former.reference
    assert (former.status, former.holds_place, former.claims) == ("cancelled", False, [])
    assert former.all_answers() == {workshop["id"]: option, diet["id"]: "Pyörätuoli"}
    assert next_in_line.status == "waiting"
    assert counted(desk) == (1, 1)
    assert not AccessToken.objects.filter(registration=former).exists()
    assert steps_of(former)[1:] == [("handed_over", "confirmed", "cancelled", "registrant")]
    assert steps_of(successor) == [("taken_over", "", "confirmed", "registrant")]
    assert mails_of(former) == ["confirmed", "handed_over"]
    assert mails_of(successor) == ["taken_over"]


@pytest.mark.django_db
def test_the_mails_name_the_other_person_and_move_the_calendar_entry():
    former = register(desk_of(event_with_desk()), "aino@example.fi", name="Aino Aalto www.pahis.example")
    successor = handover.hand_over(registration=former, to=BO)
    given, received = (
        Message.objects.get(kind=kind, registration=row)
        for kind, row in (("handed_over", former), ("taken_over", successor))
    )
    assert method_of(given) == ("CANCEL", "CANCEL")
    assert method_of(received) == ("REQUEST", "REQUEST")
    assert "Bo Berg" in compose(given).text()
    mail = compose(received)
    assert "Aino Aalto" in mail.text()
    # Somebody else typed the address and the names: no greeting by name, and no link in a name.
    assert (received.recipient, received.mailbox, mail.parts[0]) == ("bo@example.fi", "bo@example.fi", "Hej!")
    assert "pahis.example</a>" not in mail.html()


@pytest.mark.django_db
def test_a_group_passes_with_all_its_places():
    desk = desk_of(event_with_desk(capacity=3, places_per_registration=3))
    former = register(desk, "aino@example.fi", places=3, guests=["Eino", "Elli"])
    codes = list(former.guests.values_list("reference", flat=True))
    successor = handover.hand_over(registration=former, to=BO)
    assert successor is not None
    former.refresh_from_db()
    assert (successor.places, former.places, former.guests.count()) == (3, 1, 0)
    assert list(successor.guests.values_list("name", "reference")) == list(zip(["Eino", "Elli"], codes, strict=True))
    assert counted(desk) == (3, 0)
    lifecycle.cancel(registration=successor)
    assert counted(desk) == (0, 0)


@pytest.mark.django_db
def test_in_a_series_the_colleague_takes_over_each_meeting_as_it_was():
    series = season(2)
    desk, meetings = desk_of(series), [meeting_of(series, number).calendar_uid for number in (1, 2)]
    former = register(desk, "aino@example.fi")
    change_participation(registration=former, meeting=meetings[1], comes=False)
    successor = handover.hand_over(registration=former, to=BO)
    assert successor is not None
    assert dict(successor.participations.values_list("meeting", "status")) == {
        meetings[0]: "coming",
        meetings[1]: "not_coming",
    }
    assert taken_places(desk) == {meetings[0]: 1}


@pytest.mark.django_db
def test_a_colleague_who_is_registered_gets_no_second_place():
    desk = desk_of(event_with_desk())
    former, other = register(desk, "aino@example.fi"), register(desk, "bo@example.fi")
    with pytest.raises(AlreadyRegistered) as refused:
        handover.hand_over(registration=former, to=BO)
    assert refused.value.registration == other
    with pytest.raises(AlreadyRegistered):
        handover.hand_over(registration=former, to=Colleague(name="Aino", email="aino@example.fi", language="fi"))
    assert counted(desk) == (2, 0)
    lifecycle.cancel(registration=other)
    assert handover.hand_over(registration=former, to=BO) is not None
    assert counted(desk) == (1, 0)


@pytest.mark.django_db
def test_a_place_that_came_back_can_be_handed_over_again():
    desk = desk_of(event_with_desk())
    former = register(desk, "aino@example.fi")
    first = handover.hand_over(registration=former, to=BO)
    former = lifecycle.rejoin(registration=former)
    second = handover.hand_over(
        registration=former, to=Colleague(name="Cia Dahl", email="cia@example.fi", language="sv")
    )
    assert list(former.successors.order_by("pk")) == [first, second]
    assert counted(desk) == (2, 0)


@pytest.mark.django_db
@pytest.mark.parametrize("obstacle", ["waiting", "no", "attended", "changes_closed", "cancelled"])
def test_nobody_hands_over_what_is_not_theirs_to_give(obstacle, django_user_model):
    page = event_with_desk(capacity=1)
    desk = desk_of(page)
    registration = register(desk, "aino@example.fi")
    match obstacle:
        case "waiting":
            registration = register(desk, "cecilia@example.fi")
        case "no":
            Desk.objects.update(handover=Handover.NO)
        case "attended":
            staff = django_user_model.objects.create_user("staff")
            record_attendance(registration=registration, attendance="attended", user=staff)
        case "changes_closed":
            Desk.objects.update(changes_close_at=timezone.now() - timedelta(days=1))
        case "cancelled":
            Desk.objects.update(status="cancelled")
    before = list(Registration.objects.order_by("pk").values())
    with pytest.raises(NotPossible):
        handover.hand_over(registration=registration, to=BO)
    assert list(Registration.objects.order_by("pk").values()) == before


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ({}, "freely"),
        ({"handover": "no"}, "no"),
        ({"handover": "with_consent"}, "with_consent"),
        ({"needs_approval": True}, "with_consent"),
        ({"eligibility": Eligibility.INVITED}, "with_consent"),
        ({"eligibility": Eligibility.MEMBERS}, "with_consent"),
        ({"eligibility": Eligibility.DECLARED}, "freely"),
        ({"eligibility": Eligibility.INVITED, "handover": "no"}, "no"),
    ],
)
def test_the_organiser_who_chooses_people_is_always_asked(facts, expected):
    assert Desk(**facts).handover_now == expected


@pytest.fixture
def asked(db):
    """A registration whose holder has asked to give the place to Bo."""
    page = event_with_desk(capacity=1)
    page.handover = Handover.WITH_CONSENT
    registration = register(desk_of(publish(page)), "aino@example.fi")
    assert handover.hand_over(registration=registration, to=BO) is None
    return registration


def test_with_consent_the_place_passes_when_staff_accept(asked, django_user_model):
    staff = django_user_model.objects.create_user("staff")
    assert (asked.status, asked.handover_request.email) == ("confirmed", "bo@example.fi")
    assert steps_of(asked)[1:] == [("handover_requested", "confirmed", "confirmed", "registrant")]
    successor = handover.accept_request(registration=asked, user=staff)
    asked.refresh_from_db()
    assert (asked.status, successor.status, successor.name) == ("cancelled", "confirmed", "Bo Berg")
    assert steps_of(asked)[2:] == [("handed_over", "confirmed", "cancelled", "staff")]
    assert not HandoverRequest.objects.exists()
    assert counted(asked.desk) == (1, 0)
    with pytest.raises(NotPossible):
        handover.accept_request(registration=asked, user=staff)


def test_a_refused_request_leaves_the_place_and_says_why(asked, django_user_model):
    staff = django_user_model.objects.create_user("staff")
    handover.refuse_request(registration=asked, user=staff, reason="Koulutus on esihenkilöille.")
    asked.refresh_from_db()
    assert (asked.status, counted(asked.desk)) == ("confirmed", (1, 0))
    assert not HandoverRequest.objects.exists()
    mail = compose(Message.objects.get(kind="handover_refused"))
    assert "Koulutus on esihenkilöille." in mail.parts
    with pytest.raises(NotPossible):
        handover.refuse_request(registration=asked, user=staff)


def test_a_request_is_replaced_and_withdrawn(asked):
    handover.hand_over(registration=asked, to=Colleague(name="Cia Dahl", email="cia@example.fi", language="sv"))
    assert list(HandoverRequest.objects.values_list("name", flat=True)) == ["Cia Dahl"]
    handover.withdraw_request(registration=asked)
    handover.withdraw_request(registration=asked)
    assert [event for event, *_rest in steps_of(asked)][1:] == [
        "handover_requested",
        "handover_requested",
        "handover_withdrawn",
    ]
    assert not HandoverRequest.objects.exists()


def test_a_request_ends_with_the_registration(asked):
    lifecycle.cancel(registration=asked)
    assert not HandoverRequest.objects.exists()


def test_a_colleague_who_registers_meanwhile_is_found_when_staff_accept(asked, django_user_model):
    Desk.objects.update(capacity=2)
    register(asked.desk, "bo@example.fi")
    with pytest.raises(AlreadyRegistered):
        handover.accept_request(registration=asked, user=django_user_model.objects.create_user("staff"))
    assert HandoverRequest.objects.count() == 1


def test_the_colleague_is_found_and_erased_by_address(asked):
    found = erasure.personal_data_stores()
    (store,) = [store for store in found if store.name == "handover_requests"]
    (row,) = store.data("bo@example.fi")
    assert (row["name"], row["email"], row["title"]) == ("Bo Berg", "bo@example.fi", "Webinaari")
    erasure.erase_address(email="bo@example.fi")
    asked.refresh_from_db()
    assert (HandoverRequest.objects.count(), asked.status) == (0, "confirmed")


@pytest.mark.django_db(transaction=True)
def test_a_hand_over_and_a_cancellation_at_once_leave_one_place_taken():
    desk = desk_of(event_with_desk(capacity=1))
    former, waiting = register(desk, "aino@example.fi"), register(desk, "cecilia@example.fi")
    start = threading.Barrier(2)

    def run(step):
        start.wait()
        try:
            return step()
        except Refusal:
            return None
        finally:
            connections.close_all()

    with ThreadPoolExecutor(2) as threads:
        given, _cancelled = [
            done.result()
            for done in [
                threads.submit(run, lambda: handover.hand_over(registration=former, to=BO)),
                threads.submit(run, lambda: lifecycle.cancel(registration=former)),
            ]
        ]
    waiting.refresh_from_db()
    assert [given is not None, waiting.status == "confirmed"].count(True) == 1
    assert counted(desk) == (1, 1 if given else 0)
