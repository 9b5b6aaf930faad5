"""When sessions of staff end, who sees which ones they have, and how all others are ended."""

import pytest
from django.contrib.sessions.models import Session
from django.test import Client
from django.urls import reverse

from tests.verkosto.accounts.conftest import PASSWORD
from verkosto.accounts import sessions
from verkosto.accounts.models import SignIn
from verkosto.core.scheduled_work.registry import steps

FIREFOX = {"User-Agent": "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0"}


@pytest.fixture
def elsewhere(maija) -> Client:
    """Maija, signed in with Firefox at the office."""
    client = Client(headers=FIREFOX)
    client.post("/admin/login/", {"username": "maija", "password": PASSWORD})
    return client


@pytest.mark.parametrize(
    ("hours", "minutes", "opens"),
    [
        pytest.param(0, 0, [True, True, True], id="never"),
        pytest.param(2, 0, [True, True, False], id="two hours after the sign-in"),
        pytest.param(0, 60, [True, False, False], id="an hour after the last use"),
    ],
)
def test_sessions_end(client, maija, sign_in, settings, time_machine, hours, minutes, opens) -> None:
    settings.STAFF_SESSION_HOURS, settings.STAFF_IDLE_MINUTES = hours, minutes
    sign_in()
    found = []
    for moment in ("09:50", "10:55", "11:45"):
        time_machine.move_to(f"2026-11-02 {moment} +0000", tick=False)
        found.append(client.get("/admin/account/").status_code == 200)
    assert found == opens


def test_an_ended_session_is_gone(client, maija, sign_in, settings, time_machine) -> None:
    settings.STAFF_SESSION_HOURS = 2
    sign_in()
    key = client.session.session_key
    time_machine.move_to("2026-11-02 11:45 +0000", tick=False)
    assert client.get("/admin/")["Location"].startswith("/admin/login/")
    assert (Session.objects.filter(pk=key).count(), SignIn.objects.count()) == (0, 0)


def test_an_open_editor_alone_keeps_no_session(client, maija, sign_in, settings, time_machine) -> None:
    settings.STAFF_IDLE_MINUTES = 60
    ping = reverse("wagtailadmin_editing_sessions:ping", args=["wagtailcore", "page", 1, 1])
    sign_in()
    for moment in ("09:30", "09:59"):
        time_machine.move_to(f"2026-11-02 {moment} +0000", tick=False)
        client.post(ping)
    time_machine.move_to("2026-11-02 10:01 +0000", tick=False)
    assert client.get("/admin/")["Location"].startswith("/admin/login/")


def test_all_other_sessions_are_ended(client, maija, sign_in, elsewhere) -> None:
    sign_in(headers={"User-Agent": "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"})
    page = client.get("/accounts/sessions/")
    assert [row.browser for row in page.context_data["rows"]] == ["Firefox, Linux", "Firefox, Windows"]
    response = client.post("/accounts/sessions/", follow=True)
    assert "You have signed out of all other browsers." in response.content.decode()
    assert client.get("/admin/account/").status_code == 200
    assert elsewhere.get("/admin/account/")["Location"].startswith("/admin/login/")
    assert SignIn.objects.count() == 1


def test_the_row_follows_a_session_that_gets_a_new_id(client, maija, sign_in, elsewhere) -> None:
    """Saving the account page renews the id: the other browser must still be signed out."""
    before = elsewhere.session.session_key
    elsewhere.post("/admin/account/", {"locale-preferred_language": "en"})
    session = elsewhere.session
    session.cycle_key()
    elsewhere.cookies["sessionid"] = session.session_key
    elsewhere.get("/admin/account/")
    assert SignIn.objects.get().session_key == session.session_key != before
    sign_in()
    client.post("/accounts/sessions/")
    assert elsewhere.get("/admin/account/").status_code == 302


def test_signing_out_forgets_the_session(client, maija, sign_in, elsewhere) -> None:
    elsewhere.post("/admin/logout/")
    assert not SignIn.objects.exists()


def test_rows_of_ended_sessions_are_deleted(maija, elsewhere) -> None:
    assert sessions.delete_ended() == 0
    Session.objects.all().delete()
    assert (sessions.delete_ended(), SignIn.objects.count()) == (1, 0)
    names = [*steps()]
    assert names.index("delete_expired_sessions") < names.index("delete_ended_sign_ins")
    assert steps()["delete_ended_sign_ins"].at == steps()["delete_expired_sessions"].at


def test_account_without_the_admin_is_told_so_and_led_in_no_circle(client, maija, sign_in) -> None:
    maija.groups.clear()
    response = client.get(sign_in()["Location"], follow=True)
    assert (response.status_code, len(response.redirect_chain)) == (403, 1)
    assert "Käyttäjätililläsi ei pääse tänne" in response.content.decode()
