"""Staff decide on requests to hand over places."""

import html

import pytest
from django.urls import reverse
from wagtail.models import Page

from verkosto.registrations.models import HandoverRequest, Message, Registration


@pytest.fixture
def asked(make_desk, make_registration):
    """A registration whose holder has asked to give the place to Bo."""
    registration = make_registration(make_desk(handover="with_consent"))
    HandoverRequest.objects.create(registration=registration, name="Bo Berg", email="bo@example.fi", language="sv")
    return registration


def url(name, registration):
    return reverse(f"verkosto_registrations_admin:{name}", args=[registration.desk_id, registration.pk])


def test_the_list_and_the_registration_show_the_request(admin_client, asked, make_registration):
    make_registration(asked.desk, name="Cecilia Dahl")
    listing = reverse("verkosto_registrations_admin:registrations", args=[asked.desk_id])
    page = admin_client.get(listing)
    assert page.context["occupancy"].handovers == 1
    assert f'href="{listing}?handover=requested"' in page.content.decode()
    found = admin_client.get(listing, {"handover": "requested"})
    assert list(found.context["object_list"]) == [asked]
    detail = admin_client.get(url("registration", asked)).content.decode()
    assert "Bo Berg, bo@example.fi" in detail
    assert url("hand_over", asked) in detail


def test_accepting_asks_first_and_then_hands_over(admin_client, asked):
    question = html.unescape(admin_client.get(url("hand_over", asked)).content.decode())
    assert "Bo Berg (bo@example.fi)" in question
    assert HandoverRequest.objects.count() == 1
    answer = admin_client.post(url("hand_over", asked))
    assert (answer.status_code, answer["Location"]) == (302, url("registration", asked))
    successor = Registration.objects.get(email="bo@example.fi")
    asked.refresh_from_db()
    assert (asked.status, successor.status, successor.predecessor) == ("cancelled", "confirmed", asked)
    assert sorted(Message.objects.values_list("kind", "recipient")) == [
        ("handed_over", asked.email),
        ("taken_over", "bo@example.fi"),
    ]
    for row, other in ((asked, successor), (successor, asked)):
        assert url("registration", other) in admin_client.get(url("registration", row)).content.decode()
    assert admin_client.post(url("hand_over", asked)).status_code == 302
    assert Registration.objects.count() == 2


def test_refusing_keeps_the_place(admin_client, asked):
    answer = admin_client.post(url("refuse_hand_over", asked), {"reason": "Ei sovi"})
    assert (answer.status_code, answer["Location"]) == (302, url("registration", asked))
    asked.refresh_from_db()
    assert (asked.status, HandoverRequest.objects.count()) == ("confirmed", 0)
    assert Message.objects.get().context == {"reason": "Ei sovi"}


@pytest.mark.parametrize(("rights", "code"), [(("see",), 302), (("see", "change"), 200)])
def test_who_may_not_change_registrations_does_not_decide(client, asked, make_staff, rights, code):
    page = Page.objects.get(translation_key=asked.desk.translation_key)
    client.force_login(make_staff(page, *rights))
    assert [client.get(url(name, asked)).status_code for name in ("hand_over", "refuse_hand_over")] == [code, code]
    assert (url("hand_over", asked) in client.get(url("registration", asked)).content.decode()) == (code == 200)
