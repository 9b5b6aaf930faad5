"""Signing in: failed sign-ins are rate limited, and the publicly known demo password is refused."""

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


class RateLimitedBackend(ModelBackend):
    """Django's backend with rate limits for failed sign-ins (NIST SP 800-63B §5.2.2).

    After five failures of an account from one network address, sign-ins of that account from that address are refused
    for 15 minutes. Other accounts at that address, and the account at other addresses, are not affected. After twenty
    failures of an account from all addresses, one attempt a minute is allowed, except from addresses where the account
    signed in during the last month. This delays distributed guessing and locks nobody out.
    """

    def authenticate(self, request: HttpRequest | None, **credentials: Any) -> User | None:  # type: ignore[override]  # Django's two signatures differ
        if request is not None and not _may_try(*_attempt(request, credentials)):
            user = User.objects.filter(username__iexact=credentials.get("username", "")).values_list("pk", flat=True)
            logger.warning("Sign-in refused after too many failures, account %s", user.first() or "unknown")
            raise PermissionDenied
        return super().authenticate(request, **credentials)


def _may_try(account: str, address: str) -> bool:
    """Return whether a sign-in may be attempted now."""
    return has_attempts_left("sign_in", account, address) and (
        has_attempts_left("sign_in_account", account)
        or not has_attempts_left("sign_in_known", account, address)
        or within_limits("sign_in_slowly", account)
    )


@receiver(user_login_failed)
def count_failure(
    sender: object, credentials: dict[str, object], request: HttpRequest | None = None, **kwargs: Any
) -> None:
    if request is None:
        return
    account, address = _attempt(request, credentials)
    # An attempt that was refused for its address does not count for the account, so that one address alone cannot
    # exhaust the limit of the account.
    if within_limits("sign_in", account, address):
        within_limits("sign_in_account", account)


@receiver(user_logged_in)
def forget_failures(sender: object, request: HttpRequest, user: User, **kwargs: Any) -> None:
    """Reset the count of the account at this address, and record the address as known."""
    attempt = _attempt(request, {"username": user.get_username()})
    reset_attempts("sign_in", *attempt)
    within_limits("sign_in_known", *attempt)


def _attempt(request: HttpRequest, credentials: dict[str, object]) -> tuple[str, str]:
    return str(credentials.get("username", "")).casefold(), client_address(request)


class NoDemoPasswordBackend(RateLimitedBackend):
    """The rate-limited backend that also refuses the demo password, for every account."""

    def authenticate(self, request: HttpRequest | None, **credentials: Any) -> User | None:  # type: ignore[override]  # Django's two signatures differ
        if credentials.get("password") == settings.DEMO_PASSWORD:
            return None
        return super().authenticate(request, **credentials)


class NoDemoPasswordValidator:
    """Refuse the demo password as a new password."""

    def validate(self, password: str, user: AbstractBaseUser | None = None) -> None:
        if password == settings.DEMO_PASSWORD:
            raise ValidationError(self.get_help_text(), code="demo_password")

    def get_help_text(self) -> str:
        return _("The demo’s password is publicly known and cannot be used.")
