"""Single sign-on with a provider that runs here, and the sessions that it ends."""

import time
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

import jwt
import oidc_provider_mock
import pytest
import requests
from allauth.account.models import EmailAddress
from allauth.mfa.totp.internal.auth import TOTP
from allauth.socialaccount.models import SocialAccount
from cryptography.hazmat.primitives.asymmetric import rsa
from django.contrib.auth.models import Group, User
from django.core import mail

from cms.groups import group_with_admin
from cms.settings.sign_in import openid_connect
from tests.verkosto.accounts.conftest import PASSWORD, SECRET
from verkosto.accounts import logout_tokens
from verkosto.accounts.claims import Claims
from verkosto.accounts.models import SignIn

LOGIN = "/accounts/oidc/staff/login/"
MAIJA = {
    "email": "maija@example.fi",
    "email_verified": True,
    "name": "Maija Mallikas",
    "preferred_username": "mmallika",
}


@pytest.fixture(scope="module")
def issuer() -> Iterator[str]:
    with oidc_provider_mock.run_server_in_thread() as server:
        yield f"http://localhost:{server.server_port}"


@pytest.fixture(autouse=True)
def now(monday, time_machine) -> None:
    """The provider's clock is the machine's own."""
    time_machine.move_to(time.time(), tick=True)


@pytest.fixture(autouse=True)
def provider(issuer: str, settings, db) -> None:
    settings.OIDC_ISSUER, settings.OIDC_CLIENT_ID, settings.OIDC_NAME = issuer, "verkosto", "Example Agency"
    settings.OIDC_GROUPS = {"editors": "Editors", "registrars": "Registrars"}
    settings.SOCIALACCOUNT_PROVIDERS = openid_connect(
        issuer=issuer, client_id="verkosto", secret="a secret", name="Example Agency"
    )
    for name in ("Editors", "Registrars", "Moderators"):
        group_with_admin(name)


@pytest.fixture
def single_sign_on(client, issuer):
    """Signs somebody in at the provider, with claims, and comes back; returns the response."""

    def sign_in(sub: str = "4711", **claims: Any):
        requests.put(f"{issuer}/users/{sub}", json=claims, timeout=5).raise_for_status()
        leading = client.get(LOGIN, {"next": "/admin/reports/"})
        back = requests.post(leading["Location"], data={"sub": sub}, allow_redirects=False, timeout=5)
        parts = urlsplit(back.headers["Location"])
        return client.get(f"{parts.path}?{parts.query}")

    return sign_in


def groups_of(user: User) -> set[str]:
    return set(user.groups.values_list("name", flat=True))


def test_the_page_offers_the_provider(client, provider) -> None:
    html = client.get("/admin/login/?next=/admin/pages/").content.decode()
    assert 'href="/accounts/oidc/staff/login/?next=%2Fadmin%2Fpages%2F"' in html
    assert "Example Agency" in html


def test_an_account_is_found_by_its_verified_address(
    client, maija, single_sign_on, django_capture_on_commit_callbacks
) -> None:
    maija.groups.add(Group.objects.get(name="Registrars"), Group.objects.get(name="Moderators"))
    with django_capture_on_commit_callbacks(execute=True):
        response = single_sign_on(**MAIJA, groups=["editors", "unknown"], sid="s1")
    assert (response.status_code, response["Location"]) == (302, "/admin/reports/")
    assert client.get("/admin/account/").status_code == 200
    # Groups that the provider could name follow it; all others stay.
    assert (User.objects.count(), groups_of(maija)) == (1, {"Staff", "Editors", "Moderators"})
    assert [letter.subject for letter in mail.outbox] == ["Your account was connected to single sign-on"]
    account = SocialAccount.objects.get()
    assert (account.user, account.uid, {*account.extra_data} - {"iss"}) == (maija, "4711", {"sub", "sid"})
    assert not EmailAddress.objects.exists()
    maija.refresh_from_db()
    assert maija.check_password(PASSWORD)


def test_groups_follow_at_each_sign_in(client, maija, single_sign_on) -> None:
    single_sign_on(**MAIJA, groups=["editors", "registrars"])
    assert groups_of(maija) == {"Staff", "Editors", "Registrars"}
    single_sign_on(**MAIJA, groups=[])
    assert groups_of(maija) == {"Staff"}


