"""What lists say about the registration of a page, and that it is never outdated."""

from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils.translation import override

from tests.factories.registrations import desk_of, empty_desk, event_with_desk, register
from tests.verkosto.registrations.form_posts import address, fill
from verkosto.core.content_cache import content_version
from verkosto.registrations.domain.answers import ChangedAnswers, change_answers
from verkosto.registrations.domain.lifecycle import approve, cancel, give_place, rejoin
from verkosto.registrations.models import Desk
from verkosto.registrations.public.available_places import places_at

pytestmark = pytest.mark.django_db

HELSINKI = "Europe/Helsinki"
PAST, LATER = datetime(2020, 1, 1, tzinfo=UTC), datetime(2125, 12, 31, 22, tzinfo=UTC)


def found(desk: Desk) -> tuple[str, list[str]]:
    places = places_at([desk.translation_key])[desk.translation_key]
    texts = []
    for language in ("fi", "sv", "en"):
        with override(language):
            texts.append(places.text(HELSINKI).replace("\u00a0", " "))
    return places.state, texts


@pytest.mark.parametrize(
    ("facts", "taken", "state", "texts"),
    [
        ({}, 0, "open", ["Ilmoittautuminen auki", "Anmälan öppen", "Registration open"]),
        ({"capacity": 20}, 0, "open", ["Paikkoja jäljellä", "Platser kvar", "Places left"]),
        (
            {"capacity": 20, "show_places_left": False},
            0,
            "open",
            ["Ilmoittautuminen auki", "Anmälan öppen", "Registration open"],
        ),
        ({"capacity": 10}, 1, "open", ["9 paikkaa jäljellä", "9 platser kvar", "9 places left"]),
        ({"capacity": 2}, 1, "few", ["1 paikka jäljellä", "1 plats kvar", "1 place left"]),
        (
            {"capacity": 1},
            1,
            "waiting",
            ["Täynnä, varasijajono on auki", "Fullbokat, väntelistan är öppen", "Full, waiting list open"],
        ),
        ({"capacity": 1, "waiting_list": False}, 1, "full", ["Täynnä", "Fullbokat", "Fully booked"]),
        (
            {"capacity": 1, "needs_approval": True},
            0,
            "open",
            ["Ilmoittautuminen auki", "Anmälan öppen", "Registration open"],
        ),
        (
            {"registration_closes_at": PAST},
            0,
            "closed",
            ["Ilmoittautuminen on päättynyt", "Anmälningstiden har gått ut", "Registration has closed"],
        ),
        (
            {"registration_opens_at": LATER},
            0,
            "not_yet",
            ["Ilmoittautuminen alkaa ti 1.1.", "Anmälan börjar tis 1 januari", "Registration opens Tue 1 January"],
        ),
        ({"eligibility": "invited"}, 0, "invited", ["Kutsusta", "På inbjudan", "By invitation"]),
        (
            {"eligibility": "members", "capacity": 20},
            0,
            "open",
            ["Ilmoittautuminen auki jäsenille", "Anmälan öppen för medlemmar", "Registration open to members"],
        ),
        ({"status": "cancelled"}, 0, "cancelled", ["", "", ""]),
    ],
)
def test_state_of_a_desk(facts: dict[str, Any], taken: int, state: str, texts: list[str]) -> None:
    desk = desk_of(event_with_desk(**facts))
    for number in range(taken):
        register(desk, f"person{number}@example.fi")
    assert found(desk) == (state, texts)


@pytest.mark.parametrize("count", [1, 30])
def test_many_desks_take_one_query(count: int) -> None:
    keys = [empty_desk(uuid4(), capacity=20).translation_key for _ in range(count)]
    with CaptureQueriesContext(connection) as captured:
        texts = [places.text(HELSINKI) for places in places_at(keys).values()]
    assert (len(texts), len(captured)) == (count, 1)


def test_desk_that_does_not_exist_has_no_state() -> None:
    assert places_at([uuid4()]) == {}


def test_whatever_takes_a_place_renews_cached_pages() -> None:
    desk = desk_of(event_with_desk(capacity=30, needs_approval=True, places_per_registration=3))
    applicant = register(desk, "aino@example.fi")

    def renews(change: Any) -> bool:
        before = content_version()
        change()
        return content_version() != before

    assert renews(lambda: approve(registration=applicant))
    assert renews(
        lambda: change_answers(registration=applicant, data=ChangedAnswers(name="Aino", answers={}, places=3))
    )
    cancel(registration=applicant)
    assert renews(lambda: rejoin(registration=applicant))


def test_place_that_staff_give_renews_cached_pages(admin_user: Any) -> None:
    desk = desk_of(event_with_desk(capacity=1))
    register(desk, "first@example.fi")
    waiting = register(desk, "second@example.fi")
    Desk.objects.filter(pk=desk.pk).update(capacity=2)
    desk.pools.filter(kind="desk").update(capacity=2)
    before = content_version()
    give_place(registration=waiting, user=admin_user)
    middle = content_version()
    Desk.objects.filter(pk=desk.pk).update(capacity=3)
    desk.pools.filter(kind="desk").update(capacity=3)
    register(desk, "third@example.fi", user=admin_user)
    assert len({before, middle, content_version()}) == 3


def test_form_for_several_people_renews_pages_before_the_last_places(client: Client) -> None:
    """With 12 places left and 3 taken at once, a list says “9 places left” at once."""
    desk = desk_of(event_with_desk(capacity=12, places_per_registration=3))
    before = content_version()
    form = fill(desk, places="3", **{"guest-1-name": "Bertta", "guest-2-name": "Cecilia"})
    assert client.post(address(desk), form).status_code == 302
    assert content_version() != before
    assert found(desk)[1][2] == "9 places left"


def test_those_who_join_a_waiting_list_do_not_renew_cached_pages_until_it_is_nearly_full(client: Client) -> None:
    """In a rush each would renew all pages of the site."""
    desk = desk_of(event_with_desk(capacity=1))
    version = content_version()
    assert client.post(address(desk), fill(desk, email="first@example.fi")).status_code == 302
    full = content_version()
    assert client.post(address(desk), fill(desk, email="second@example.fi")).status_code == 302
    assert version != full == content_version()
    assert found(desk)[1][2] == "Full, waiting list open"
    assert desk.pools.filter(kind="waiting").update(capacity=2) == 1
    assert client.post(address(desk), fill(desk, email="third@example.fi")).status_code == 302
    assert content_version() != full
    assert found(desk)[1][2] == "Fully booked"
