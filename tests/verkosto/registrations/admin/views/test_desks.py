from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone


def page(client, name, *args, **query):
    response = client.get(reverse(f"verkosto_registrations_admin:{name}", args=args), query)
    assert response.status_code == 200
    return response


def queries(client, capture, url):
    client.get(url)  # content types and sites are cached from now on
    with capture() as captured:
        assert client.get(url).status_code == 200
    return len(captured)


@pytest.fixture
def capture():
    return lambda: CaptureQueriesContext(connection)


def test_desks_show_their_occupancy(admin_client, make_desk, make_registration):
    desk = make_desk("Verkostopäivä", capacity=4)
    make_registration(desk, places=3)
    make_registration(desk, status="waiting")
    make_registration(desk, status="awaiting_approval")
    response = page(admin_client, "desks")
    html = response.content.decode()
    assert "Verkostopäivä" in html
    assert 'width="75%"' in html
    row = response.context["object_list"][0]
    assert (row.number_waiting, row.number_to_approve) == (1, 1)


def test_desks_are_searched_in_every_language(admin_client, make_desk):
    make_desk("Syysseminaari")
    make_desk("Toinen")
    found = page(admin_client, "desks", q="seminaari på sv").context["object_list"]
    assert [desk.title for desk in found] == ["Syysseminaari"]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ({"state": "open"}, {"open"}),
        ({"state": "later"}, {"later"}),
        ({"state": "closed"}, {"closed", "later"}),
        ({"time": "past"}, {"closed"}),
        ({"time": "coming"}, {"open", "later"}),
    ],
)
def test_desks_are_filtered(admin_client, make_desk, query, expected):
    now = timezone.now()
    make_desk("open")
    make_desk("later", opens_at=now + timedelta(days=1))
    past = now - timedelta(days=3)
    make_desk("closed", closes_at=past, starts_at=past, ends_at=past + timedelta(hours=1))
    assert {desk.title for desk in page(admin_client, "desks", **query).context["object_list"]} == expected


def test_next_event_is_first_in_the_list_of_desks(admin_client, make_desk):
    now = timezone.now()
    for days in (-9, 30, -2, 3):
        at = now + timedelta(days=days)
        make_desk(str(days), starts_at=at, ends_at=at + timedelta(hours=1))
    make_desk("no date", starts_at=None, ends_at=None)
    listed = [desk.title for desk in page(admin_client, "desks").context["object_list"]]
    assert listed == ["3", "30", "no date", "-2", "-9"]
    listed = [desk.title for desk in page(admin_client, "desks", ordering="-starts_at").context["object_list"]]
    assert [title for title in listed if title != "no date"] == ["30", "3", "-2", "-9"]


def test_desk_list_has_a_constant_number_of_queries(admin_client, capture, make_desk, make_registration):
    url = reverse("verkosto_registrations_admin:desks")
    make_registration(make_desk("1"))
    one = queries(admin_client, capture, url)
    for number in range(29):
        make_registration(make_desk(str(number)), status="waiting")
    # The admin's menu asks too, for each installed app: the bound is loose, the equality is not.
    assert one == queries(admin_client, capture, url) <= 14
