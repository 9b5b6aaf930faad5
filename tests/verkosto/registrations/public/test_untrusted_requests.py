"""Requests by strangers, and what they must not see."""

import pytest
from django.apps import apps
from django.core import serializers

from tests.factories.registrations import desk_of, event_with_desk, question, register
from tests.verkosto.registrations.form_posts import address, fill
from verkosto.registrations.models import Registration
from verkosto.registrations.privacy.retention import purge
from verkosto.registrations.tokens import issue_token

pytestmark = pytest.mark.django_db


def test_one_visitors_session_leaves_no_trace_on_a_public_page(client, event, desk):
    registration = register(desk, "aino@example.fi", name="Aino Virtanen")
    client.get(f"/fi/registrations/open/{issue_token(registration=registration)}/")
    assert {
        (name, cookie["path"], cookie["httponly"], cookie["samesite"]) for name, cookie in client.cookies.items()
    } == {
        (
            f"registration-{registration.reference}-{code}",
            f"/{code}/registrations/manage/{registration.reference}/",
            True,
            "Lax",
        )
        for code in ("fi", "sv", "en")
    }
    for url in (event.url, address(desk), f"{address(desk)}places/"):
        answer = client.get(url)
        assert "Aino Virtanen" not in answer.content.decode()
        assert "aino@example.fi" not in answer.content.decode()
        assert "Set-Cookie" not in answer.headers


def test_foreign_hosts_are_refused_and_stand_in_no_mail(
    client, desk, settings, django_capture_on_commit_callbacks, mailoutbox
):
    settings.ALLOWED_HOSTS = ["testserver"]
    assert client.post(address(desk), fill(desk), headers={"Host": "evil.example"}).status_code == 400
    with django_capture_on_commit_callbacks(execute=True):
        client.post(address(desk), fill(desk), headers={"X-Forwarded-Host": "evil.example"})
    assert Registration.objects.count() == 1
    assert settings.SITE_URL in mailoutbox[0].body
    assert "evil.example" not in mailoutbox[0].body


@pytest.mark.parametrize("path", ["%00/", "x/", "received/%00/", "received/" + "a" * 5000 + "/", "places/?x=%ff"])
def test_odd_addresses_are_no_errors(client, desk, path):
    assert client.get(f"{address(desk)}{path}").status_code < 500
    assert client.post(f"{address(desk)}{path}", {"name": ["a", "b"]}).status_code < 500
    assert not Registration.objects.exists()


@pytest.mark.parametrize("path", ["open/%00/", "invitation/" + "x" * 3000 + "/", "mine/file/%00/", "open/%ff%fe/"])
def test_odd_links_are_no_errors(client, db, path):
    assert client.get(f"/fi/registrations/{path}").status_code in (400, 404)
    assert not [name for name in client.cookies if name.startswith("registration")]


def test_a_megabyte_in_every_field_is_no_error(client, desk):
    big = "x" * 1_000_000
    for field in ("name", "email", "rendered", "website"):
        assert client.post(address(desk), fill(desk, **{field: big})).status_code in (400, 422)
    assert not Registration.objects.exists()


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({}, 302),
        ({"Referer": "http://testserver/fi/"}, 302),
        ({"Referer": "http://evil.example/"}, 403),
        ({"Referer": "http://[evil/"}, 403),
        ({"Referer": "about:blank"}, 403),
        ({"Origin": "null"}, 403),
        ({"Origin": "http://testserver", "Referer": "http://evil.example/"}, 302),
    ],
)
def test_referer_is_asked_where_a_browser_sends_no_origin(client, desk, headers, status):
    """Security finding P: a foreign Referer without an Origin was accepted."""
    assert client.post(address(desk), fill(desk), headers=headers).status_code == status
    assert Registration.objects.exists() == (status == 302)


def test_nothing_of_a_purged_person_is_left_in_any_table(client, django_capture_on_commit_callbacks):
    diet, text = question("dietary_needs", "Ruokavalio"), question("text", "Titteli")
    event = event_with_desk(questions=[diet, text])
    desk = desk_of(event)
    with django_capture_on_commit_callbacks(execute=True):
        client.post(
            address(desk),
            fill(desk, name="Zaphod Beeblebrox", email="zaphod@example.fi",
                 **{f"q-{diet['id']}": "zaphodin ruoka", f"q-{text['id']}": "zaphodin titteli"}),
        )  # fmt: skip
        client.post("/fi/registrations/link/", {"email": "zaphod@example.fi"})
    assert rows_with("zaphod")
    purge(desk.ends_at.replace(year=desk.ends_at.year + 2))
    assert rows_with("zaphod") == []
    assert Registration.objects.get().status == "confirmed"


def rows_with(word: str) -> list[str]:
    """The tables in which a word occurs."""
    return [
        model._meta.label
        for model in apps.get_models()
        if model._meta.managed and word in serializers.serialize("json", model._default_manager.all()).lower()
    ]
