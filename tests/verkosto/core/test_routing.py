import pytest
from django.test import RequestFactory
from django.utils.translation import override

from home.models import HomePage
from tests.factories import StandardPageFactory
from verkosto.core.routing import find_route


def route(path: str, language: str) -> object:
    with override(language):
        found = find_route(RequestFactory().get("/"), path)
    return found.page if found else None


def test_route_finds_the_page_of_the_active_language(homes: dict[str, HomePage]) -> None:
    page = StandardPageFactory(parent=homes["fi"], slug="tietoa")
    below = StandardPageFactory(parent=page, slug="lisaa")

    assert route("", "fi") == homes["fi"]
    assert route("", "sv") == homes["sv"]
    assert route("tietoa/lisaa/", "fi") == below
    assert route("tietoa/", "sv") is None
    assert route("tietoa/muuta/", "fi") is None


def test_route_gives_the_breadcrumbs(homes: dict[str, HomePage]) -> None:
    page = StandardPageFactory(parent=homes["fi"], slug="tietoa")
    below = StandardPageFactory(parent=page, slug="lisaa")

    found = route("tietoa/lisaa/", "fi")

    assert [crumb.pk for crumb in found.breadcrumbs] == [homes["fi"].pk, page.pk]
    assert [crumb.pk for crumb in below.breadcrumbs] == [homes["fi"].pk, page.pk]


def test_route_to_unpublished_home_is_none_and_never_another_language(homes: dict[str, HomePage]) -> None:
    homes["sv"].unpublish()

    assert route("", "sv") is None


def test_route_with_nul_is_none(homes: dict[str, HomePage]) -> None:
    assert route("tietoa\x00/", "fi") is None


@pytest.mark.parametrize("depth", [1, 8])
def test_route_takes_three_queries_at_any_depth(
    homes: dict[str, HomePage], django_assert_num_queries: object, depth: int
) -> None:
    page = homes["fi"]
    for number in range(depth):
        page = StandardPageFactory(parent=page, slug=f"taso-{number}")
    path = "".join(f"taso-{number}/" for number in range(depth))
    route(path, "fi")

    with django_assert_num_queries(3):  # type: ignore[operator]  # the pages on the way, the language versions, the own row
        assert route(path, "fi") == page
