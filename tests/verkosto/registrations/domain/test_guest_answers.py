"""The answers about guests after they are stored: exported, given out, moved, handed over and erased like one's own."""

import json
from datetime import timedelta

import pytest
from django.utils import timezone

from tests.factories.registrations import desk_of, event_with_desk, question, register
from tests.recordings import recorded
from verkosto.registrations.admin.statistics import count
from verkosto.registrations.domain import lifecycle
from verkosto.registrations.domain.guests import GuestData, erase_guest
from verkosto.registrations.domain.handover import Colleague, hand_over
from verkosto.registrations.exports.json import stream_json
from verkosto.registrations.exports.rows import Export
from verkosto.registrations.models import Desk, Guest, GuestSensitiveAnswers, Question
from verkosto.registrations.privacy.data_export import data_of, data_of_address
from verkosto.registrations.privacy.retention import purge

pytestmark = pytest.mark.django_db
FOOD = question("choice", "Ruoka", choices=["Kala", "Kasvis"], each_attendee=True)
DIET = question("dietary_needs", "Ruokavalio", each_attendee=True)
FISH, VEGETABLE = (choice["id"] for choice in FOOD["value"]["choices"])


@pytest.fixture
@recorded
def event():
    return event_with_desk(places_per_registration=3, guest_addresses=True, questions=[FOOD, DIET])


@pytest.fixture
def desk(event):
    return desk_of(event)


@pytest.fixture
def group(desk):
    eino = GuestData(
        name="Eino", email="eino@example.fi", answers={FOOD["id"]: VEGETABLE}, sensitive={DIET["id"]: "Pähkinä"}
    )
    return register(desk, "aino@example.fi", places=2, guests=[eino], answers={FOOD["id"]: FISH})


def columns(desk, *, sensitive):
    export = Export(desk=desk, registrations=desk.registrations.all(), language="fi", sensitive=sensitive)
    [row] = export.rows()
    return {title: cell for title, cell in zip(export.header, row, strict=True) if title.startswith("Vieras 1: Ruoka")}


def test_exports_have_a_column_for_each_answer_about_each_guest(desk, group):
    assert columns(desk, sensitive=False) == {"Vieras 1: Ruoka": "Kasvis"}
    assert columns(desk, sensitive=True) == {"Vieras 1: Ruoka": "Kasvis", "Vieras 1: Ruokavalio": "Pähkinä"}
    export = Export(desk=desk, registrations=desk.registrations.all(), language="fi")
    [row] = json.loads(b"".join(stream_json(export)))["registrations"]
    assert row["guests"][0]["answers"] == {FOOD["id"]: {"value": VEGETABLE, "text": "Kasvis"}}


def test_answers_about_guests_stay_in_exports_when_each_is_no_longer_asked(desk, group):
    Question.objects.update(each_attendee=False)
    assert columns(desk, sensitive=True) == {"Vieras 1: Ruoka": "Kasvis", "Vieras 1: Ruokavalio": "Pähkinä"}


def test_statistics_count_the_answers_about_guests(desk, group):
    counted, asked = count(desk, list(desk.questions.all())).answers[FOOD["id"]]
    assert (dict(counted), asked) == ({FISH: 1, VEGETABLE: 1}, 2)


def test_a_guest_gets_all_that_is_stored_about_them(group):
    answers = [{"question": "Ruoka", "answer": "Kasvis"}, {"question": "Ruokavalio", "answer": "Pähkinä"}]
    assert data_of_address("eino@example.fi")["guests"][0]["answers"] == answers
    assert data_of(group)["guests"][0]["answers"] == answers
    assert data_of(group, sensitive=False)["guests"][0]["answers"] == answers[:1]


def test_an_erased_guest_leaves_no_answers(group):
    erase_guest(group.guests.get())
    assert [guest.all_answers() for guest in Guest.objects.all()] == [{}]
    assert not GuestSensitiveAnswers.objects.exists()


def test_sensitive_answers_about_guests_are_erased_first(desk, group):
    Desk.objects.update(ends_at=timezone.now() - timedelta(days=15), sensitive_retention_days=14, retention_days=180)
    assert purge()["sensitive"] == 1
    assert [guest.all_answers() for guest in Guest.objects.all()] == [{FOOD["id"]: VEGETABLE}]


def test_who_gives_a_place_away_keeps_their_answers_and_the_guest_theirs(group):
    successor = hand_over(registration=group, to=Colleague(name="X", email="x@example.fi", language="fi"))
    group.refresh_from_db()
    assert (group.answers, successor.answers) == ({FOOD["id"]: FISH}, {})
    assert [guest.all_answers() for guest in successor.guests.all()] == [
        {FOOD["id"]: VEGETABLE, DIET["id"]: "Pähkinä"}
    ]


def test_moved_answers_about_guests_stay_readable(event, group):
    other = desk_of(event_with_desk(index=event.get_parent(), title="Toinen", capacity=5))
    lifecycle.move(registration=group, to=other)
    assert columns(other, sensitive=True) == {
        "Vieras 1: Ruoka": "Kasvis",
        "Vieras 1: Ruokavalio": "Pähkinä",
    }
