from collections.abc import Callable
from xml.etree import ElementTree

import pytest
from django.test import Client

from home import sitemaps
from home.models import HomePage
from tests.factories import StandardPageFactory, in_language

NAMES = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9", "x": "http://www.w3.org/1999/xhtml"}


def entries(client: Client, portion: int = 1) -> dict[str, dict[str, str]]:
    tree = ElementTree.fromstring(client.get(f"/sitemap-{portion}.xml").content)  # noqa: S314 - our own answer
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
def test_portion_takes_as_many_queries_at_any_size_and_then_none(
    client: Client, homes: dict[str, HomePage], count: int, count_queries: Callable[..., int]
) -> None:
    for _ in range(count):
        StandardPageFactory(parent=homes["fi"])

    # The sites and what is private (three), their languages (two), the pages, and their versions.
    assert count_queries("/sitemap-1.xml", cold=True) == 7
    assert count_queries("/sitemap-1.xml") == 0


def test_sitemap_is_an_index_of_portions(
    client: Client, homes: dict[str, HomePage], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sitemaps, "PORTION", 2)
    index = ElementTree.fromstring(client.get("/sitemap.xml").content)  # noqa: S314 - our own answer
    addresses = [found.text for found in index.findall("s:sitemap/s:loc", NAMES)]

    assert addresses == ["http://localhost/sitemap-1.xml", "http://localhost/sitemap-2.xml"]
    assert list(entries(client)) == ["http://localhost/fi/", "http://localhost/sv/"]
    assert list(entries(client, 2)) == ["http://localhost/en/"]
    assert client.get("/sitemap-3.xml").status_code == 404


def test_sitemap_is_not_sent_again_to_who_has_it(client: Client, homes: dict[str, HomePage]) -> None:
    first = client.get("/sitemap-1.xml")
    again = client.get("/sitemap-1.xml", headers={"if-none-match": first["ETag"]})

    assert (again.status_code, again.content) == (304, b"")
    assert first["Cache-Control"] == "public, max-age=5, s-maxage=60"
    StandardPageFactory(parent=homes["fi"])
    assert client.get("/sitemap-1.xml", headers={"if-none-match": first["ETag"]}).status_code == 200
