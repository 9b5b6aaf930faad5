"""An event at several venues: each person chooses one, and changes to another while it has room.

Finding: one event at three places with a choice of one could not be said.
"""

import json

import pytest
from django.urls import reverse
from icalendar import Calendar

from tests.factories import VenueFactory
from tests.factories.registrations import desk_of, event_with_desk, question, register
from tests.verkosto.registrations.form_posts import address
from tests.verkosto.registrations.manage_pages import open_link
from verkosto.registrations.domain.answers import ChangedAnswers, change_answers
from verkosto.registrations.domain.lifecycle import cancel
from verkosto.registrations.exceptions import ChoiceFull
from verkosto.registrations.mail.compose import compose
from verkosto.registrations.models import Message
from verkosto.registrations.public.context import form_context_at

pytestmark = pytest.mark.django_db
TURKU = "Turku, Kulmatalo, Kulmakatu 1, 20100 Turku"


@pytest.fixture
def event(db):
    kulmatalo = VenueFactory(name="Kulmatalo", street_address="Kulmakatu 1", postal_code="20100", city="Turku")
    asked = question("venue", "Missä osallistut?", choices=[("Turku", 1), ("Oulu", None)], required=True)
    asked["value"]["choices"][0]["value"]["venue"] = kulmatalo.pk
    return event_with_desk(questions=[asked], room="")


@pytest.fixture
def choices(event):
    """The key of the question, and those of its venues."""
    asked = desk_of(event).questions.get()
    return (asked.key, *(choice.key for choice in asked.choices))


def mail_to(registration, kind):
    return compose(Message.objects.get(registration=registration, kind=kind))


def location_in_calendar(mail):
    return str(Calendar.from_ical(mail.calendars[0].content).walk("VEVENT")[0]["location"])


def test_mail_and_calendar_name_the_chosen_venue(client, event, choices):
    asked, turku, oulu = choices
    registration = register(desk_of(event), "a@example.fi", answers={asked: turku})

    mail = mail_to(registration, "confirmed")
    assert [fact.value for fact in mail.facts if fact.label == "Paikka"] == [TURKU]
    assert location_in_calendar(mail) == TURKU

    change_answers(registration=registration, data=ChangedAnswers(name="A", answers={asked: oulu}))
    mail = mail_to(registration, "changed")
    assert [fact.value for fact in mail.facts if fact.label == "Paikka"] == ["Oulu"]
    assert location_in_calendar(mail) == "Oulu"

    page = client.get(open_link(client, registration)["Location"]).content.decode()
    assert "<dt>Paikka</dt><dd>Oulu</dd>" in page


def test_change_to_a_full_venue_is_refused_and_nothing_is_lost(event, choices):
    asked, turku, oulu = choices
    register(desk_of(event), "a@example.fi", answers={asked: turku})
    other = register(desk_of(event), "b@example.fi", answers={asked: oulu})

    with pytest.raises(ChoiceFull):
        change_answers(registration=other, data=ChangedAnswers(name="B", answers={asked: turku}))
    other.refresh_from_db()
    assert (other.answers, other.status) == ({asked: oulu}, "confirmed")


def test_who_waits_for_a_full_venue_gets_the_place_that_becomes_free_there(client, event, choices):
    asked, turku, oulu = choices
    desk = desk_of(event)
    first = register(desk, "a@example.fi", answers={asked: turku})
    waiting = register(desk, "b@example.fi", answers={asked: turku})
    assert waiting.status == "waiting"
    # Free places elsewhere are not due to them.
    assert register(desk, "c@example.fi", answers={asked: oulu}).status == "confirmed"
    form = client.get(address(desk)).content.decode()
    assert "Turku (täynnä: pääset varasijajonoon)" in form

    cancel(registration=first)
    waiting.refresh_from_db()
    assert waiting.status == "confirmed"
    assert mail_to(waiting, "promoted").calendars


def test_who_waits_for_a_full_venue_may_take_a_place_at_another(event, choices):
    asked, turku, oulu = choices
    register(desk_of(event), "a@example.fi", answers={asked: turku})
    waiting = register(desk_of(event), "b@example.fi", answers={asked: turku})

    change_answers(registration=waiting, data=ChangedAnswers(name="B", answers={asked: oulu}))
    waiting.refresh_from_db()
    assert (waiting.status, waiting.holds_place) == ("confirmed", True)


def test_without_a_waiting_list_a_full_venue_is_refused(event, choices):
    asked, turku, _oulu = choices
    desk = desk_of(event)
    type(desk).objects.filter(pk=desk.pk).update(waiting_list=False)
    desk.refresh_from_db()
    desk.pools.filter(kind="waiting").update(capacity=0)
    register(desk, "a@example.fi", answers={asked: turku})
    with pytest.raises(ChoiceFull):
        register(desk, "b@example.fi", answers={asked: turku})


def test_visitors_see_the_venues_with_their_places(client, event, choices):
    asked, turku, _oulu = choices
    desk = desk_of(event)
    before = [(venue.location, venue.left) for venue in form_context_at(desk.translation_key).venues]
    assert before == [(TURKU, 1), ("Oulu", None)]
    assert "1 paikka jäljellä" in client.get(event.url).content.decode().replace("\u00a0", " ")

    register(desk, "a@example.fi", answers={asked: turku})
    form_context = form_context_at(desk.translation_key)
    assert [venue.is_full for venue in form_context.venues] == [True, False]
    assert form_context.full_options == {"turku"}
    locations = json.loads(event.structured_data)["location"]
    assert [location["name"] for location in locations] == ["Kulmatalo", "Oulu"]
    # Who has not chosen yet, such as an invited person, reads all of them.
    assert desk.version("fi")["where"] == f"{TURKU}; Oulu"


def test_staff_check_in_and_print_by_venue(admin_client, event, choices):
    asked, turku, oulu = choices
    desk = desk_of(event)
    for name, venue in (("aino", turku), ("oiva", oulu)):
        register(desk, f"{name}@example.fi", answers={asked: venue})

    for page in ("check_in", "attendance_list"):
        url = reverse(f"verkosto_registrations_admin:{page}", args=[desk.pk])
        found = {}
        for venue in (turku, oulu, "", "unknown"):
            html = admin_client.get(url, {"venue": venue}).content.decode()
            found[venue] = [name for name in ("Aino", "Oiva") if name in html]
        assert found == {turku: ["Aino"], oulu: ["Oiva"], "": ["Aino", "Oiva"], "unknown": ["Aino", "Oiva"]}, page
