"""What sign-ins and changes of second factors mean for sessions, and of which of them the owner is notified."""

from typing import Any

from allauth.account import signals as account_signals
from allauth.mfa import signals as factor_signals
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialLogin
from django.contrib.auth import signals as django_signals
from django.contrib.auth.models import User
from django.http import HttpRequest, HttpResponseBase

from verkosto.accounts import browsers, second_factor, security_notifications, sessions
from verkosto.accounts.claims import Claims
from verkosto.accounts.models import SignIn

RECOVERY_CODES = Authenticator.Type.RECOVERY_CODES


def connect() -> None:
    for signal, handler in (
        (django_signals.user_logged_in, begin_session),
        (django_signals.user_logged_out, forget_session),
        (account_signals.user_logged_in, note_sign_in),
        (factor_signals.authenticator_added, note_added),
        (factor_signals.authenticator_removed, note_removed),
        (factor_signals.authenticator_reset, note_new_codes),
        (factor_signals.authenticator_used, note_used),
    ):
        signal.connect(handler, dispatch_uid=f"verkosto_accounts_{handler.__name__}")


def begin_session(sender: object, request: HttpRequest, **kwargs: Any) -> None:
    sessions.begin(request)


def forget_session(sender: object, request: HttpRequest, **kwargs: Any) -> None:
    sessions.forget(request)


def note_sign_in(
    sender: object,
    request: HttpRequest,
    response: HttpResponseBase,
    user: User,
    sociallogin: SocialLogin | None = None,
    **kwargs: Any,
) -> None:
    """Write the session's row. The first sign-in of an account is with a new browser, but no news."""
    is_first = not SignIn.objects.filter(user=user).exists()
    claims = Claims.of(sociallogin.account.extra_data if sociallogin else {})
    row = sessions.note_sign_in(request, user, provider_session=claims.session)
    if claims.proves_second_factor:
        second_factor.note_proof(request, user, "provider")
    if not is_first and not browsers.is_known(request, user):
        security_notifications.notify(user, "browser", row.browser)
    browsers.remember(request, response, user)


def note_added(sender: object, user: User, authenticator: Authenticator, **kwargs: Any) -> None:
    if authenticator.type != RECOVERY_CODES:
        security_notifications.notify(user, "factor_added")


def note_removed(
    sender: object, request: HttpRequest, user: User, authenticator: Authenticator, **kwargs: Any
) -> None:
    if authenticator.type != RECOVERY_CODES:
        security_notifications.notify(user, "factor_removed")
        second_factor.note_removal(request, user)


def note_new_codes(sender: object, user: User, **kwargs: Any) -> None:
    security_notifications.notify(user, "recovery_codes")


def note_used(sender: object, user: User, authenticator: Authenticator, **kwargs: Any) -> None:
    if authenticator.type == RECOVERY_CODES:
        security_notifications.notify(user, "recovery_code_used")
