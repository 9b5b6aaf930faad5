"""The addresses of a project that installs only some of the rooms."""

from django.urls import include, path
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls

urlpatterns = [
    path("admin/", include(wagtailadmin_urls)),
    path("", include("verkosto.urls")),
    path("", include(wagtail_urls)),
]
