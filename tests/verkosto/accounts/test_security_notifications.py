"""Of what the owner of an account is notified. Addresses and passwords: tests/cms/test_account.py."""

import pytest
from allauth.mfa.models import Authenticator
from django.core import mail
from django.test import Client

from tests.verkosto.accounts.conftest import PASSWORD, code_now

NEW_BROWSER = "Your account was signed in to with a new browser"


@pytest.fixture(autouse=True)
def after_commit(django_capture_on_commit_callbacks):
    """Runs what waits for a commit, and returns the subjects of the mails to Maija."""

    def run(action) -> list[str]:
        mail.outbox.clear()
        with django_capture_on_commit_callbacks(execute=True):
            action()
        assert {address for letter in mail.outbox for address in letter.to} <= {"maija@example.fi"}
        return [letter.subject for letter in mail.outbox]

    return run


def test_a_new_browser_is_told_of_and_one_that_is_known_is_not(client, maija, sign_in, after_commit) -> None:
    assert after_commit(sign_in) == []  # the first sign-in of all
    client.post("/admin/logout/")
    assert after_commit(sign_in) == []
    other = Client(headers={"User-Agent": "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"})
    form = {"username": "maija", "password": PASSWORD}
    assert after_commit(lambda: other.post("/admin/login/", form)) == [NEW_BROWSER]
    assert "Firefox, Linux" in mail.outbox[0].body
    other.post("/admin/logout/")
    assert after_commit(lambda: other.post("/admin/login/", form)) == []


def test_a_wrong_password_tells_nothing(client, maija, sign_in, after_commit) -> None:
    sign_in()
    assert after_commit(lambda: Client().post("/admin/login/", {"username": "maija", "password": "wrong"})) == []


def test_another_browser_does_not_make_itself_known(client, maija, sign_in, after_commit) -> None:
    sign_in()
    other = Client()
    other.cookies["known-browser"] = "W10:forged:signature"
    assert after_commit(lambda: other.post("/admin/login/", {"username": "maija", "password": PASSWORD})) == [
        NEW_BROWSER
    ]


def test_changes_of_second_factors_are_told_of(client, maija, sign_in, after_commit) -> None:
    sign_in()
    secret = client.get("/accounts/2fa/totp/activate/").context_data["form"].secret
    adding = after_commit(lambda: client.post("/accounts/2fa/totp/activate/", {"code": code_now(secret)}))
    assert adding == ["A second factor was added to your account"]
    renewing = after_commit(lambda: client.post("/accounts/2fa/recovery-codes/generate/"))
    assert renewing == ["New recovery codes were made for your account"]
    code = Authenticator.objects.get(type="recovery_codes").wrap().get_unused_codes()[0]
    client.post("/admin/logout/")
    sign_in()
    using = after_commit(lambda: client.post("/accounts/2fa/authenticate/", {"code": code}))
    assert using == ["A recovery code of your account was used"]
    removing = after_commit(lambda: client.post("/accounts/2fa/totp/deactivate/"))
    assert removing == ["A second factor was removed from your account"]
