"""Public responses: kept until the content changes, the same for everybody, and readable by scripts of every site."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from hashlib import sha256
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from ninja.schema import BaseModel
from wagtail.api.v3.errors import problem_response

from verkosto.core.content_cache import get_of_version, set_of_version
from verkosto.core.page_cache import SECONDS, public_file
from verkosto.core.page_urls import absolute_url
from verkosto.registrations.public.rate_limits import client_address, within_limits

JSON = "application/json"


def public_response(
    request: HttpRequest, make: Callable[[], bytes], *key: object, content_type: str = JSON, language: str = ""
) -> HttpResponse:
    """Return what ``make`` returns, kept under the key until the content changes; 304 if the client has it.

    Only responses that have to be made are counted by the rate limit: one from the cache costs next to nothing.
    """
    digest = sha256(repr((request.scheme, request.get_host(), key)).encode()).hexdigest()
    version, stored = get_of_version(f"api-{digest}")
    if not isinstance(stored, bytes):
        if not within_limits("api", client_address(request)):
            return too_many_requests()
        stored = make()
        set_of_version(f"api-{digest}", version, stored, SECONDS)
    response = public_file(request, stored, content_type)
    # Everybody may read it, and there is no cookie: scripts of every site may too (Fetch §3.2).
    response["Access-Control-Allow-Origin"] = "*"
    response["Access-Control-Expose-Headers"] = "ETag"
    if language:
        response["Content-Language"] = language
    return response


def list_content(
    path: str, query: BaseModel, count: int, limit: int, offset: int, items: Sequence[BaseModel]
) -> bytes:
    """Return a portion of a list as JSON, with the addresses of its neighbours (``Listing``)."""

    def address(start: int) -> str:
        asked = query.model_dump(mode="json", exclude_none=True, exclude_defaults=True)
        return absolute_url(f"{path}?{urlencode({**asked, 'limit': limit, 'offset': start})}")

    following, before = offset + limit, max(offset - limit, 0)
    about = {
        "count": count,
        "next": address(following) if following < count else None,
        "previous": address(before) if offset else None,
    }
    # The items are written one by one, because each is written with the fields of its own type.
    listed = ",".join(item.model_dump_json() for item in items)
    return f'{json.dumps(about, ensure_ascii=False)[:-1]}, "items": [{listed}]}}'.encode()


def too_many_requests(
    detail: str = "Too many requests from your network. Try again later.",
) -> HttpResponse:
    """Return status 429, with the time after which the limits of a client begin anew (RFC 6585 §4)."""
    response = problem_response(status=429, detail=detail)
    response["Retry-After"] = "3600"
    return response
