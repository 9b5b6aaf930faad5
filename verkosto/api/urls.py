"""The addresses of version 1 of the API. Include them as "api/v1/", outside the language prefixes."""

from django.urls import path

from verkosto.api.service import NAMESPACE, service
from verkosto.api.views import documentation_page, openapi, unknown_address

app_name = NAMESPACE

urlpatterns = [
    path("", documentation_page, name="documentation"),
    path("openapi.json", openapi, name="openapi"),
    *service().urls[0],
    path("<path:rest>", unknown_address, name="unknown_address"),
]
