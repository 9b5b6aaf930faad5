"""URLs: include ``urlpatterns`` at the root and ``language_urlpatterns`` in ``i18n_patterns``."""

from django.contrib.sitemaps.views import sitemap
from django.urls import path

from home.sitemaps import PageSitemap
from home.views import robots, search

urlpatterns = [
    path("sitemap.xml", sitemap, {"sitemaps": {"pages": PageSitemap}}, name="sitemap"),
    path("robots.txt", robots, name="robots"),
]
language_urlpatterns = [
    path("search/", search, name="search"),
]
