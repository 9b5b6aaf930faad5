"""Guests in the registration form, and on the manage pages."""

import pytest

from tests.factories.registrations import desk_of, event_with_desk, publish, register
from tests.verkosto.registrations.form_posts import address as form_address
from tests.verkosto.registrations.form_posts import fill
from tests.verkosto.registrations.manage_pages import address, open_link, soup
from verkosto.registrations.domain.guests import GuestData
from verkosto.registrations.models import Registration

pytestmark = pytest.mark.django_db
EINO = GuestData(name="Eino Elo", email="eino@example.fi")


@pytest.fixture
def event():
    asked = {"guest_addresses": True, "guest_organisations": True}
    return event_with_desk(capacity=9, places_per_registration=3, **asked)


@pytest.fixture
def desk(event):
    return desk_of(event)


def fields_of(answer):
    return [field["name"] for field in soup(answer).select("main input[name^=guest]")]


def errors_of(answer):
    return [link["href"] for link in soup(answer).select(".ds-error-summary a")]


def people(registration):
    return list(registration.guests.values_list("name", "email", "organisation"))


def test_the_form_asks_for_as_many_guests_as_one_may_bring_and_for_what_the_editor_wants(client, event, desk):
    parts = ("name", "email", "organisation")
    assert fields_of(client.get(form_address(desk))) == [f"guest-{n}-{part}" for n in (1, 2) for part in parts]
    for places, names in ((2, ["guest-1-name"]), (1, [])):
        event.places_per_registration, event.guest_addresses, event.guest_organisations = places, False, False
        publish(event)
        assert fields_of(client.get(form_address(desk))) == names


def test_guests_are_stored_each_with_address_and_organisation(client, desk):
    typed = {"guest-1-name": "Eino Elo", "guest-1-email": "Eino@example.fi", "guest-1-organisation": "Virasto"}
    answer = client.post(form_address(desk), fill(desk, places="3", **typed, **{"guest-2-name": "Elli Elo"}))
    assert answer.status_code == 302
    assert people(Registration.objects.get()) == [
        ("Eino Elo", "eino@example.fi", "Virasto"),
        ("Elli Elo", "", ""),
    ]


@pytest.mark.parametrize(
    ("typed", "wrong"),
    [
        ({"places": "2"}, ["#id_guest-1-name"]),
        ({"places": "3", "guest-1-name": "Eino"}, ["#id_guest-2-name"]),
        ({"places": "2", "guest-1-email": "eino@example.fi"}, ["#id_guest-1-name"]),
        ({"places": "2", "guest-1-name": "Eino", "guest-1-email": "eino"}, ["#id_guest-1-email"]),
        ({"places": "2", "guest-1-name": "Eino", "guest-1-email": "aino@example.fi"}, ["#id_guest-1-email"]),
        ({"places": "1", "guest-1-name": "Eino"}, ["#id_places"]),
    ],
)
def test_what_is_wrong_about_guests_is_said_at_the_field_and_nothing_is_lost(client, desk, typed, wrong):
    answer = client.post(form_address(desk), fill(desk, **typed))
    assert (answer.status_code, errors_of(answer)) == (422, wrong)
    shown = {field["name"]: field.get("value", "") for field in soup(answer).select("main form input[name]")}
    assert {name: shown[name] for name in typed} == typed
    assert not Registration.objects.exists()


def test_one_guest_is_replaced_and_one_cancelled_on_the_manage_page(client, desk):
    group = register(desk, "aino@example.fi", places=3, guests=[EINO, "Elli Elo"])
    eino, elli = group.guests.all()
    open_link(client, group)
    links = [link["href"] for link in soup(client.get(address(group))).select("main dd a")]
    pages = [address(group, f"guest/{guest.reference}/{page}") for guest in (eino, elli) for page in ("", "cancel/")]
    assert [page in links for page in pages] == [True] * 4

    assert client.get(pages[0]).status_code == 200
    refused = client.post(pages[0], {"name": "", "email": "aino@example.fi"})
    assert (refused.status_code, errors_of(refused)) == (422, ["#id_name", "#id_email"])
    assert client.post(pages[0], {"name": "Bo Berg", "email": "bo@example.fi"}).status_code == 302
    assert people(group) == [("Bo Berg", "bo@example.fi", ""), ("Elli Elo", "", "")]

    assert client.get(pages[3]).status_code == 200
    assert group.guests.count() == 2
    assert client.post(pages[3]).status_code == 302
    group.refresh_from_db()
    assert (group.places, people(group)) == (2, [("Bo Berg", "bo@example.fi", "")])
    assert [client.get(page).status_code for page in (pages[0], pages[3])] == [404, 404]


def test_the_guest_of_another_registration_is_not_found(client, desk):
    own, other = register(desk, "aino@example.fi"), register(desk, "b@example.fi", places=2, guests=[EINO])
    open_link(client, own)
    for page in ("", "cancel/"):
        url = address(own, f"guest/{other.guests.get().reference}/{page}")
        assert [client.get(url).status_code, client.post(url).status_code] == [404, 404]
    assert other.guests.count() == 1