@pytest.mark.parametrize(
    ("claims", "is_let_in"),
    [
        pytest.param(MAIJA | {"groups": ["editors"]}, True, id="with a group that we know"),
        pytest.param(MAIJA | {"groups": ["others"]}, False, id="without one"),
        pytest.param(MAIJA | {"groups": ["editors"], "email_verified": False}, False, id="without a verified address"),
    ],
)
def test_an_account_is_made_for_those_who_belong_here(client, single_sign_on, claims, is_let_in) -> None:
    single_sign_on(**claims)
    assert client.get("/admin/account/").status_code == (200 if is_let_in else 302)
    found = [(user.username, user.email, user.has_usable_password(), groups_of(user)) for user in User.objects.all()]
    assert found == ([("mmallika", "maija@example.fi", False, {"Editors"})] if is_let_in else [])


@pytest.mark.parametrize("others", [1, 0], ids=["unverified address", "address of two accounts"])
def test_an_account_is_given_to_nobody_else(client, maija, single_sign_on, others) -> None:
    if not others:
        User.objects.create_user("other", "maija@example.fi", PASSWORD)
    response = single_sign_on(**MAIJA | {"email_verified": not others}, groups=["editors"])
    assert response.status_code == 200
    assert "_auth_user_id" not in client.session
    assert not SocialAccount.objects.exists()


@pytest.mark.parametrize(
    ("amr", "goes_to"),
    [
        (["pwd", "mfa"], "/admin/reports/"),
        (["pwd"], "/accounts/2fa/authenticate/"),
        (None, "/accounts/2fa/authenticate/"),
    ],
)
def test_second_factor_of_the_provider_counts_if_it_says_so(
    client, maija, settings, single_sign_on, amr, goes_to
) -> None:
    settings.STAFF_SECOND_FACTOR, settings.OIDC_PROOFS = True, ["mfa"]
    TOTP.activate(maija, SECRET)
    assert single_sign_on(**MAIJA, amr=amr)["Location"] == goes_to
    assert client.get("/admin/account/").status_code == (200 if goes_to == "/admin/reports/" else 302)


def test_without_the_setting_no_claim_counts(client, maija, settings, single_sign_on) -> None:
    settings.STAFF_SECOND_FACTOR = True
    single_sign_on(**MAIJA, amr=["mfa"])
    assert client.get("/admin/")["Location"].startswith("/accounts/2fa/?next=")


def test_with_the_provider_alone_passwords_open_nothing(client, maija, settings, sign_in, single_sign_on) -> None:
    settings.OIDC_ONLY = True
    assert 'name="password"' not in client.get("/admin/login/").content.decode()
    assert sign_in().status_code == 200
    assert client.post("/accounts/2fa/passkeys/login/", {"credential": "{}"}).status_code == 404
    assert "_auth_user_id" not in client.session
    assert single_sign_on(**MAIJA)["Location"] == "/admin/reports/"


def test_another_account_cannot_be_connected(client, maija, single_sign_on, issuer) -> None:
    leading = client.get(LOGIN, {"process": "connect"})
    back = requests.post(leading["Location"], data={"sub": "4712"}, allow_redirects=False, timeout=5)
    parts = urlsplit(back.headers["Location"])
    assert client.get(f"{parts.path}?{parts.query}").status_code == 403
    assert not SocialAccount.objects.exists()
    assert "_auth_user_id" not in client.session


def test_groups_in_a_claim_inside_a_claim(settings) -> None:
    settings.OIDC_GROUPS_CLAIM = "realm_access.roles"
    claims = Claims({"realm_access": {"roles": ["editors", 7, "x"]}}, {"realm_access": "registrars"})
    assert claims.groups == {"Editors"}


KEY = rsa.generate_private_key(public_exponent=65537, key_size=2048)
EVENTS = {logout_tokens.EVENT: {}}


def logout_token(key: object = KEY, algorithm: str = "RS256", **changed: Any) -> str:
    now = int(time.time())
    claims = {
        "iss": "https://id.example.fi", "aud": "verkosto", "iat": now, "exp": now + 120, "jti": "j1",
        "events": EVENTS, "sub": "4711", "sid": "s1", **changed,
    }  # fmt: skip
    given = {name: value for name, value in claims.items() if value is not None}
    return jwt.encode(given, key, algorithm=algorithm, headers={"kid": "k1"})  # type: ignore[arg-type]


