"""What staff see of the server, and do there."""

from collections.abc import Callable
from uuid import uuid4

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth.models import Permission, User
from django.test import Client
from django.urls import reverse
from wagtail.users.models import UserProfile

from home.models import HomePage
from tests.verkosto.linked_events.conftest import Server
from tests.verkosto.linked_events.places.test_place_import import PLACE
from verkosto.directory.models import Venue
from verkosto.linked_events.models import PushedEvent

INDEX = "/admin/linked-events/"
PLACES = f"{INDEX}places/"


@pytest.fixture
def staff(client: Client, homes: dict[str, HomePage]) -> Client:
    """A client of somebody with the permissions to the list and to venues."""
    user = User.objects.create_user("toimittaja", "toimittaja@example.fi")
    names = ("access_admin", "view_pushedevent", "change_pushedevent", "add_venue", "change_venue")
    user.user_permissions.set(Permission.objects.filter(codename__in=names))
    UserProfile.objects.create(user=user, preferred_language="en")
    client.force_login(user)
    return client


def texts(client: Client, path: str, selector: str) -> list[str]:
    answer = client.get(path)
    assert answer.status_code == 200
    return [
        " ".join(each.get_text(" ").split()) for each in BeautifulSoup(answer.content, "html.parser").select(selector)
    ]


def add(title: str, **fields: object) -> PushedEvent:
    return PushedEvent.objects.create(translation_key=uuid4(), title=title, **fields)


def test_list_says_what_became_of_each_event(staff: Client, server: Server) -> None:
    failed = {"state": "failed", "problem": "refused", "response_code": 400, "detail": "No keyword."}
    row = add("Refused", **failed)
    cells = texts(staff, INDEX, "tbody tr td")
    assert cells[0] == "Refused The server refuses the event: 400: No keyword."
    assert cells[1] == "Could not be sent"

    answer = staff.post(reverse("linked_events:send", args=[row.pk]), follow=True)
    assert "being sent again" in answer.content.decode()
    row.refresh_from_db()
    assert row.state == "waiting"
    assert texts(staff, INDEX, "tbody tr td")[1] == "Will be tried again"


def test_places_are_found_chosen_and_imported(staff: Client, server: Server) -> None:
    server.places = {PLACE["id"]: PLACE}
    assert texts(staff, PLACES, "table") == []
    found = f"{PLACES}?text=oodi"
    assert texts(staff, found, "tbody td")[1:] == ["Oodi Töölönlahdenkatu 4, Helsinki tprek:7254", "New"]
    answer = staff.post(PLACES, {"text": "oodi", "place": [PLACE["id"], "tprek:unknown"]}, follow=True)
    assert answer.redirect_chain == [(found, 302)]
    content = answer.content.decode()
    assert "1 place was imported." in content
    assert "1 place could not be read" in content
    assert Venue.objects.count() == 2
    assert texts(staff, found, "tbody td")[2] == "Unchanged"
    server.answers = [(500, None)]
    assert "does not answer as it should" in staff.get(found).content.decode()


def test_who_may_not_is_refused(staff: Client, server: Server) -> None:
    row = add("Event", state="failed")
    user = User.objects.get(username="toimittaja")
    user.user_permissions.set(Permission.objects.filter(codename__in=["access_admin", "view_pushedevent"]))
    assert texts(staff, INDEX, "tbody form") == []
    for answer in (staff.get(PLACES), staff.post(reverse("linked_events:send", args=[row.pk]))):
        assert (answer.status_code, answer["Location"]) == (302, "/admin/")
    row.refresh_from_db()
    assert row.state == "failed"
    assert server.requests == []


def test_list_asks_the_database_as_often_for_many(
    staff: Client, server: Server, count_queries: Callable[..., int]
) -> None:
    def count() -> int:
        return count_queries(INDEX)

    add("1")
    one = count()
    for number in range(29):
        add(str(number))
    assert count() == one
