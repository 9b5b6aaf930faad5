"""Staff who sign in through the page, with a password and the codes of an authenticator app."""

from collections.abc import Callable

import pytest
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value
from django.contrib.auth.models import User
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone
from wagtail.users.models import UserProfile

from cms.groups import group_with_admin

PASSWORD = "a longer secret of mine"
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
SignIn = Callable[..., HttpResponse]


def code_now(secret: str = SECRET) -> str:
    """Return the code that the app shows now."""
    return format_hotp_value(hotp_value(secret, int(timezone.now().timestamp()) // 30))


@pytest.fixture(autouse=True)
def monday(time_machine, settings):
    """Nine o'clock on a Monday, with the limits of a site."""
    settings.AUTHENTICATION_BACKENDS = ["cms.auth.RateLimitedBackend"]
    time_machine.move_to("2026-11-02 09:00 +0000", tick=False)


@pytest.fixture
def maija(db: None) -> User:
    """A member of staff without a second factor, who reads English."""
    user = User.objects.create_user("maija", "maija@example.fi", PASSWORD)
    user.groups.add(group_with_admin("Staff"))
    UserProfile.objects.create(user=user, preferred_language="en")
    return user


@pytest.fixture
def with_app(maija: User) -> User:
    """Maija, with an authenticator app and recovery codes."""
    TOTP.activate(maija, SECRET)
    RecoveryCodes.activate(maija)
    return maija


@pytest.fixture
def sign_in(client: Client) -> SignIn:
    """Sends the password as the page does."""

    def sign_in(
        password: str = PASSWORD, path: str = "/admin/login/", headers: dict[str, str] | None = None, **more: str
    ) -> HttpResponse:
        form = {"username": "maija", "password": password, "next": "/admin/reports/", **more}
        return client.post(path, form, headers=headers)

    return sign_in
