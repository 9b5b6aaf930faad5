"""Signing in, and what people manage of their own accounts."""

from __future__ import annotations

from typing import Any

from allauth.mfa.models import Authenticator
from allauth.mfa.totp.views import ActivateTOTPView as TOTPView
from allauth.mfa.webauthn.views import AddWebAuthnView, login_webauthn
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from wagtail.admin.views.account import password_reset_enabled

from verkosto.accounts import second_factor, upstream
from verkosto.accounts.forms import ActivateTOTPForm, AddPasskeyForm
from verkosto.core.accounts import signed_in_user
from verkosto.registrations.public.rate_limits import client_address, within_limits


class LoginView(upstream.LoginView):
    """Sign in by password or passkey. The second factor, if the account has one, is asked next."""

    def get_default_success_url(self) -> str:
        return reverse("wagtailadmin_home")

    def get_context_data(self, **kwargs: Any) -> dict[str, object]:
        context: dict[str, object] = super().get_context_data(**kwargs)
        return context | {
            "next": context["redirect_field_value"],
            "show_password_reset": password_reset_enabled(),
        }


class ActivateTOTPView(TOTPView):
    """Add an authenticator app. Its first code is a proof of the second factor."""

    def form_valid(self, form: ActivateTOTPForm) -> HttpResponse:
        response: HttpResponse = super().form_valid(form)
        second_factor.note_enrolment(self.request, signed_in_user(self.request), Authenticator.Type.TOTP)
        return response


class AddPasskeyView(AddWebAuthnView):
    """Add a passkey, with which the account has then proved its second factor."""

    def form_valid(self, form: AddPasskeyForm) -> HttpResponse:
        response: HttpResponse = super().form_valid(form)
        second_factor.note_enrolment(self.request, signed_in_user(self.request), Authenticator.Type.WEBAUTHN)
        return response


@never_cache
def passkey_login(request: HttpRequest) -> HttpResponseBase:
    """Sign in by a passkey alone: GET, as JSON, begins and POST ends it."""
    if not within_limits("passkey", client_address(request)):
        return render(request, "verkosto_accounts/too_many.html", status=429)
    return login_webauthn(request)  # type: ignore[no-any-return]


def login_of_pages(request: HttpRequest) -> HttpResponse:
    """Lead from the sign-in of private pages to that of staff: there is one."""
    return redirect_to_login(request.GET.get("next", "/"), login_url=reverse("wagtailadmin_login"))
