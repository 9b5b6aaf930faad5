"""Who makes a request: an account counts as signed in only once it has proved its second factor."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

from allauth.account.adapter import get_adapter
from django.contrib.auth import REDIRECT_FIELD_NAME, get_user, logout
from django.contrib.auth.models import AnonymousUser, User
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import SimpleLazyObject
from django.utils.http import urlencode
from wagtail import hooks

from verkosto.accounts import conf, second_factor, sessions, upstream
from verkosto.core.users import AnyUser

#: What an open editor asks by itself: no use of the session.
PINGS = "wagtailadmin_editing_sessions:"


class SignInMiddleware:
    """Make an account without its second factor a visitor, and lead it to the proof where staff work.

    Everywhere else (pages, previews, private files) it sees what visitors see. Nothing is read before a view asks who
    makes the request, so that public pages stay the same for all.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        request.user = SimpleLazyObject(lambda: _acting_user(request))  # type: ignore[assignment]  # Django's own is lazy too
        response = self.get_response(request)
        if request.session.accessed:
            sessions.follow_key(request)
        return response

    def process_view(
        self,
        request: HttpRequest,
        view: Callable[..., HttpResponseBase],
        args: list[object],
        kwargs: dict[str, object],
    ) -> HttpResponseBase | None:
        if not request.path_info.startswith(_staff_paths()):
            return None
        view_name = request.resolver_match.view_name if request.resolver_match else ""
        if request.user.is_anonymous:
            account: User | None = getattr(request, "account_without_proof", None)
            return _lead_to_proof(request, account, view_name) if account else None
        if not view_name.startswith(PINGS):
            sessions.note_use(request)
        if (
            conf.asks_again()
            and view_name in sensitive_views()
            and not upstream.proved_recently(request, request.user)
        ):
            return _ask_again(request)
        return None


def _acting_user(request: HttpRequest) -> AnyUser:
    user = get_user(request)
    if isinstance(user, User) and sessions.is_over(request):
        request.user = user
        logout(request)
        return AnonymousUser()
    if isinstance(user, User) and second_factor.is_missing(request, user):
        request.account_without_proof = user  # type: ignore[attr-defined]  # read in process_view
        return AnonymousUser()
    return user


def _lead_to_proof(request: HttpRequest, account: User, view_name: str) -> HttpResponseBase | None:
    kinds = second_factor.factors(account)
    if second_factor.may_open(view_name, kinds):
        request.user = account
        return None
    if request.headers.get("X-Requested-With") == "XMLHttpRequest":
        raise PermissionDenied
    query = urlencode({REDIRECT_FIELD_NAME: request.GET.get(REDIRECT_FIELD_NAME) or request.get_full_path()})
    return redirect(f"{reverse(second_factor.next_view(kinds))}?{query}")


def _ask_again(request: HttpRequest) -> HttpResponseBase | None:
    methods = get_adapter().get_reauthentication_methods(request.user)
    if not methods:
        raise PermissionDenied
    return upstream.suspend_request(request, methods[0]["url"])


@cache
def _staff_paths() -> tuple[str, str]:
    return reverse("wagtailadmin_home"), reverse("account_login").removesuffix("login/")


@cache
def sensitive_views() -> frozenset[str]:
    """Return the names of the views that ask for a recent proof (hook ``register_verkosto_sensitive_views``)."""
    return frozenset(name for hook in hooks.get_hooks("register_verkosto_sensitive_views") for name in hook())
