"""What django-allauth asks the site: who may sign up, what it says, how it encrypts and which names it shows."""

from __future__ import annotations

from base64 import urlsafe_b64encode
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core import context
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.socialaccount.models import SocialAccount
from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings
from django.contrib.auth.models import AnonymousUser, User
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.urls import reverse
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

from verkosto.accounts import second_factor, upstream
from verkosto.registrations.conf import site_name
from verkosto.registrations.public.rate_limits import client_address

MESSAGES = {
    "account/messages/logged_out.txt": _("You have signed out."),
    "mfa/messages/recovery_codes_generated.txt": _("New recovery codes have been made."),
    "mfa/messages/totp_activated.txt": _("The authenticator app has been added."),
    "mfa/messages/totp_deactivated.txt": _("The authenticator app has been removed."),
    "mfa/messages/webauthn_added.txt": _("The passkey has been added."),
    "mfa/messages/webauthn_removed.txt": _("The passkey has been removed."),
}
WAYS_TO_PROVE = {
    "reauthenticate": _("Use your password"),
    "mfa_reauthenticate": _("Use a code"),
    "mfa_reauthenticate:webauthn": _("Use a passkey"),
}


class AccountAdapter(DefaultAccountAdapter):
    """Accounts are made by administrators: nobody signs up."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "incorrect_password": _("The password is not correct."),
        "too_many_login_attempts": _("Too many attempts. Wait a while and try again."),
        "username_password_mismatch": _("Your username and password did not match. Please try again."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def get_client_ip(self, request: HttpRequest) -> str:
        address = client_address(request)
        if not address:
            raise PermissionDenied
        return address

    def is_reauthentication_required(self, *, app: str, **kwargs: Any) -> bool:
        """Return whether a proof is needed: a sign-in some minutes ago is one, too."""
        request = context.request
        if isinstance(request.user, User) and upstream.proved_recently(request, request.user):
            return False
        return bool(super().is_reauthentication_required(app=app, **kwargs))

    def get_login_stages(self) -> list[str]:
        """Return the stages of a sign-in, with ours for the second factor."""
        ours = {"allauth.mfa.stages.AuthenticateStage": "verkosto.accounts.provider.SecondFactorStage"}
        return [ours.get(stage, stage) for stage in super().get_login_stages()]

    def get_reauthentication_methods(self, user: User | AnonymousUser) -> list[dict[str, str]]:
        """Return the ways to prove oneself, with our texts. One with a second factor proves it, not the password alone."""
        methods = [
            method | {"description": str(WAYS_TO_PROVE.get(method["id"], method["description"]))}
            for method in super().get_reauthentication_methods(user)
        ]
        with_factor = [method for method in methods if method["id"].startswith("mfa")]
        if not methods and isinstance(user, User) and SocialAccount.objects.filter(user=user).exists():
            url = reverse("openid_connect_again")
            return [{"id": "provider", "description": str(_("Sign in again")), "url": url}]
        if not with_factor or not isinstance(user, User):
            return methods
        preferred = reverse(second_factor.next_view(second_factor.factors(user)))
        return sorted(with_factor, key=lambda method: bool(method["url"] != preferred))

    def add_message(
        self,
        request: HttpRequest,
        level: int,
        message_template: str | None = None,
        message_context: dict[str, object] | None = None,
        extra_tags: str = "",
        message: str | None = None,
    ) -> None:
        """Show our text for a message of allauth; nothing for one that has none, such as that of signing in."""
        text = message or MESSAGES.get(message_template or "")
        if text:
            super().add_message(request, level, extra_tags=extra_tags, message=str(text))


class SecondFactorAdapter(DefaultMFAAdapter):
    """Secrets are encrypted with the site's ``SECRET_KEY``, so that a copy of the database alone makes no codes."""

    error_messages = DefaultMFAAdapter.error_messages | {
        "cannot_generate_recovery_codes": _("Add an authenticator app or a passkey first."),
        "incorrect_code": _("The code is not correct, or it has been used. Enter a new one."),
    }

    def encrypt(self, text: str) -> str:
        return _ciphers().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        return _ciphers().decrypt(encrypted_text.encode()).decode()

    def get_totp_issuer(self) -> str:
        return site_name() or str(super().get_totp_issuer())

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        return super().get_public_key_credential_rp_entity() | {"name": self.get_totp_issuer()}

    def generate_authenticator_name(self, user: User, type: str) -> str:
        return str(_("Passkey"))


def _ciphers() -> MultiFernet:
    """Return the cipher of ``SECRET_KEY``, which also reads what ``SECRET_KEY_FALLBACKS`` wrote."""
    keys = [
        urlsafe_b64encode(salted_hmac("verkosto.accounts.second_factor", b"", secret=key, algorithm="sha256").digest())
        for key in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)
    ]
    return MultiFernet([Fernet(key) for key in keys])
