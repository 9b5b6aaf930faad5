"""A member of staff adds an app and a passkey in Chromium, uses the passkey, loses it; another comes by single sign-on."""

import os
import time

import oidc_provider_mock
import pytest
import requests
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from playwright.sync_api import Page, expect

from cms.settings.sign_in import openid_connect
from tests.browsing import accessibility_violations, overflows
from tests.verkosto.accounts.conftest import PASSWORD

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
AUTHENTICATOR = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


@pytest.fixture(autouse=True)
def monday(settings) -> None:
    """The browser's clock is the machine's own."""
    settings.AUTHENTICATION_BACKENDS = ["cms.auth.RateLimitedBackend"]


def picture(page: Page, name: str) -> None:
    """Check a page, and keep its picture where PICTURES says."""
    assert accessibility_violations(page) == []
    page.set_viewport_size({"width": 320, "height": 800})
    assert not overflows(page)
    if folder := os.environ.get("PICTURES"):
        page.screenshot(path=f"{folder}/{name}-320.png", full_page=True)
    page.set_viewport_size({"width": 1280, "height": 800})
    if folder:
        page.screenshot(path=f"{folder}/{name}.png", full_page=True)


def sign_in(page: Page) -> None:
    page.fill("[name=username]", "maija")
    page.fill("[name=password]", PASSWORD)
    page.click("button[type=submit]:has-text('Kirjaudu')")


def sign_out(page: Page) -> None:
    page.goto(page.url.partition("/a")[0] + "/accounts/sessions/")
    page.click("form[action$='/logout/'] button")
    page.wait_for_url("**/admin/login/**")


def test_app_passkey_and_recovery_code(visit, maija, settings) -> None:
    settings.STAFF_SECOND_FACTOR = True
    page = visit("/admin/login/")
    site = page.url.removesuffix("/admin/login/")
    picture(page, "sign-in")
    sign_in(page)
    page.wait_for_url("**/accounts/2fa/**")
    picture(page, "enrolment")
    page.click("text=Add an app")
    secret = page.locator("code").inner_text()
    picture(page, "app")
    page.fill("[name=code]", format_hotp_value(hotp_value(secret, int(time.time()) // 30)))
    page.click("button:has-text('Add the app')")
    page.wait_for_url("**/recovery-codes/")
    codes = page.locator(".sign-in-codes code").all_inner_texts()
    assert len(codes) == 10
    picture(page, "codes")

    devices = page.context.new_cdp_session(page)
    devices.send("WebAuthn.enable")
    device = devices.send("WebAuthn.addVirtualAuthenticator", {"options": AUTHENTICATOR})
    page.goto(f"{site}/accounts/2fa/passkeys/add/")
    page.fill("[name=name]", "Work phone")
    page.check("[name=passwordless]")
    picture(page, "passkey")
    page.click("#add_passkey")
    page.wait_for_url("**/accounts/2fa/")
    expect(page.locator("main")).to_contain_text("Work phone")
    picture(page, "second-factors")

    sign_out(page)
    page.click("#passkey_login")
    page.wait_for_url("**/admin/")
    page.goto(f"{site}/accounts/sessions/")
    picture(page, "sessions")

    devices.send("WebAuthn.removeVirtualAuthenticator", device)
    sign_out(page)
    sign_in(page)
    page.wait_for_url("**/accounts/2fa/authenticate/")
    picture(page, "code")
    page.fill("[name=code]", codes[3])
    page.click("button:has-text('Kirjaudu')")
    page.wait_for_url("**/admin/")
    page.goto(f"{site}/accounts/2fa/passkeys/")
    page.click("text=Remove")
    page.click("button:has-text('Remove')")
    expect(page.locator("main")).to_contain_text("You have no passkeys.")
    assert visit.problems == []


def test_single_sign_on(visit, maija, settings) -> None:
    with oidc_provider_mock.run_server_in_thread() as server:
        issuer = f"http://localhost:{server.server_port}"
        settings.OIDC_ISSUER, settings.OIDC_NAME = issuer, "Example Agency"
        settings.SOCIALACCOUNT_PROVIDERS = openid_connect(
            issuer=issuer, client_id="verkosto", secret="a secret", name="Example Agency"
        )
        person = {"email": "maija@example.fi", "email_verified": True}
        requests.put(f"{issuer}/users/4711", json=person, timeout=5).raise_for_status()
        page = visit("/admin/login/?next=/admin/account/")
        page.click("text=Example Agency")
        page.fill("[name=sub]", "4711")
        page.click("button:has-text('Authorize')")
        page.wait_for_url("**/admin/account/")
        expect(page.locator("h1")).to_contain_text("Account")
