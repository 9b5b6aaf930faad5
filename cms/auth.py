"""The demo's password is public knowledge: outside the demo nobody signs in with it, or takes it as theirs."""

from typing import Any

from django.conf import settings
from django.contrib.auth.backends import ModelBackend
from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils.translation import gettext as _


class NoDemoPasswordBackend(ModelBackend):
    """Django's own backend, which refuses the demo password whoever's it is."""

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
        return _("The demo's password is public knowledge and cannot be used.")
