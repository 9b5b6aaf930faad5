"""The adapter of single sign-on: whose account a person gets, and which groups they are in."""

from __future__ import annotations

from allauth.account.models import EmailAddress
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.mfa.stages import AuthenticateStage
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialLogin
from django.contrib.auth.models import User
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from verkosto.accounts import claims, security_notifications
from verkosto.accounts.claims import Claims

#: The provider's name in addresses and rows.
PROVIDER = "staff"


class ProviderAdapter(DefaultSocialAccountAdapter):
    """An account is found by the person's verified address, or made if their groups say that they belong here."""

    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        if sociallogin.state.get("process", "login") != "login":
            raise ImmediateHttpResponse(render(request, "account/signup_closed.html", status=403))
        found = sociallogin.claims = Claims.of(sociallogin.account.extra_data)
        sociallogin.account.extra_data = found.kept
        if sociallogin.is_existing:
            sociallogin.account.save(update_fields=["extra_data"])
        elif account := claims.account_of(found):
            sociallogin.connect(request, account)
            security_notifications.notify(account, "provider")
        if sociallogin.is_existing:
            claims.follow_groups(sociallogin.user, found)

    def is_open_for_signup(self, request: HttpRequest, sociallogin: SocialLogin) -> bool:
        return claims.may_have_account(sociallogin.claims)

    def save_user(self, request: HttpRequest, sociallogin: SocialLogin, form: Form | None = None) -> User:
        """Make the account. Its address is that of the user alone: allauth's table of addresses stays empty."""
        user: User = super().save_user(request, sociallogin, form)
        EmailAddress.objects.filter(user=user).delete()
        claims.follow_groups(user, sociallogin.claims)
        return user


class SecondFactorStage(AuthenticateStage):
    """Ask for the second factor, unless the provider has asked for one and the site believes it."""

    def handle(self) -> tuple[HttpResponse | None, bool]:
        """Return a response that asks, if any, and whether the sign-in goes on."""
        sociallogin = (self.login.signal_kwargs or {}).get("sociallogin")
        if sociallogin and Claims.of(sociallogin.account.extra_data).proves_second_factor:
            return None, True
        asked: tuple[HttpResponse | None, bool] = super().handle()
        return asked