@pytest.fixture
def keys(monkeypatch) -> None:
    """The provider's answers about itself, with the public half of ``KEY``."""
    public = jwt.algorithms.RSAAlgorithm.to_jwk(KEY.public_key(), as_dict=True) | {"kid": "k1", "alg": "RS256"}
    answers = {"issuer": "https://id.example.fi", "jwks_uri": "https://id.example.fi/keys", "keys": [public]}
    monkeypatch.setattr(logout_tokens, "_fetched", lambda url: answers)


def end_by(client, token: str) -> tuple[int, str]:
    response = client.post("/accounts/oidc/logout/", {"logout_token": token})
    assert "no-store" in response["Cache-Control"]
    return response.status_code, response.json()["error_description"] if response.content else ""


def test_the_provider_ends_a_session(client, maija, single_sign_on, keys) -> None:
    single_sign_on(**MAIJA, sid="s1")
    provider = type(client)()
    assert end_by(provider, logout_token()) == (200, "")
    assert client.get("/admin/account/")["Location"].startswith("/admin/login/")
    assert not SignIn.objects.exists()


def test_one_session_or_all_of_a_person(client, maija, single_sign_on, keys) -> None:
    single_sign_on(**MAIJA, sid="s1")
    provider = type(client)()
    for number, changed in enumerate(({"sid": "s2"}, {"sub": "another"}, {"sub": None, "sid": "s2"})):
        assert end_by(provider, logout_token(jti=f"a{number}", **changed)) == (200, "")
        assert SignIn.objects.count() == 1
    assert end_by(provider, logout_token(sid=None)) == (200, "")
    assert client.get("/admin/account/").status_code == 302


WRONG = {
    "issuer": ({"iss": "https://evil.example"}, "not verified: InvalidIssuerError"),
    "audience": ({"aud": "another"}, "not verified: InvalidAudienceError"),
    "expired": ({"exp": 1}, "not verified: ExpiredSignatureError"),
    "old": ({"iat": 1}, "issued too long ago"),
    "from the future": ({"iat": 10**10}, "not verified: ImmatureSignatureError"),
    "no event": ({"events": {}}, "no event of logout"),
    "event of no object": ({"events": {logout_tokens.EVENT: "x"}}, "no event of logout"),
    "nonce": ({"nonce": "n"}, "a nonce, as only other tokens have"),
    "nobody": ({"sub": None, "sid": None}, "neither sub nor sid"),
    "no identifier": ({"jti": None}, "not verified: MissingRequiredClaimError"),
}


@pytest.mark.parametrize(("changed", "reason"), WRONG.values(), ids=WRONG)
def test_a_wrong_token_ends_nothing(client, keys, changed, reason) -> None:
    assert end_by(client, logout_token(**changed)) == (400, reason)


def test_a_token_is_taken_once_and_only_with_the_right_signature(client, keys) -> None:
    token = logout_token()
    assert [end_by(client, token) for _ in range(2)] == [(200, ""), (400, "used before")]
    other = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    assert end_by(client, logout_token(other, jti="j2")) == (400, "not verified: InvalidSignatureError")
    assert end_by(client, logout_token("a" * 64, "HS256", jti="j3"))[0] == 400
    unsigned = jwt.encode({"iss": "https://id.example.fi"}, None, algorithm="none", headers={"kid": "k1"})
    assert end_by(client, unsigned)[0] == 400
    assert end_by(client, "rubbish") == (400, "not verified: DecodeError")


@pytest.mark.parametrize("answer", ["[]", "{}", "rubbish"])
def test_a_provider_that_names_no_keys_ends_nothing(client, monkeypatch, answer) -> None:
    def get(url: str, timeout: float) -> requests.Response:
        if not url:
            raise requests.exceptions.MissingSchema
        found = requests.Response()
        found.status_code, found._content = 200, answer.encode()
        return found

    monkeypatch.setattr(logout_tokens.requests, "get", get)
    assert end_by(client, logout_token()) == (400, "the provider cannot be asked for its keys")


def test_without_a_provider_there_is_no_such_address(client, settings) -> None:
    settings.SOCIALACCOUNT_PROVIDERS = openid_connect(issuer="", client_id="", secret="", name="")
    assert client.post("/accounts/oidc/logout/", {"logout_token": "x"}).status_code == 404
    assert client.get(LOGIN).status_code == 404
