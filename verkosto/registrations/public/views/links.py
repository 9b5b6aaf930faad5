"""The way in to one's registration, and out again.

The personal link is traded for a signed cookie that lives for an hour and is sent to the registrant's pages alone; no
address of theirs holds a token.
"""

import functools
from collections.abc import Callable
from typing import Any

from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from verkosto.registrations.forms.registration import LinkForm
from verkosto.registrations.mail import outbox
from verkosto.registrations.public.rate_limits import client_address, own_forms_only, within_limits
from verkosto.registrations.public.views.errors import outlasting_the_database
from verkosto.registrations.public.views.responses import letter, notice, personal, too_often, unknown_link
from verkosto.registrations.tokens import look_up, usable

COOKIE = "registration"
SALT = "registrations.mine"
AN_HOUR = 60 * 60
View = Callable[..., Any]


def enter(request: HttpRequest, token: str) -> HttpResponse:
    """Trade the link for a short session, and lead on to an address without it."""
    row = look_up(token)
    if row is None:
        return unknown_link(request)
    response = redirect("verkosto_registrations:mine")
    response.set_cookie(
        COOKIE,
        signing.dumps(row.pk, salt=SALT),
        max_age=AN_HOUR,
        path=reverse("verkosto_registrations:mine"),
        httponly=True,
        samesite="Lax",
        secure=request.is_secure(),
    )
    return personal(response)


def of_registrant(view: View) -> View:
    """Give the view the registration whose link was traded; the answer to an unknown link otherwise."""

    @functools.wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            pk = signing.loads(request.COOKIES.get(COOKIE, ""), salt=SALT, max_age=AN_HOUR)
        except signing.BadSignature:
            return unknown_link(request)
        row = usable().filter(pk=pk, registration__isnull=False).first()
        if row is None:
            return unknown_link(request)
        return personal(view(request, row.registration, *args, **kwargs))

    return own_forms_only(outlasting_the_database(guarded))


@own_forms_only
@require_POST
def leave(request: HttpRequest) -> HttpResponse:
    """Close one's registration on a shared computer."""
    return forget(redirect("/"))


def forget(response: HttpResponse) -> HttpResponse:
    """End the short session with a response."""
    response.delete_cookie(COOKIE, path=reverse("verkosto_registrations:mine"))
    return response


@own_forms_only
@require_http_methods(["GET", "HEAD", "POST"])
def ask_link(request: HttpRequest) -> HttpResponse:
    """Send the links to one's registrations. Known and unknown addresses get one answer, after the same work."""
    form = LinkForm(request.POST or None)
    if request.method == "POST":
        if not within_limits("link", client_address(request)):
            return too_often(request)
        if form.is_valid():
            outbox.write("links", recipient=form.cleaned_data["email"], language=get_language() or "", anonymous=True)
            return redirect("verkosto_registrations:link_sent")
    return letter(request, "ask_link.html", {"form": form}, status=422 if form.is_bound else 200)


@require_GET
def link_sent(request: HttpRequest) -> HttpResponse:
    return notice(
        request,
        _("Check your email"),
        _("If there are registrations with this address, links to them are being sent to it."),
        status=200,
    )
