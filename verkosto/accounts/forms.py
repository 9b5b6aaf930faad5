"""The forms of signing in: allauth's, with our labels and within our limits."""

from __future__ import annotations

import logging
from typing import Any

from allauth.account.forms import LoginForm as AllauthLoginForm
from allauth.account.forms import ReauthenticateForm as AllauthReauthenticateForm
from allauth.core import context
from allauth.mfa.adapter import get_adapter
from allauth.mfa.base.forms import AuthenticateForm, ReauthenticateForm
from allauth.mfa.totp.forms import ActivateTOTPForm as AllauthActivateTOTPForm
from allauth.mfa.webauthn.forms import AddWebAuthnForm, EditWebAuthnForm
from django import forms
from django.utils.translation import gettext_lazy as _

from verkosto.accounts import sign_in_limits
from verkosto.registrations.public.rate_limits import client_address, within_limits

logger = logging.getLogger(__name__)

TOO_MANY = _("Too many attempts. Wait a while and try again.")
CODE_HELP = _("From your authenticator app, or one of your recovery codes.")


class LoginForm(AllauthLoginForm):
    """The username and the password, under the names that they have in Wagtail's form."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _describe(self.fields["login"], _("Username"))
        _describe(self.fields["password"], _("Password"))

    def add_prefix(self, field_name: str) -> str:
        return "username" if field_name == "login" else super().add_prefix(field_name)


class PasswordProofForm(AllauthReauthenticateForm):
    """The password once more."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _describe(self.fields["password"], _("Password"))


class LimitedCode:
    """A form with a code, which may be tried as often as a password. A code from an app is taken once."""

    fields: dict[str, forms.Field]
    user: Any

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _describe(self.fields["code"], _("Code"), CODE_HELP)

    def clean_code(self) -> str:
        attempt = (f"second factor {self.user.pk}", client_address(context.request))
        if not sign_in_limits.may_try(*attempt):
            logger.warning("A second factor refused after too many failures, account %s", self.user.pk)
            raise forms.ValidationError(TOO_MANY, code="too_many_login_attempts")
        try:
            code: str = super().clean_code()  # type: ignore[misc]  # a mixin for allauth's forms
            if not within_limits("second_factor_code", str(self.user.pk), "".join(code.split())):
                raise get_adapter().validation_error("incorrect_code")
        except forms.ValidationError:
            sign_in_limits.count_failure(*attempt)
            raise
        sign_in_limits.forget_failures(*attempt)
        return code


class CodeForm(LimitedCode, AuthenticateForm):
    """The code with which somebody signs in."""


class CodeProofForm(LimitedCode, ReauthenticateForm):
    """The code with which somebody who has signed in proves it."""


class ActivateTOTPForm(AllauthActivateTOTPForm):
    """The first code of an authenticator app."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _describe(self.fields["code"], _("Code from the app"))


class AddPasskeyForm(AddWebAuthnForm):
    """A new passkey. It can be used alone, in place of the password, or as a second factor after it."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _describe(self.fields["name"], _("Name"), _("To tell your passkeys apart, for example “Work phone”."))
        if "passwordless" in self.fields:
            _describe(
                self.fields["passwordless"],
                _("Sign in without a password"),
                _("The device then asks for your fingerprint, your face or its PIN."),
            )


class RenamePasskeyForm(EditWebAuthnForm):
    """The name of a passkey."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _describe(self.fields["name"], _("Name"))


def _describe(field: forms.Field, label: Any, help_text: Any = "") -> None:
    """Give a field our label and help text, without a placeholder: that vanishes when one types."""
    field.label, field.help_text = label, help_text
    field.widget.attrs.pop("placeholder", None)
