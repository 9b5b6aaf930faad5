"""The guests whom registered people bring: each a person with mails, calendar entry and check-in code of their own."""

import pytest

from tests.factories.registrations import desk_of, event_with_desk, register
from verkosto.registrations.domain import guests, lifecycle
from verkosto.registrations.domain.answers import ChangedAnswers, change_answers
from verkosto.registrations.domain.capacity_audit import check
from verkosto.registrations.domain.guests import GuestData
from verkosto.registrations.enums import ErasureCause
from verkosto.registrations.exceptions import ChangesClosed, NotPossible
from verkosto.registrations.mail import outbox
from verkosto.registrations.mail.check_in_codes import code_of, reference_of
from verkosto.registrations.mail.compose import compose
from verkosto.registrations.mail.email import as_email
from verkosto.registrations.mail.kinds import still_applies
from verkosto.registrations.models import Desk, Guest, Message
from verkosto.registrations.privacy import erasure
from verkosto.registrations.privacy.data_export import data_of_address

pytestmark = pytest.mark.django_db
EINO = GuestData(name="Eino Elo", email="eino@example.fi", organisation="Virasto")
ELLI = GuestData(name="Elli Elo")


@pytest.fixture
def event():
    return event_with_desk(capacity=3, places_per_registration=3, guest_addresses=True)


@pytest.fixture
def desk(event):
    return desk_of(event)


def counted(desk):
    count = check(desk)
    assert count.wrong == []
    return count.taken, count.waiting


def people(registration):
    return list(registration.guests.values_list("name", "email", "organisation"))


def mails_to(email):
    return list(Message.objects.filter(recipient=email).order_by("pk").values_list("kind", flat=True))


def test_each_place_beyond_the_first_has_a_row(desk):
    group = register(desk, "aino@example.fi", places=3, guests=[EINO])
    assert people(group) == [("Eino Elo", "eino@example.fi", "Virasto"), ("", "", "")]
    references = {group.reference, *group.guests.values_list("reference", flat=True)}
    assert len(references) == 3
    assert {reference_of(code_of(person)) for person in (group, *group.guests.all())} == references


def test_a_guest_with_an_address_gets_a_mail_calendar_entry_and_code_but_no_link(desk):
    group = register(desk, "aino@example.fi", name="Aino Aalto", places=2, guests=[EINO])
    message = Message.objects.get(recipient="eino@example.fi")
    mail = compose(message)
    text = mail.text()
    assert (message.kind, message.language, mail.subject) == (
        "guest_registered",
        "fi",
        "Sinulla on paikka: Webinaari",
    )
    assert mail.parts[0] == "Hei"
    assert "Aino Aalto" in mail.parts[-1]
    assert group.guests.get().reference in text
    assert group.reference not in text
    assert (mail.link, [file.method for file in mail.calendars]) == ("", ["REQUEST"])
    assert b"mailto:eino@example.fi" in mail.calendars[0].content.lower().replace(b"\r\n ", b"")
    assert "/registrations/open/" not in as_email(mail, message).message().as_string()


def test_guests_on_the_waiting_list_are_told_when_the_places_are_theirs(desk):
    first = register(desk, "first@example.fi", places=2)
    register(desk, "aino@example.fi", places=2, guests=[EINO])
    assert mails_to("eino@example.fi") == []
    lifecycle.cancel(registration=first)
    assert mails_to("eino@example.fi") == ["guest_registered"]


def test_guests_are_told_of_changes_and_of_the_end(desk):
    group = register(desk, "aino@example.fi", places=3, guests=[EINO, ELLI])
    number = outbox.write_many("event_changed", desk.registrations.all(), context=lambda row: {"change": "Uusi aika"})
    assert number == 2
    lifecycle.cancel(registration=group)
    assert mails_to("eino@example.fi") == ["guest_registered", "event_changed", "guest_cancelled"]
    changed, ended = Message.objects.filter(recipient="eino@example.fi").order_by("pk")[1:]
    assert compose(changed).parts[0] == "Hei"
    assert compose(changed).link == ""
    assert [file.method for file in compose(ended).calendars] == ["CANCEL"]


def test_one_guest_is_cancelled_and_one_place_goes_to_the_next(desk):
    group = register(desk, "aino@example.fi", places=3, guests=[EINO, ELLI])
    waiting = register(desk, "cecilia@example.fi")
    eino, elli = group.guests.all()
    guests.cancel_guest(registration=group, reference=eino.reference)
    group.refresh_from_db()
    waiting.refresh_from_db()
    assert (group.places, list(group.guests.all()), waiting.status) == (2, [elli], "confirmed")
    assert counted(desk) == (3, 0)
    assert mails_to("eino@example.fi") == ["guest_registered", "guest_cancelled"]
    assert group.changes.last().event == "guest_cancelled"
    with pytest.raises(NotPossible):
        guests.cancel_guest(registration=group, reference=eino.reference)


