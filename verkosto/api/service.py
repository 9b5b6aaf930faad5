"""The API: its version, its addresses and its errors, with the resources of all installed apps."""

from functools import cache

from ninja import NinjaAPI, Router
from wagtail.api.v3.errors import register_exception_handlers

from verkosto.api.reading import add_resource
from verkosto.api.resources import resources

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
    return api
