"""Without the second factor an account opens nothing, however it has signed in."""

import re

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP
from django.contrib.auth.models import User
from django.core import mail
from django.core.files.base import ContentFile
from wagtail.documents import get_document_model
from wagtail.models import Collection, CollectionViewRestriction, PageViewRestriction

from tests.verkosto.accounts.conftest import PASSWORD, SECRET, code_now

PROOF = "/accounts/2fa/authenticate/"


@pytest.fixture(autouse=True)
def required(settings) -> None:
    settings.STAFF_SECOND_FACTOR = True


def test_password_alone_opens_nothing(client, with_app, sign_in) -> None:
    response = sign_in()
    assert (response.status_code, response["Location"]) == (302, PROOF)
    assert "_auth_user_id" not in client.session
    assert client.get("/admin/")["Location"].startswith("/admin/login/")
    response = client.post(PROOF, {"code": code_now()})
    assert (response.status_code, response["Location"]) == (302, "/admin/reports/")
    assert client.get("/admin/account/").status_code == 200


def test_code_is_taken_once(client, with_app, sign_in) -> None:
    sign_in()
    code = code_now()
    client.post(PROOF, {"code": code})
    client.post("/admin/logout/")
    sign_in()
    assert client.post(PROOF, {"code": code}).status_code == 200
    assert "_auth_user_id" not in client.session


def test_codes_are_guessed_as_rarely_as_passwords(client, with_app, sign_in, time_machine) -> None:
    sign_in()
    for number in range(5):
        assert client.post(PROOF, {"code": f"{number:06}"}).status_code == 200
    refused = client.post(PROOF, {"code": code_now()})
    assert "Liian monta yritystä" in refused.content.decode()
    time_machine.move_to("2026-11-02 09:16 +0000", tick=False)
    sign_in()
    assert client.post(PROOF, {"code": code_now()}).status_code == 302


def test_recovery_code_works_once(client, with_app, sign_in) -> None:
    code = Authenticator.objects.get(type="recovery_codes").wrap().get_unused_codes()[0]
    for status, is_signed_in in ((302, True), (200, False)):
        sign_in()
        assert client.post(PROOF, {"code": code}).status_code == status
        assert ("_auth_user_id" in client.session) is is_signed_in
        client.post("/admin/logout/")


def test_secret_is_not_in_the_database(with_app) -> None:
    stored = str(list(Authenticator.objects.values_list("data", flat=True)))
    assert SECRET not in stored
    assert Authenticator.objects.get(type="totp").wrap().validate_code(code_now())


CLOSED = ["/admin/", "/admin/pages/", "/admin/api/main/pages/", "/admin/account/", "/admin/reports/", "/admin/login/"]


@pytest.mark.parametrize("path", CLOSED)
def test_who_has_no_second_factor_is_led_to_add_one(client, maija, sign_in, path) -> None:
    sign_in()
    response = client.get(path)
    assert (response.status_code, response["Location"].partition("?")[0]) == (302, "/accounts/2fa/")
    assert client.post(path, {}).status_code in (302, 403)
    assert client.get(path, headers={"X-Requested-With": "XMLHttpRequest"}).status_code == 403


@pytest.fixture
def add_app(client, django_capture_on_commit_callbacks):
    """Adds an authenticator app as the page does; returns the response."""

    def add_app():
        secret = client.get("/accounts/2fa/totp/activate/").context_data["form"].secret
        with django_capture_on_commit_callbacks(execute=True):
            return client.post("/accounts/2fa/totp/activate/", {"code": code_now(secret)})

    return add_app


def test_adding_an_app_opens_the_admin(client, maija, sign_in, add_app) -> None:
    sign_in()
    response = add_app()
    assert (response.status_code, response["Location"]) == (302, "/accounts/2fa/recovery-codes/")
    codes = client.get(response["Location"]).context_data["unused_codes"]
    assert len(codes) == len(set(codes)) == 10
    assert client.get("/admin/account/").status_code == 200


def test_private_file_and_page_are_as_for_a_visitor(client, maija, sign_in, add_app, homes) -> None:
    private = Collection.get_first_root_node().add_child(name="Staff")
    CollectionViewRestriction.objects.create(collection=private, restriction_type="login")
    document = get_document_model().objects.create(
        title="Plan", file=ContentFile(b"plan", "plan.pdf"), collection=private
    )
    PageViewRestriction.objects.create(page=homes["fi"], restriction_type="login")
    sign_in()
    for path in (document.url, "/fi/"):
        assert client.get(path)["Location"].startswith("/admin/login/?next=")
    add_app()
    assert [client.get(path).status_code for path in (document.url, "/fi/")] == [200, 200]