def test_a_cancelled_guest_on_the_waiting_list_makes_the_group_fit(desk):
    register(desk, "first@example.fi", places=2)
    group = register(desk, "aino@example.fi", places=2, guests=[EINO])
    assert group.status == "waiting"
    guests.cancel_guest(registration=group, reference=group.guests.get().reference)
    group.refresh_from_db()
    assert (group.status, group.places) == ("confirmed", 1)
    assert counted(desk) == (3, 0)
    assert mails_to("eino@example.fi") == []


def test_another_person_takes_the_place_of_a_guest(desk):
    group = register(desk, "aino@example.fi", places=3, guests=[EINO, ELLI])
    eino, elli = group.guests.all()
    bo = GuestData(name="Bo Berg", email="Bo@example.fi")
    guests.replace_guest(registration=group, reference=eino.reference, data=bo)
    first, second = group.guests.all()
    assert (first.name, first.email, second) == ("Bo Berg", "bo@example.fi", elli)
    assert first.reference != eino.reference
    assert mails_to("eino@example.fi") == ["guest_registered", "guest_cancelled"]
    assert mails_to("bo@example.fi") == ["guest_registered"]
    assert [still_applies(row) for row in Message.objects.filter(recipient="eino@example.fi").order_by("pk")] == [
        False,
        True,
    ]
    assert counted(desk) == (3, 0)


def test_a_guest_who_is_named_again_meanwhile_is_told_of_no_cancellation(desk):
    group = register(desk, "aino@example.fi", places=3, guests=[EINO, ELLI])
    eino, elli = group.guests.all()
    guests.replace_guest(registration=group, reference=eino.reference, data=GuestData(name="Bo Berg"))
    guests.replace_guest(registration=group, reference=elli.reference, data=EINO)
    cancelled = Message.objects.get(recipient="eino@example.fi", kind="guest_cancelled")
    assert not still_applies(cancelled)


def test_a_corrected_name_keeps_the_code(desk):
    group = register(desk, "aino@example.fi", places=2, guests=[EINO])
    before = group.guests.get()
    data = GuestData(name="Eino K. Elo", email="eino@example.fi")
    guests.replace_guest(registration=group, reference=before.reference, data=data)
    after = group.guests.get()
    assert (after.pk, after.name, after.reference) == (before.pk, "Eino K. Elo", before.reference)
    assert mails_to("eino@example.fi") == ["guest_registered"]


def test_changed_answers_keep_known_guests_and_follow_the_number_of_places(desk):
    group = register(desk, "aino@example.fi", places=2, guests=[EINO])
    eino = group.guests.get()
    data = ChangedAnswers(name="Aino", answers={}, places=3, guests=[ELLI, EINO])
    change_answers(registration=group, data=data)
    assert [guest.name for guest in group.guests.all()] == ["Elli Elo", "Eino Elo"]
    assert group.guests.last() == eino
    change_answers(registration=group, data=ChangedAnswers(name="Aino", answers={}, places=1))
    assert people(group) == []
    assert mails_to("eino@example.fi") == ["guest_registered", "guest_cancelled"]


def test_after_the_time_for_changes_a_guest_stays(desk):
    group = register(desk, "aino@example.fi", places=2, guests=[EINO])
    Desk.objects.update(changes_close_at="2020-01-01T00:00Z")
    for change in (guests.cancel_guest, lambda **given: guests.replace_guest(**given, data=ELLI)):
        with pytest.raises(ChangesClosed):
            change(registration=group, reference=group.guests.get().reference)
    assert people(group) == [("Eino Elo", "eino@example.fi", "Virasto")]


def test_a_moved_group_takes_its_guests_along(event, desk):
    other = desk_of(event_with_desk(index=event.get_parent(), title="Toinen", capacity=5))
    group = register(desk, "aino@example.fi", places=2, guests=[EINO])
    lifecycle.move(registration=group, to=other)
    assert mails_to("eino@example.fi") == ["guest_registered", "guest_cancelled", "guest_registered"]
    left, joined = Message.objects.filter(recipient="eino@example.fi").order_by("pk")[1:]
    assert (left.desk, joined.desk) == (desk, other)


def test_a_guest_is_found_exported_and_erased_by_address(desk):
    group = register(desk, "aino@example.fi", name="Aino Aalto", places=2, guests=[EINO])
    found = data_of_address("Eino@example.fi")
    assert found["guests"] == [
        {
            "title": "Webinaari",
            "name": "Eino Elo",
            "email": "eino@example.fi",
            "organisation": "Virasto",
            "attendance": "",
            "answers": [],
            "meetings": [],
            "registered_by": "Aino Aalto",
        }
    ]
    erasure.erase_address(email="eino@example.fi")
    group.refresh_from_db()
    assert (people(group), group.places, group.status) == ([("", "", "")], 2, "confirmed")
    assert mails_to("eino@example.fi") == []


def test_guests_are_erased_with_the_registration_and_told_so(desk):
    group = register(desk, "aino@example.fi", places=2, guests=[EINO])
    erasure.erase(registration=group, cause=ErasureCause.OWN_REQUEST)
    assert Guest.objects.count() == 0
    assert mails_to("eino@example.fi") == ["guest_cancelled"]
