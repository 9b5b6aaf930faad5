"""The public pages of several languages: alternates, the sitemap, and languages without a published home page."""

import re
from xml.etree import ElementTree

import pytest
from wagtail.coreutils import get_content_languages
from wagtail.models import Page, Site

from tests.factories import StandardPageFactory, in_language

LINK = re.compile(r'<link rel="alternate" hreflang="([\w-]+)" href="([^"]+)"')


def links(client, path):
    response = client.get(path)
    assert response.status_code == 200
    return dict(LINK.findall(response.content.decode()))


def test_where_the_swedish_home_is_not_live_no_finnish_stands(client, homes):
    """Core serves the default language's home page there, with 200 and `Content-Language: sv`."""
    page = StandardPageFactory(parent=homes["fi"], slug="tietoa", title="Tietoa verkostosta")
    in_language(page, "sv", slug="om", title="Om nätverket")
    homes["sv"].unpublish()
    for path in ("/sv/", "/sv/tietoa/"):
        response = client.get(path)
        assert (response.status_code, response["Content-Language"]) == (404, "sv")
        assert "Tiivistelmä." not in response.content.decode()


def test_an_alias_shows_no_other_language_and_is_no_version(client, homes):
    page = StandardPageFactory(parent=homes["fi"], slug="tietoa", title="Tietoa verkostosta")
    alias = page.copy_for_translation(homes["sv"].locale, alias=True)
    Page.objects.filter(pk=alias.pk).update(live=True)
    assert set(links(client, "/fi/tietoa/")) <= {"fi", "x-default"}
    assert "/sv/tietoa/" not in client.get("/sitemap-1.xml").content.decode()


def test_links_between_the_languages_are_reciprocal(client, homes):
    """Slugs are translated: an alternate is never the same path with another prefix."""
    page = StandardPageFactory(parent=homes["fi"], slug="tietoa")
    swedish = in_language(page, "sv", slug="om-oss")
    from_finnish = links(client, page.get_url())
    assert from_finnish == {
        "fi": page.full_url,
        "sv": swedish.full_url,
        "x-default": page.full_url,
    }
    assert links(client, swedish.get_url()) == from_finnish


def test_the_sitemap_has_every_tree_and_the_pages_own_links(client, homes):
    page = StandardPageFactory(parent=homes["fi"], slug="tietoa")
    swedish = in_language(page, "sv", slug="om-oss")
    root = ElementTree.fromstring(client.get("/sitemap-1.xml").content)  # noqa: S314 - our own answer
    listed = {
        url[0].text: {link.get("hreflang"): link.get("href") for link in url if link.get("hreflang")} for url in root
    }
    assert {home.full_url for home in homes.values()} < set(listed)
    assert listed[swedish.full_url] == links(client, swedish.get_url())


def test_the_root_chooses_a_language_and_says_so(client, homes):
    response = client.get("/", headers={"accept-language": "sv"})
    assert (response.status_code, response["Location"]) == (302, "/sv/")
    assert {"Accept-Language", "Cookie"} & {name.strip() for name in response["Vary"].split(",")}


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_every_language_has_its_prefix(client, homes, language):
    assert client.get(f"/{language}/")["Content-Language"] == language


def test_a_language_from_right_to_left_has_its_direction(client, homes, settings):
    settings.LANGUAGES = settings.WAGTAIL_CONTENT_LANGUAGES = [*settings.LANGUAGES, ("ar", "Arabic")]
    get_content_languages.cache_clear()
    page = in_language(homes["fi"], "ar", slug="ar", title="شبكة")
    Site.clear_site_root_paths_cache()
    start = {path: re.search("<html[^>]*>", client.get(path).content.decode())[0] for path in ("/ar/", "/fi/")}
    get_content_languages.cache_clear()
    assert page.live
    assert start == {"/ar/": '<html lang="ar" dir="rtl">', "/fi/": '<html lang="fi">'}
