"""The document of the API, the page that shows it, and the response at addresses that there are not."""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import cache, wraps

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import override
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe
from wagtail.api.v3.errors import problem_response

from verkosto.api import documentation
from verkosto.api.responses import public_response
from verkosto.api.schemas import language_codes
from verkosto.api.service import NAMESPACE, service
from verkosto.core.base_template import base_context
from verkosto.core.page_cache import mark_public
from verkosto.core.sites import site_url

ENGLISH = "en"


@cache
def document(prefix: str) -> dict[str, object]:
    """Return the OpenAPI 3.1 document of the API at a path. It changes only with the code."""
    made = service().get_openapi_schema(path_prefix=prefix)
    found: dict[str, object] = json.loads(json.dumps(made, default=str))
    for path in found["paths"].values():  # type: ignore[attr-defined]  # JSON
        for operation in path.values():
            _describe_problems(operation)
    return found


@require_safe
def openapi(request: HttpRequest) -> HttpResponse:
    """Return the OpenAPI document, with the host of the site."""
    with override(ENGLISH):
        content = document(_prefix()) | {"servers": [{"url": site_url()}]}
    return public_response(request, json.dumps(content).encode, "openapi")


@require_safe
def documentation_page(request: HttpRequest) -> HttpResponse:
    """Return the document as a page. It is in English, like all texts that developers read."""
    language = ENGLISH if ENGLISH in language_codes() else settings.LANGUAGE_CODE
    with override(ENGLISH):
        content = document(_prefix())
    groups = documentation.groups(content)
    with override(language):
        context = {
            **base_context(),
            "info": content["info"],
            "groups": groups,
            "schemas": documentation.schemas(content),
            "document_url": reverse(f"{NAMESPACE}:openapi"),
            "example_url": site_url() + groups[0].operations[0].path if groups else "",
        }
        response = mark_public(render(request, "verkosto_api/documentation.html", context))
    response["Content-Language"] = ENGLISH
    return response


def allow_head(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Return a view that answers HEAD as GET (RFC 9110 §9.3.2), which Ninja refuses. The server leaves the body out."""

    @wraps(view)
    def respond(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        asked, request.method = request.method, "GET" if request.method == "HEAD" else request.method
        try:
            return view(request, *args, **kwargs)
        finally:
            request.method = asked

    return respond


@csrf_exempt
def unknown_address(request: HttpRequest, rest: str) -> HttpResponse:
    """Return status 404 in the form of the API's errors, instead of a page for people."""
    return problem_response(status=404, detail="There is nothing at this address.")


def _prefix() -> str:
    return reverse(f"{NAMESPACE}:api-root")


def _describe_problems(operation: dict[str, dict[str, dict[str, object]]]) -> None:
    """Name the media type of the errors, which Ninja documents like other responses (RFC 9457 §3)."""
    for status, response in operation["responses"].items():
        if int(status) >= 400 and "content" in response:
            response["content"] = {"application/problem+json": next(iter(response["content"].values()))}  # type: ignore[attr-defined]  # JSON
