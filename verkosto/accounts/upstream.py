"""The private API of django-allauth, Django and Wagtail that the app uses.

tests/verkosto/accounts/test_upstream.py fails if it moves.
"""

from __future__ import annotations

import time

from allauth.account import app_settings
from allauth.account.internal.flows.login import (
    clear_authentication_records,
    get_authentication_records,
    record_authentication,
)
from allauth.account.internal.flows.reauthentication import suspend_request
from allauth.account.views import LoginView
from django.contrib.auth.models import User
from django.http import HttpRequest, HttpResponse
from wagtail.admin import auth
from wagtail.admin.localization import get_localized_response

__all__ = [
    "LoginView",
    "forget_proofs",
    "has_proved",
    "note_proof",
    "proved_recently",
    "refuse_in_own_language",
    "sets_password",
    "suspend_request",
]


def has_proved(request: HttpRequest, user: User, method: str) -> bool:
    """Return whether the account has proved itself by a method ("password", "mfa", "socialaccount") in this session."""
    return any(record.get("method") == method for record in get_authentication_records(request, user))


def proved_recently(request: HttpRequest, user: User) -> bool:
    """Return whether the account has proved itself in this session during the last minutes.

    ``ACCOUNT_REAUTHENTICATION_TIMEOUT`` says for how many seconds a proof lasts. A sign-in is one.
    """
    records = get_authentication_records(request, user)
    return bool(records) and time.time() - float(records[-1]["at"]) < app_settings.REAUTHENTICATION_TIMEOUT


def note_proof(request: HttpRequest, user: User, method: str, **details: object) -> None:
    """Note in the session that the account has proved itself by a method."""
    record_authentication(request, user, method, **details)


def forget_proofs(request: HttpRequest) -> None:
    """Forget all proofs of the session."""
    clear_authentication_records(request)


def sets_password(user: User) -> bool:
    """Return whether saving the user sets a password that somebody chose, rather than a newer hash of the same.

    Django knows by ``AbstractBaseUser._password``, which it uses for ``password_changed``.
    """
    password: str | None = user._password  # type: ignore[attr-defined]  # Django's own attribute
    return password is not None


def refuse_in_own_language() -> None:
    """Make Wagtail's admin say in the language of the account that a view is not for it.

    Wagtail does so after the view, in the language of the browser.
    """
    refuse = auth.permission_denied

    def permission_denied(request: HttpRequest) -> HttpResponse:
        response: HttpResponse = get_localized_response(refuse, request)
        return response

    auth.permission_denied = permission_denied
