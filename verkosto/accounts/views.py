"""Signing in, and what people manage of their own accounts."""

from __future__ import annotations

import logging
from typing import Any

from allauth.mfa.models import Authenticator
from allauth.mfa.totp.views import ActivateTOTPView as TOTPView
from allauth.mfa.webauthn.views import AddWebAuthnView, login_webauthn
from allauth.socialaccount.models import SocialApp
from allauth.socialaccount.providers.openid_connect import views as openid_connect
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.mixins import LoginRequiredMixin
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST
from django.views.generic import TemplateView
from wagtail.admin.views.account import password_reset_enabled

from verkosto.accounts import conf, second_factor, sessions, upstream
from verkosto.accounts.forms import ActivateTOTPForm, AddPasskeyForm
from verkosto.accounts.logout_tokens import LogoutTokenInvalid, sessions_to_end
from verkosto.accounts.models import SignIn
from verkosto.accounts.provider import PROVIDER
from verkosto.core.users import signed_in_user
from verkosto.registrations.public.rate_limits import client_address, within_limits

logger = logging.getLogger(__name__)


class LoginView(upstream.LoginView):
    """Sign in by password or passkey. The second factor, if the account has one, is asked next."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.user.is_authenticated and not request.user.has_perm("wagtailadmin.access_admin"):
            # The admin would lead back here without end.
            return render(request, "verkosto_accounts/no_rights.html", status=403)
        response: HttpResponseBase = super().dispatch(request, *args, **kwargs)
        return response

    def get_default_success_url(self) -> str:
        return reverse("wagtailadmin_home")

    def get_context_data(self, **kwargs: Any) -> dict[str, object]:
        context: dict[str, object] = super().get_context_data(**kwargs)
        return context | {
            "next": context["redirect_field_value"],
            "show_password_reset": password_reset_enabled(),
            "provider_name": getattr(settings, "OIDC_NAME", "") if getattr(settings, "OIDC_ISSUER", "") else "",
            "provider_only": conf.provider_only(),
        }


class ActivateTOTPView(TOTPView):
    """Add an authenticator app. Its first code is a proof of the second factor."""

    def form_valid(self, form: ActivateTOTPForm) -> HttpResponse:
        response: HttpResponse = super().form_valid(form)
        second_factor.note_proof(self.request, signed_in_user(self.request), Authenticator.Type.TOTP)
        return response


class AddPasskeyView(AddWebAuthnView):
    """Add a passkey, with which the account has then proved its second factor."""

    def form_valid(self, form: AddPasskeyForm) -> HttpResponse:
        response: HttpResponse = super().form_valid(form)
        second_factor.note_proof(self.request, signed_in_user(self.request), Authenticator.Type.WEBAUTHN)
        return response


class SessionsView(LoginRequiredMixin, TemplateView):
    """The browsers in which the account is signed in, and a button that signs out of all others."""

    template_name = "verkosto_accounts/sessions.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, object]:
        rows = SignIn.objects.filter(user=signed_in_user(self.request))
        return super().get_context_data(**kwargs) | {"rows": rows, "own_key": self.request.session.session_key}

    def post(self, request: HttpRequest) -> HttpResponse:
        sessions.end(sessions.others(request, signed_in_user(request)))
        messages.success(request, _("You have signed out of all other browsers."))
        return redirect("account_sessions")


@never_cache
def passkey_login(request: HttpRequest) -> HttpResponseBase:
    """Sign in by a passkey alone: GET, as JSON, begins and POST ends it."""
    if conf.provider_only():
        raise Http404
    return _begin(request) or login_webauthn(request)


@never_cache
def provider_login(request: HttpRequest, provider_id: str) -> HttpResponseBase:
    """Lead to the provider of single sign-on."""
    return _begin(request) or openid_connect.login(request, provider_id)


@never_cache
def provider_login_again(request: HttpRequest) -> HttpResponse:
    """Lead to the provider, which asks the person once more who they are."""
    query = urlencode({"next": request.GET.get("next", ""), "auth_params": "prompt=login"})
    return redirect(f"{reverse('openid_connect_login', args=[PROVIDER])}?{query}")


@never_cache
def provider_callback(request: HttpRequest, provider_id: str) -> HttpResponseBase:
    """Sign in who comes back from the provider."""
    response: HttpResponseBase = openid_connect.callback(request, provider_id)
    return response


@csrf_exempt
@require_POST
@never_cache
def provider_logout(request: HttpRequest) -> HttpResponse:
    """End the sessions that the provider names (OpenID Connect Back-Channel Logout 1.0 §2.5 and §2.8)."""
    if not within_limits("provider_logout", client_address(request)):
        return HttpResponse(status=429)
    try:
        ended = sessions.end(sessions_to_end(request, request.POST.get("logout_token", "")))
    except SocialApp.DoesNotExist as missing:
        raise Http404 from missing
    except LogoutTokenInvalid as refusal:
        logger.warning("A logout token of the provider was refused: %s", refusal)
        return JsonResponse({"error": "invalid_request", "error_description": str(refusal)}, status=400)
    logger.info("The provider has ended %s sessions", ended)
    return HttpResponse()


def _begin(request: HttpRequest) -> HttpResponse | None:
    """Return a refusal for a client that begins sign-ins without a password too often: each is a session."""
    if within_limits("sign_in_begin", client_address(request)):
        return None
    return render(request, "verkosto_accounts/too_many.html", status=429)


def login_of_pages(request: HttpRequest) -> HttpResponse:
    """Lead from the sign-in of private pages to that of staff: there is one."""
    return redirect_to_login(request.GET.get("next", "/"), login_url=reverse("wagtailadmin_login"))
