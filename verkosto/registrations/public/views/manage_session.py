"""Manage sessions: one for each registration that a browser has opened by its personal link.

The link is traded for signed cookies that are sent to the pages of that registration alone. Those pages carry the
registration's public reference in their addresses and never a token, so that several registrations may be open side by
side and each form acts on the one it was shown for. A session ends an hour after it was last used.
"""

import functools
from collections.abc import Callable, Iterator
from typing import Any

from django.conf import settings
from django.core import signing
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override
from django.views.decorators.http import require_POST

from verkosto.registrations.models import AccessToken
from verkosto.registrations.public.same_origin import same_origin_only
from verkosto.registrations.public.views.errors import lost_files, retry_on_database_failure, typed_values
from verkosto.registrations.public.views.responses import personal, unknown_link
from verkosto.registrations.tokens import find_token, valid_tokens

SALT = "registrations.manage_session"
LIFETIME = 60 * 60  # seconds after the last use
View = Callable[..., Any]


def enter(request: HttpRequest, token: str) -> HttpResponse:
    """Trade a personal link for a manage session, and redirect to the registration's address without the token."""
    row = find_token(token)
    if row is None or row.registration is None:
        return unknown_link(request)
    response = redirect("verkosto_registrations:manage", reference=row.registration.reference)
    keep_open(request, response, row.registration.reference, row)
    return personal(response)


def manage_session_required(view: View) -> View:
    """Give the view the registration that its address names, if this browser has it open; ``not_open`` otherwise."""

    @functools.wraps(view)
    def guarded(request: HttpRequest, reference: str, *args: Any, **kwargs: Any) -> HttpResponse:
        row = _opened(request, reference)
        if row is None:
            return not_open(request)
        try:
            response = personal(view(request, row.registration, *args, **kwargs))
        except Http404:
            return unknown_link(request)
        if not any(name in response.cookies for name, _path in _cookies(reference)):
            keep_open(request, response, reference, row)
        return response

    return same_origin_only(retry_on_database_failure(guarded))


@same_origin_only
@require_POST
def leave(request: HttpRequest, reference: str) -> HttpResponse:
    """Close the named registration on a shared computer, also for a copy of its cookies; others stay open."""
    if row := _opened(request, reference):
        AccessToken.objects.filter(pk=row.pk).update(sessions_ended_at=timezone.now())
    return close(redirect("/"), reference)


@same_origin_only
def manage_unnamed(request: HttpRequest) -> HttpResponse:
    """Answer an address that names no registration."""
    return not_open(request)


def not_open(request: HttpRequest) -> HttpResponse:
    """Ask to open the link again; a form that was sent is kept in the page, to be sent again after that."""
    if request.method != "POST" or not (request.POST or request.FILES):
        return unknown_link(request)
    typed = typed_values(request)
    values = [*typed, *lost_files(request)] if typed is not None else []
    return unknown_link(request, form={"values": values, "kept": typed is not None})


def keep_open(request: HttpRequest, response: HttpResponse, reference: str, row: AccessToken) -> None:
    """Begin or extend the manage session of the registration that a token opens, in every language of the site."""
    for name, path in _cookies(reference):
        response.set_cookie(
            name,
            signing.dumps([row.pk, timezone.now().timestamp()], salt=SALT),
            max_age=LIFETIME,
            path=path,
            httponly=True,
            samesite="Lax",
            secure=request.is_secure(),
        )


def close(response: HttpResponse, reference: str) -> HttpResponse:
    """End the manage session of one registration with a response."""
    for name, path in _cookies(reference):
        response.delete_cookie(name, path=path)
    return response


def _opened(request: HttpRequest, reference: str) -> AccessToken | None:
    """Return the token by which this browser opened the named registration; None if it did not, or too long ago."""
    for name, _path in _cookies(reference):
        try:
            pk, used_at = signing.loads(request.COOKIES.get(name, ""), salt=SALT, max_age=LIFETIME)
        except (signing.BadSignature, TypeError):  # TypeError: a cookie of an earlier version held the pk alone
            continue
        row = valid_tokens().filter(pk=pk, registration__reference=reference).first()
        if row and not (row.sessions_ended_at and used_at <= row.sessions_ended_at.timestamp()):
            return row
    return None


def _cookies(reference: str) -> Iterator[tuple[str, str]]:
    """Yield the name and path of each cookie of a session: one for each language, whose pages have paths of their own."""
    for language, _name in settings.LANGUAGES:
        with override(language):
            yield f"registration-{reference}-{language}", reverse("verkosto_registrations:manage", args=[reference])
