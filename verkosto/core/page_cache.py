"""The cache of whole public pages, for visitors without a session."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from hashlib import sha256
from typing import cast

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.cache import add_never_cache_headers, get_conditional_response, patch_cache_control
from django.utils.http import quote_etag

from verkosto.core.content_cache import get_of_version, set_of_version
from verkosto.core.locales import language_of_path

logger = logging.getLogger(__name__)

StoredPage = tuple[float, bytes, dict[str, str]]  # when it was made (seconds since the epoch), its content and headers

SECONDS = 60  # maximum age, here and in shared caches: what depends on the clock may be this much out of date
BROWSER_SECONDS = 5  # a browser's cache cannot be cleared, so its entries expire soon
CACHED_PARAMETERS = {"page", "time", "month", "topic", "kind", "network", "attendance", "language"}
MAX_QUERY_LENGTH = 200
#: How long an entry may be served instead of an error, in seconds (RFC 5861 §4): while a database restarts.
STALE_SECONDS = 600


def mark_public(response: HttpResponse) -> HttpResponse:
    """Allow this cache, browsers and shared caches to store a response (RFC 9111 §5.2.2). Return it."""
    patch_cache_control(response, public=True, max_age=BROWSER_SECONDS, s_maxage=SECONDS)
    response.is_public_page = True  # type: ignore[attr-defined]  # read by is_cacheable
    return response


def public_file(request: HttpRequest, content: bytes, content_type: str) -> HttpResponse:
    """Return a file that is made from public content, cached like pages; 304 if the client already has it."""
    response = HttpResponse(content, content_type=content_type)
    response["ETag"] = quote_etag(sha256(content).hexdigest()[:32])
    return if_changed(request, mark_public(response))


def if_changed(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """Return the response, or 304 if the client already has it by its ETag (RFC 9110 §13.1.2)."""
    etag = response.get("ETag")
    return get_conditional_response(request, etag=etag, response=response) if etag else response  # type: ignore[return-value]  # ours or a 304


def has_session(request: HttpRequest) -> bool:
    """Return whether the request carries a session cookie, valid or not."""
    return settings.SESSION_COOKIE_NAME in request.COOKIES


class PageCacheMiddleware:
    """A middleware that serves pages from the cache, for ``SECONDS`` while the content version stays the same.

    If a page cannot be rendered, for example while the database restarts, its entry is served for up to
    ``STALE_SECONDS``. Only responses to requests without any cookie are stored.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        key = page_key(request)
        version, stored = get_of_version(key) if key else ("", None)
        made_at, body, headers = cast("StoredPage | None", stored) or (None, b"", {})
        if made_at is not None and time.time() - made_at < SECONDS:
            return if_changed(request, HttpResponse(body, headers=headers))
        response = self.get_response(request)
        if getattr(response, "is_public_page", False) and "'nonce-" in response.get("Content-Security-Policy", ""):
            keep_nonce_out_of_caches(response)
        if made_at is not None and response.status_code >= 500:
            logger.warning("A stored page is served instead of an error")
            return HttpResponse(body, headers=headers)
        if key and is_cacheable(request, response):
            set_of_version(key, version, (time.time(), response.content, dict(response.items())), STALE_SECONDS)
        return response


def keep_nonce_out_of_caches(response: HttpResponse) -> None:
    """Forbid all caches to store a page with a nonce: a nonce must not be served twice (CSP Level 3 §7.1)."""
    response.is_public_page = False  # type: ignore[attr-defined]  # read by is_cacheable
    del response["Cache-Control"]
    add_never_cache_headers(response)


def page_key(request: HttpRequest) -> str:
    """Return the cache key of the response to a request; "" if the response must not be cached."""
    if request.method != "GET" or has_session(request) or language_of_path(request.path_info) is None:
        return ""
    if getattr(request, "is_dummy", False):  # Wagtail's request for a preview: of a draft, at the address of the page
        return ""
    query = request.META.get("QUERY_STRING", "")
    if query and (len(query) > MAX_QUERY_LENGTH or not CACHED_PARAMETERS.issuperset(request.GET)):
        return ""
    address = f"{request.scheme}://{request.get_host()}{request.path}?{query}"
    return f"page-{sha256(address.encode()).hexdigest()}"


def is_cacheable(request: HttpRequest, response: HttpResponse) -> bool:
    """Return whether the response is a public page that is the same for every visitor."""
    return (
        getattr(response, "is_public_page", False)
        and response.status_code == 200
        and not request.COOKIES
        and not response.cookies
        and "Vary" not in response
    )
