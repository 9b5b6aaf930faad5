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

from verkosto.accounts import sign_in_limits
from verkosto.accounts.conf import provider_only
from verkosto.registrations.public.rate_limits import client_address

logger = logging.getLogger(__name__)


class RateLimitedBackend(ModelBackend):
    """Django's backend with rate limits for failed sign-ins, which ``verkosto.accounts.sign_in_limits`` describes."""

    def authenticate(self, request: HttpRequest | None, **credentials: Any) -> User | None:  # type: ignore[override]  # Django's two signatures differ
        if provider_only():
            raise PermissionDenied
        if request is not None and not sign_in_limits.may_try(*_attempt(request, credentials)):
            user = User.objects.filter(username__iexact=credentials.get("username", "")).values_list("pk", flat=True)
            logger.warning("Sign-in refused after too many failures, account %s", user.first() or "unknown")
            raise PermissionDenied
        return super().authenticate(request, **credentials)


@receiver(user_login_failed)
def count_failure(
    sender: object, credentials: dict[str, object], request: HttpRequest | None = None, **kwargs: Any
) -> None:
    if request is not None:
        sign_in_limits.count_failure(*_attempt(request, credentials))


@receiver(user_logged_in)
def forget_failures(sender: object, request: HttpRequest, user: User, **kwargs: Any) -> None:
    sign_in_limits.forget_failures(*_attempt(request, {"username": user.get_username()}))


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
