"""The users' guides in the admin."""

from collections.abc import Iterator

import pytest
from bs4 import BeautifulSoup
from django.test import Client, RequestFactory
from django.urls import URLPattern, URLResolver, get_resolver, resolve, reverse

from cms import guides

WRITTEN = [
    (name, language)
    for name in guides.GUIDES
    for language in ("en", "fi", "sv")
    if guides.path_of(name, language).exists()
]


def view_names(patterns: list[URLPattern | URLResolver], namespace: str = "") -> Iterator[str]:
    for entry in patterns:
        if isinstance(entry, URLResolver):
            inner = ":".join(filter(None, (namespace, entry.namespace)))
            yield inner
            yield from view_names(entry.url_patterns, inner)
        elif entry.name:
            yield ":".join(filter(None, (namespace, entry.name)))


def test_every_section_and_every_view_that_is_named_exists() -> None:
    known = set(view_names(get_resolver().url_patterns))
    assert [name for name in guides.SECTIONS if name not in known] == []
    sections = {f"{name}#{section}" for name in guides.GUIDES for section in guides.section_names(name)}
    assert sorted(set(guides.SECTIONS.values()) - sections) == []


@pytest.mark.parametrize(("name", "language"), WRITTEN)
def test_guides_have_the_same_sections_and_tables_in_all_languages(name: str, language: str) -> None:
    contents, text = guides.guide(name, language)
    original = BeautifulSoup(guides.guide(name, "en")[1], "html.parser")
    shown = BeautifulSoup(text, "html.parser")
    assert [section for section, _title in contents] == guides.section_names(name)
    assert [heading["id"] for heading in shown.select("h2")] == guides.section_names(name)
    for part in ("table", "tr", "ol"):
        assert len(shown.select(part)) == len(original.select(part)), part
    assert {link["href"] for link in shown.select("a")} <= {f"../{guide}/" for guide in guides.GUIDES}


@pytest.mark.django_db
def test_guide_is_shown_in_the_readers_language_and_the_menu_leads_to_its_section(admin_client: Client) -> None:
    answer = admin_client.get(reverse("guide", args=["translators"]))
    page = BeautifulSoup(answer.content, "html.parser")
    assert [link["href"] for link in page.select(".guide__contents a")][:2] == [
        "#the-dashboard",
        "#assign-a-translation",
    ]
    is_written = ("translators", "fi") in WRITTEN
    assert page.select_one(".guide")["lang"] == ("fi" if is_written else "en")
    assert bool(page.select(".guide__note")) is not is_written
    assert admin_client.get(reverse("guide", args=["unknown"])).status_code == 404

    request = RequestFactory().get(reverse("wagtailadmin_explore_root"))
    request.resolver_match = resolve(request.path)
    urls = {name: guides.GuideMenuItem(name, 0).render_component(request).url for name in guides.GUIDES}
    assert urls == {
        "editors": "/admin/guides/editors/#create-an-event",
        "registrars": "/admin/guides/registrars/",
        "translators": "/admin/guides/translators/",
    }