def test_session_from_before_the_second_factor_has_to_prove_it(client, maija, sign_in) -> None:
    """Its password must neither open the admin nor add another second factor."""
    sign_in()
    TOTP.activate(maija, SECRET)
    for path in ("/admin/", "/accounts/2fa/", "/accounts/2fa/passkeys/add/", "/accounts/reauthenticate/"):
        assert client.get(path)["Location"].startswith("/accounts/2fa/reauthenticate/?next=")
    proof = client.post("/accounts/2fa/reauthenticate/?next=/admin/account/", {"code": code_now()})
    assert (proof.status_code, proof["Location"]) == (302, "/admin/account/")
    assert client.get("/admin/account/").status_code == 200


def test_a_session_made_in_another_way_opens_nothing(client, maija) -> None:
    client.force_login(maija)
    assert client.get("/admin/")["Location"].startswith("/accounts/2fa/?next=")


def test_password_reset_leads_to_the_second_factor(client, with_app, sign_in) -> None:
    client.post("/admin/password_reset/", {"email": "maija@example.fi"})
    link = re.search(r"/admin/password_reset/confirm/\S+", mail.outbox[0].body)
    assert link
    page = client.get(link[0], follow=True)
    new = "another secret of mine"
    client.post(page.request["PATH_INFO"], {"new_password1": new, "new_password2": new})
    assert "_auth_user_id" not in client.session
    assert sign_in(password=new)["Location"] == PROOF


def test_removing_the_last_one_leads_to_adding_another(client, with_app, sign_in) -> None:
    sign_in()
    client.post(PROOF, {"code": code_now()})
    assert client.get("/accounts/2fa/totp/deactivate/").status_code == 200
    client.post("/accounts/2fa/totp/deactivate/")
    assert not Authenticator.objects.exists()
    assert client.get("/admin/")["Location"].startswith("/accounts/2fa/")


def test_changing_second_factors_needs_a_recent_proof(client, with_app, sign_in, time_machine) -> None:
    sign_in()
    client.post(PROOF, {"code": code_now()})
    time_machine.move_to("2026-11-02 09:20 +0000", tick=False)
    for path in ("totp/deactivate/", "passkeys/add/", "recovery-codes/", "recovery-codes/generate/"):
        response = client.get(f"/accounts/2fa/{path}")
        assert response["Location"].startswith("/accounts/2fa/reauthenticate/?next=")
    client.post("/accounts/2fa/reauthenticate/", {"code": code_now()})
    assert client.get("/accounts/2fa/recovery-codes/").status_code == 200


def test_sensitive_views_need_a_recent_proof(client, maija, settings, sign_in, time_machine) -> None:
    settings.STAFF_REAUTHENTICATION, settings.STAFF_SECOND_FACTOR = True, False
    User.objects.update(is_superuser=True)
    sign_in()
    assert client.get("/admin/api-tokens/new/").status_code == 200
    time_machine.move_to("2026-11-02 09:20 +0000", tick=False)
    assert client.get("/admin/api-tokens/").status_code == 200
    for path in ("users/new/", f"users/edit/{maija.pk}/", "groups/new/", "roles/new/", "registrations/data-subject/"):
        assert client.get(f"/admin/{path}")["Location"].startswith("/accounts/reauthenticate/?next="), path
    response = client.get("/admin/api-tokens/new/")
    assert response["Location"] == "/accounts/reauthenticate/?next=%2Fadmin%2Fapi-tokens%2Fnew%2F"
    response = client.post("/accounts/reauthenticate/?next=/admin/api-tokens/new/", {"password": "wrong"})
    assert response.status_code == 200
    response = client.post("/accounts/reauthenticate/?next=/admin/api-tokens/new/", {"password": PASSWORD})
    assert (response.status_code, response["Location"]) == (302, "/admin/api-tokens/new/")
    assert client.get("/admin/api-tokens/new/").status_code == 200


def test_without_the_setting_a_password_is_enough(client, maija, settings, sign_in) -> None:
    settings.STAFF_SECOND_FACTOR = False
    sign_in()
    assert client.get("/admin/account/").status_code == 200
