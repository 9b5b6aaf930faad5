from xml.etree import ElementTree

import pytest
from django.test import Client

from home.models import HomePage
from tests.factories import StandardPageFactory, in_language

NAMES = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9", "x": "http://www.w3.org/1999/xhtml"}


def entries(client: Client) -> dict[str, dict[str, str]]:
    tree = ElementTree.fromstring(client.get("/sitemap.xml").content)  # noqa: S314 - our own answer
    return {
        url.findtext("s:loc", namespaces=NAMES): {
            link.attrib["hreflang"]: link.attrib["href"] for link in url.findall("x:link", NAMES)
        }
        for url in tree.findall("s:url", NAMES)
    }


def test_sitemap_has_every_language_with_its_alternates(client: Client, homes: dict[str, HomePage]) -> None:
    page = StandardPageFactory(parent=homes["fi"], slug="tietoa")
    in_language(page, "sv", slug="om-oss")
    StandardPageFactory(parent=homes["fi"], slug="luonnos", live=False)
    here = "http://localhost"
    fronts = {
        "fi": f"{here}/fi/", "sv": f"{here}/sv/", "en": f"{here}/en/", "x-default": f"{here}/fi/",
    }  # fmt: skip
    about = {"fi": f"{here}/fi/tietoa/", "sv": f"{here}/sv/om-oss/", "x-default": f"{here}/fi/tietoa/"}

    assert entries(client) == {
        f"{here}/fi/": fronts,
        f"{here}/sv/": fronts,
        f"{here}/en/": fronts,
        f"{here}/fi/tietoa/": about,
        f"{here}/sv/om-oss/": about,
    }


def test_sitemap_leaves_out_private_pages(client: Client, homes: dict[str, HomePage]) -> None:
    page = StandardPageFactory(parent=homes["fi"], slug="tietoa")
    page.view_restrictions.create(restriction_type="login")

    assert "http://localhost/fi/tietoa/" not in entries(client)


@pytest.mark.parametrize("count", [1, 30])
def test_sitemap_takes_three_queries(
    client: Client, homes: dict[str, HomePage], django_assert_num_queries: object, count: int
) -> None:
    for _ in range(count):
        StandardPageFactory(parent=homes["fi"])
    client.get("/sitemap.xml")

    with django_assert_num_queries(2):  # type: ignore[operator]  # what is private, and the pages
        client.get("/sitemap.xml")
