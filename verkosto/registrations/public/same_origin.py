"""Protection of forms without a CSRF cookie: a POST is accepted only from the site's own pages."""

import functools
from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt

from verkosto.registrations.public.views.responses import wrong_origin

View = Callable[..., HttpResponse]


def is_same_origin(request: HttpRequest) -> bool:
    """Return whether a POST was sent by one of our own pages.

    The browser states the origin (Fetch Metadata, W3C; Origin, RFC 6454 §7; Referer, RFC 9110 §10.1.3). A client that
    sends none of these headers is not a browser, so it cannot abuse anybody's session. This replaces a CSRF cookie,
    with which the page could not be cached.
    """
    site = request.headers.get("Sec-Fetch-Site")
    if site is not None:
        return site in ("same-origin", "none")
    sender = request.headers.get("Origin") or request.headers.get("Referer")
    return sender is None or _host_of(sender) == request.get_host()


def _host_of(address: str) -> str:
    """Return the host and port of a URL; "" if it has none, such as the origin "null"."""
    try:
        return urlsplit(address).netloc
    except ValueError:
        return ""


def same_origin_only(view: View) -> View:
    """Accept a POST without a CSRF cookie if it comes from our own pages; 403 otherwise."""

    @csrf_exempt
    @functools.wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.method == "POST" and not is_same_origin(request):
            return wrong_origin(request)
        return view(request, *args, **kwargs)

    return guarded
