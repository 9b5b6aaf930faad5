"""There is one way to sign in, and each sign-in begins a new session."""

import pytest
from django.contrib.sessions.models import Session
from django.urls import is_valid_path, resolve

from tests.verkosto.accounts.conftest import PASSWORD, code_now


@pytest.mark.parametrize("path", ["/admin/login/", "/accounts/login/"])
def test_both_addresses_show_the_same_sign_in_page(client, maija, sign_in, path) -> None:
    assert client.get(path).status_code == 200
    response = sign_in(path=path)
    assert (response.status_code, response["Location"]) == (302, "/admin/reports/")
    assert client.get("/admin/account/").status_code == 200


def test_there_is_one_address_to_sign_out() -> None:
    views = {resolve(path).func.view_class for path in ("/admin/logout/", "/accounts/logout/")}
    assert len(views) == 1


def test_private_pages_redirect_to_the_sign_in_page(client, db) -> None:
    response = client.get("/fi/_util/login/?next=/fi/private/")
    assert (response.status_code, response["Location"]) == (302, "/admin/login/?next=/fi/private/")


def test_nobody_signs_up_or_goes_round() -> None:
    closed = [
        "signup/",
        "email/",
        "password/change/",
        "password/set/",
        "password/reset/",
        "3rdparty/signup/",
        "login/code/",
    ]
    assert [path for path in closed if is_valid_path(f"/accounts/{path}")] == []


def test_session_id_changes_at_sign_in_and_the_old_cookie_dies_at_sign_out(client, maija, sign_in) -> None:
    client.post("/admin/login/", {"username": "maija", "password": "wrong"})
    session = client.session
    session["visitor"] = True
    session.save()
    client.cookies["sessionid"] = before = session.session_key
    sign_in()
    after = client.cookies["sessionid"].value
    assert after != before
    assert not Session.objects.filter(pk=before).exists()
    client.post("/accounts/logout/")
    client.cookies["sessionid"] = after
    assert client.get("/admin/account/")["Location"].startswith("/admin/login/")


def test_session_id_changes_after_the_second_factor_too(client, with_app, sign_in) -> None:
    sign_in()
    before = client.cookies["sessionid"].value
    client.post("/accounts/2fa/authenticate/", {"code": code_now()})
    assert client.cookies["sessionid"].value != before
    assert not Session.objects.filter(pk=before).exists()


def test_the_page_says_what_is_wrong_and_keeps_the_name(client, maija, sign_in) -> None:
    html = sign_in(password="wrong").content.decode()
    assert "Käyttäjätunnus ja salasana eivät täsmänneet" in html
    assert 'value="maija"' in html
    assert "wrong" not in html


def test_signing_in_leads_to_no_other_site(sign_in, maija) -> None:
    assert sign_in(next="https://evil.example/")["Location"] == "/admin/"


def test_public_pages_set_no_cookie_and_vary_for_nobody(client, homes) -> None:
    response = client.get("/fi/")
    assert (response.status_code, dict(response.cookies)) == (200, {})
    assert "Cookie" not in response.get("Vary", "")


def test_closed_account_stays_closed(client, maija, sign_in) -> None:
    maija.is_active = False
    maija.save()
    assert sign_in(password=PASSWORD).status_code == 200
    assert "_auth_user_id" not in client.session
