"""URLs: include ``urlpatterns`` at the root and ``language_urlpatterns`` in ``i18n_patterns``."""

from django.urls import path

from home.sitemaps import sitemap_index, sitemap_portion
from home.views import robots, search

urlpatterns = [
    path("sitemap.xml", sitemap_index, name="sitemap"),
    path("sitemap-<int:number>.xml", sitemap_portion, name="sitemap_portion"),
    path("robots.txt", robots, name="robots"),
]
language_urlpatterns = [
    path("search/", search, name="search"),
]
