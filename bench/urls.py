"""The URLs of the site; the floor page is served by Wagtail's own view."""

from django.urls import path
from wagtail import views

from cms.urls import handler400, handler404, handler500
from cms.urls import urlpatterns as site

__all__ = ["handler400", "handler404", "handler500", "urlpatterns"]

urlpatterns = [path("fi/floor/", views.serve, {"path": "floor/"}), *site]
