"""The responses that several public views return, and the headers of personal pages."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import add_never_cache_headers
from django.utils.translation import gettext as _

from verkosto.core.base_template import base_context


def personal(response: HttpResponse) -> HttpResponse:
    """Set the headers that keep a page about one person out of caches, search engines and other sites' logs."""
    add_never_cache_headers(response)
    response["Cache-Control"] = "no-store, private"
    response["X-Robots-Tag"] = "noindex, nofollow"
    # Not "no-referrer": with it browsers send our own forms with "Origin: null" (Fetch Standard, “append a request Origin
    # header”), and those without Fetch Metadata could not be told from forms of other sites.
    response["Referrer-Policy"] = "same-origin"
    return response


def personal_page(
    request: HttpRequest, template: str, context: dict[str, object], *, status: int = 200
) -> HttpResponse:
    """Return a personal page."""
    context = {**base_context(), **context}
    return personal(render(request, f"verkosto_registrations/{template}", context, status=status))


def message_page(request: HttpRequest, heading: str, text: str, *, status: int, **context: Any) -> HttpResponse:
    """Return a short page that says what happened and what to do.

    Of the context, ``registration`` and ``texts`` (those of its desk) name the subject; ``offer_link`` adds a link to
    request a new personal link.
    """
    return personal_page(request, "message.html", {"heading": heading, "text": text, **context}, status=status)


def wrong_origin(request: HttpRequest) -> HttpResponse:
    """Refuse a form that was not sent from our pages."""
    return message_page(
        request,
        _("The form could not be received"),
        _("The form was not sent from this site. Open the page again and send the form from there."),
        status=403,
    )


def unknown_link(request: HttpRequest, *, form: dict[str, object] | None = None) -> HttpResponse:
    """Return the same response to an unknown, altered or expired link and to a registration not open in this browser.

    ``form`` is a form that was sent: its ``values`` as (name, value), and whether the page could keep them (``kept``).
    """
    return message_page(
        request,
        _("The registration could not be opened"),
        _(
            "A personal link opens a registration in one browser, and for an hour after it was last used. Open the link "
            "in your mail again. If it does not work, it was cut off when it was copied, or it has expired: ask for a "
            "new one."
        ),
        status=404,
        offer_link=True,
        # The URL of this page has the token, which must not be in the links to other languages.
        language_switcher_path=reverse("verkosto_registrations:request_link"),
        form=form,
    )


def rate_limited(request: HttpRequest) -> HttpResponse:
    """Refuse an attempt beyond a rate limit."""
    response = message_page(
        request,
        _("Too many attempts"),
        _("Many forms have been sent from your network in a short time. Wait a while and try again."),
        status=429,
    )
    response["Retry-After"] = "600"
    return response
