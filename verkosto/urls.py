"""All addresses of the installed apps. A project includes them once, before Wagtail's own.

In a project with several languages the include belongs inside ``i18n_patterns``.
"""

from django.apps import apps
from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [path("", include("verkosto.core.urls"))]
if apps.is_installed("verkosto.registrations"):
    urlpatterns.append(path("registrations/", include("verkosto.registrations.urls")))
if apps.is_installed("verkosto.subscriptions"):
    urlpatterns.append(path("follow/", include("verkosto.subscriptions.urls")))
if apps.is_installed("verkosto.embedding"):
    urlpatterns.append(path("", include("verkosto.embedding.urls")))
if apps.is_installed("event_pages"):
    urlpatterns.append(path("", include("event_pages.urls")))
if apps.is_installed("network_pages"):
    urlpatterns.append(path("", include("network_pages.urls")))
if apps.is_installed("verkosto.api"):
    urlpatterns.append(path("api/v1/", include("verkosto.api.urls")))
if apps.is_installed("verkosto.linked_events"):
    urlpatterns.append(path("linkedevents/v1/", include("verkosto.linked_events.urls")))
