"""Signing in: who guesses is made to wait, and the demo's password, which is public knowledge, opens no door."""

import logging
from typing import Any

from django.conf import settings
from django.contrib.auth.backends import ModelBackend
from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import User
from django.contrib.auth.signals import user_logged_in, user_login_failed
from django.core.exceptions import PermissionDenied, ValidationError
from django.dispatch import receiver
from django.http import HttpRequest
from django.utils.translation import gettext as _

from verkosto.registrations.public.rate_limits import client_address, has_attempts_left, reset_attempts, within_limits

logger = logging.getLogger(__name__)


class ThrottledBackend(ModelBackend):
    """Django's own backend, which looks at no more passwords for an account than a person mistypes.

    After five wrong ones from a network address it refuses every one from there for a quarter of an hour. Counted for
    the account and the address together: who guesses locks out neither the account's owner elsewhere nor their
    neighbours behind one address (NIST SP 800-63B §5.2.2). After twenty from all addresses together it looks at one a
    minute only, except from where the account was signed in to during the last month: that delays who guesses from
    many addresses, and locks nobody out.
    """

    def authenticate(self, request: HttpRequest | None, **credentials: Any) -> User | None:  # type: ignore[override]  # Django's two signatures differ
        if request is not None and not _may_try(*_attempt(request, credentials)):
            user = User.objects.filter(username__iexact=credentials.get("username", "")).values_list("pk", flat=True)
            logger.warning("Sign-in refused after too many failures, account %s", user.first() or "unknown")
            raise PermissionDenied
        return super().authenticate(request, **credentials)


def _may_try(account: str, address: str) -> bool:
    """Return whether a password is looked at now."""
    return has_attempts_left("sign_in", account, address) and (
        has_attempts_left("sign_in_account", account)
        or not has_attempts_left("sign_in_known", account, address)
        or within_limits("sign_in_slowly", account)
    )


@receiver(user_login_failed)
def count_failure(sender: Any, credentials: dict[str, Any], request: HttpRequest | None = None, **kwargs: Any) -> None:
    if request is None:
        return
    account, address = _attempt(request, credentials)
    # What is refused for its address is no guess at the account: one address alone brings no account to its ceiling.
    if within_limits("sign_in", account, address):
        within_limits("sign_in_account", account)


@receiver(user_logged_in)
def forget_failures(sender: Any, request: HttpRequest, user: User, **kwargs: Any) -> None:
    """Begin to count anew for the address, and remember it."""
    attempt = _attempt(request, {"username": user.get_username()})
    reset_attempts("sign_in", *attempt)
    within_limits("sign_in_known", *attempt)


def _attempt(request: HttpRequest, credentials: dict[str, Any]) -> tuple[str, str]:
    return str(credentials.get("username", "")).casefold(), client_address(request)


class NoDemoPasswordBackend(ThrottledBackend):
    """The same, which refuses the demo password whoever's it is."""

    def authenticate(self, request: HttpRequest | None, **credentials: Any) -> User | None:  # type: ignore[override]  # Django's two signatures differ
        if credentials.get("password") == settings.DEMO_PASSWORD:
            return None
        return super().authenticate(request, **credentials)


class NoDemoPasswordValidator:
    """Refuses the demo password when a password is chosen."""

    def validate(self, password: str, user: AbstractBaseUser | None = None) -> None:
        if password == settings.DEMO_PASSWORD:
            raise ValidationError(self.get_help_text(), code="demo_password")

    def get_help_text(self) -> str:
        return _("The demo’s password is publicly known and cannot be used.")
