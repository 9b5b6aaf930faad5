"""Manage sessions, in which a browser that followed a personal link opens its registration (see ``link_sessions``)."""

import functools
from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from verkosto.registrations.public.link_sessions import LinkSessions
from verkosto.registrations.public.same_origin import same_origin_only
from verkosto.registrations.public.views.errors import kept_form, retry_on_database_failure
from verkosto.registrations.public.views.responses import personal, unknown_link
from verkosto.registrations.tokens import find_token, valid_tokens

SESSIONS = LinkSessions(
    salt="registrations.manage_session",
    cookie="registration",
    url_name="verkosto_registrations:manage",
    tokens=valid_tokens,
    lookup="registration__reference",
)
View = Callable[..., Any]


def enter(request: HttpRequest, token: str) -> HttpResponse:
    """Begin the manage session of a personal link, and redirect to the registration's URL, which has no token."""
    row = find_token(token)
    if row is None or row.registration is None:
        return unknown_link(request)
    reference = row.registration.reference
    response = redirect("verkosto_registrations:manage", reference=reference)
    SESSIONS.keep_open(request, response, reference, row.pk)
    return personal(response)


def manage_session_required(view: View) -> View:
    """Pass the registration that the URL names to the view, if this browser has it open; otherwise call ``not_open``."""

    @functools.wraps(view)
    def guarded(request: HttpRequest, reference: str, *args: Any, **kwargs: Any) -> HttpResponse:
        row = SESSIONS.opened(request, reference)
        if row is None:
            return not_open(request)
        try:
            response = personal(view(request, row.registration, *args, **kwargs))
        except Http404:
            return unknown_link(request)
        if not SESSIONS.is_set_in(response, reference):
            SESSIONS.keep_open(request, response, reference, row.pk)
        return response

    return same_origin_only(retry_on_database_failure(guarded))


@same_origin_only
@require_POST
def leave(request: HttpRequest, reference: str) -> HttpResponse:
    """End the session of one registration, for shared computers; others stay open."""
    return SESSIONS.end(request, redirect("/"), reference)


@same_origin_only
def manage_unnamed(request: HttpRequest) -> HttpResponse:
    """Respond to a URL that names no registration."""
    return not_open(request)


def not_open(request: HttpRequest) -> HttpResponse:
    """Ask the visitor to open the link again. A form that was sent is kept in the page, to be sent again afterwards."""
    return unknown_link(request, form=kept_form(request))
