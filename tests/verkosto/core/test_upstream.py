"""The private API that `verkosto.core.upstream` relies on: these tests fail when Wagtail or Willow moves it."""

import pytest
from django.test import RequestFactory
from wagtail.models import Page, Site
from wagtail.url_routing import RouteResult
from willow.image import JPEGImageFile
from willow.plugins.pillow import PillowImage
from willow.registry import registry

from home.models import HomePage
from verkosto.core import images, upstream


@pytest.mark.django_db
def test_wagtail_takes_the_site_that_was_set(django_assert_num_queries: object) -> None:
    request, site = RequestFactory().get("/"), Site(hostname="set.example.fi")

    upstream.set_site(request, site)

    with django_assert_num_queries(0):  # type: ignore[operator]
        assert Site.find_for_request(request) is site


def test_wagtail_takes_the_route_that_was_set(homes: dict[str, HomePage], django_assert_num_queries: object) -> None:
    request, route = RequestFactory().get("/fi/"), RouteResult(homes["sv"], [], {})

    upstream.set_route(request, route)

    with django_assert_num_queries(0):  # type: ignore[operator]
        assert Page.route_for_request(request, "fi/") is route


def test_willow_opens_images_without_metadata() -> None:
    assert registry._registered_converters[JPEGImageFile, PillowImage] is images.open_without_metadata
