from unittest import mock

from django.http import HttpRequest
from django.template import RequestContext, Template
from django.test import Client
from wagtail.models import Page

from home.models import HomePage
from verkosto.core import content_cache
from verkosto.core.models import BasePage

PART = "{% load content_cache_tags %}{% page_part greeting %}{{ page.title }}{% endpage_part %}"


def rendered(page: Page) -> str:
    request = HttpRequest()
    request.method = "GET"
    return Template(PART).render(RequestContext(request, {"page": page}))


def test_a_part_of_a_page_is_rendered_once_for_each_content_version(homes: dict[str, HomePage]) -> None:
    page = homes["fi"]
    page.language_versions = {"fi": page}
    page.title = "Ensimmäinen"
    first = rendered(page)
    page.title = "Toinen"
    second = rendered(page)
    content_cache.renew_content_version()

    assert [first, second, rendered(page)] == ["Ensimmäinen", "Ensimmäinen", "Toinen"]


def test_a_part_of_what_routing_did_not_find_is_not_kept(homes: dict[str, HomePage]) -> None:
    """A view that shows a page, such as the form of an event by itself, has other breadcrumbs and languages."""
    page = Page.objects.get(pk=homes["fi"].pk)
    page.title = "Ensimmäinen"
    first = rendered(page)
    page.title = "Toinen"

    assert [first, rendered(page)] == ["Ensimmäinen", "Toinen"]


def test_parts_of_a_page_are_not_made_for_every_visitor(client: Client, homes: dict[str, HomePage]) -> None:
    first = client.get("/fi/?made=anew").content
    with mock.patch.object(BasePage, "breadcrumb_data", new_callable=mock.PropertyMock) as made:
        second = client.get("/fi/?made=anew").content

    assert second == first
    assert made.call_count == 0


def test_content_version_is_read_once_for_a_response() -> None:
    template = Template("{% load content_cache_tags %}{% content_version %} {% content_version %}")
    get, post = HttpRequest(), HttpRequest()
    get.method, post.method = "GET", "POST"
    with mock.patch.object(content_cache, "content_version", side_effect=["1", "2", "3"]):
        texts = [template.render(RequestContext(request)) for request in (get, post)]

    assert texts == ["1 1", "2 3"]
