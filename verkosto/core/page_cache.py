"""Public pages, kept whole for visitors without a session."""

from __future__ import annotations

from collections.abc import Callable
from hashlib import sha256

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_cache_control
from django.utils.translation import get_language_from_path

from verkosto.core.content_cache import content_version

SECONDS = 60  # as long as what depends on the clock, and other caches than ours, may be late
BROWSER_SECONDS = 5  # a browser cannot be told of a change, and asks us soon
QUERY = {"page", "time", "month", "topic", "kind", "network", "attendance", "language"}
LONGEST_QUERY = 200


def mark_public(response: HttpResponse) -> HttpResponse:
    """The answer is the same for everybody: it may be kept, here and by caches on the way (RFC 9111 §5.2.2)."""
    patch_cache_control(response, public=True, max_age=BROWSER_SECONDS, s_maxage=SECONDS)
    response.is_public_page = True  # type: ignore[attr-defined]  # what the middleware looks for
    return response


def is_signed_in(request: HttpRequest) -> bool:
    """Whether the visitor brought a session, whatever it holds."""
    return settings.SESSION_COOKIE_NAME in request.COOKIES


class PageCacheMiddleware:
    """Answer with a page that was made before, for as long as the content version lasts and at most a minute.

    Only what was made for a request without any cookie is kept.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        key = page_key(request)
        kept = cache.get(key) if key else None
        if kept:
            body, headers = kept
            return HttpResponse(body, headers=headers)
        response = self.get_response(request)
        if key and may_keep(request, response):
            cache.set(key, (response.content, dict(response.items())), SECONDS)
        return response


def page_key(request: HttpRequest) -> str:
    """Where the answer to a request is kept, or "" where none is."""
    if request.method != "GET" or is_signed_in(request) or get_language_from_path(request.path_info) is None:
        return ""
    query = request.META.get("QUERY_STRING", "")
    if query and (len(query) > LONGEST_QUERY or not QUERY.issuperset(request.GET)):
        return ""
    address = f"{request.scheme}://{request.get_host()}{request.path}?{query}"
    return f"page-{content_version()}-{sha256(address.encode()).hexdigest()}"


def may_keep(request: HttpRequest, response: HttpResponse) -> bool:
    return (
        getattr(response, "is_public_page", False)
        and response.status_code == 200
        and not request.COOKIES
        and not response.cookies
        and "Vary" not in response
    )
