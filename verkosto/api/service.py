"""The API: its version, its addresses and its errors, with the resources of all installed apps."""

import re
from functools import cache

from django.http import HttpRequest, HttpResponse
from django.utils.translation import override
from ninja import NinjaAPI, Router
from ninja.errors import AuthenticationError
from wagtail.api.v3.errors import problem_response, register_exception_handlers

from verkosto.api.authentication import TooManyRequests
from verkosto.api.resource_operations import add_resource
from verkosto.api.resources import resources
from verkosto.api.responses import too_many_requests
from verkosto.api.staff import desks, registrations
from verkosto.registrations.admin.labels import refusal_message
from verkosto.registrations.exceptions import Refusal

NAMESPACE = "verkosto_api"
VERSION = "1.0.0"
DESCRIPTION = (
    "Events, networks, news and registrations of this site. What anybody may read on the site can be read here without "
    "a token, in each language."
)


@cache
def service() -> NinjaAPI:
    """Return the API of this process."""
    api = NinjaAPI(
        title="Verkosto API",
        version=VERSION,
        description=DESCRIPTION,
        urls_namespace=NAMESPACE,
        docs_url=None,
        openapi_url=None,
    )
    register_exception_handlers(api)
    public = Router()
    for resource in resources():
        add_resource(public, resource)
    api.add_router("", public)
    api.add_router("", desks.router)
    api.add_router("", registrations.router)
    api.exception_handler(Refusal)(refused)
    api.exception_handler(AuthenticationError)(unauthorised)
    api.exception_handler(TooManyRequests)(beyond_limit)
    return api


def refused(request: HttpRequest, refusal: Refusal) -> HttpResponse:
    """Return status 409 for what a use case has refused, such as a desk that is full. Nothing has been changed."""
    with override("en"):
        message = refusal_message(refusal)
    code = re.sub(r"(?<!^)(?=[A-Z])", "_", type(refusal).__name__).lower()
    return problem_response(status=409, detail=message, errors=[{"type": code}])


def beyond_limit(request: HttpRequest, error: TooManyRequests) -> HttpResponse:
    """Return status 429 for a token, or for an address that tries tokens."""
    return too_many_requests(str(error))


def unauthorised(request: HttpRequest, error: AuthenticationError) -> HttpResponse:
    """Return status 401 with the scheme that is asked for (RFC 6750 §3)."""
    response = problem_response(status=401, detail="Send a valid token in the header Authorization: Bearer.")
    response["WWW-Authenticate"] = 'Bearer realm="Verkosto API"'
    return response
