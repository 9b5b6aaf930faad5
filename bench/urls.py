"""The URLs of the site; the floor page and the list of floor pages are served by Wagtail's own views."""

from django.urls import path
from wagtail import views
from wagtail.api.v2.router import WagtailAPIRouter
from wagtail.api.v2.views import PagesAPIViewSet

from cms.urls import handler400, handler404, handler500
from cms.urls import urlpatterns as site

__all__ = ["handler400", "handler404", "handler500", "urlpatterns"]

floor_api = WagtailAPIRouter("floor_api")
floor_api.register_endpoint("pages", PagesAPIViewSet)

urlpatterns = [path("fi/floor/", views.serve, {"path": "floor/"}), path("floor-api/", floor_api.urls), *site]
