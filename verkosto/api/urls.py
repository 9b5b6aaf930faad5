"""The addresses of version 1 of the API. Include them as "api/v1/", outside the language prefixes."""

from django.urls import URLPattern, URLResolver, path

from verkosto.api.service import NAMESPACE, service
from verkosto.api.views import allow_head, documentation_page, openapi, unknown_address

app_name = NAMESPACE


def _with_head(pattern: URLPattern | URLResolver) -> URLPattern | URLResolver:
    if isinstance(pattern, URLPattern):
        pattern.callback = allow_head(pattern.callback)
    return pattern


urlpatterns = [
    path("", documentation_page, name="documentation"),
    path("openapi.json", openapi, name="openapi"),
    *map(_with_head, service().urls[0]),
    path("<path:rest>", unknown_address, name="unknown_address"),
]
