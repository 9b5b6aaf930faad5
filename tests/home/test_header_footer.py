import datetime

import pytest
from django.db import IntegrityError
from django.utils import timezone
from django.utils.translation import override

from home.header_footer import HeaderFooter, Link
from home.models import HomePage, SiteSettings
from home.templatetags.home_tags import header_and_footer
from tests.factories import AccessibilityPageFactory, SiteSettingsFactory, StandardPageFactory, in_language, locale


def settings_with_links(homes: dict[str, HomePage]) -> SiteSettings:
    page = StandardPageFactory(parent=homes["fi"], title="Tietoa", slug="tietoa")
    in_language(page, "sv", title="Om oss", slug="om-oss")
    elsewhere = {"title": "Esimerkki", "page": None, "url": "https://example.fi/", "document": None, "description": ""}
    statement = AccessibilityPageFactory(parent=homes["fi"], slug="saavutettavuus")
    values = {
        "header_links": [("link", {"title": "", "page": page, "url": "", "document": None, "description": ""})],
        "footer_columns": [
            ("column", {"title": "Muualla", "text": None, "links": [elsewhere]}),
        ],
        "accessibility_page": statement,
    }
    SiteSettingsFactory(locale=locale("sv"), name="Nätverket", **values)
    return SiteSettingsFactory(**values)


def test_header_footer_links_in_the_active_language(homes: dict[str, HomePage]) -> None:
    settings_with_links(homes)

    with override("fi"):
        finnish = header_and_footer()
    with override("sv"):
        swedish = header_and_footer()

    assert finnish.header_links == (Link("Tietoa", "/fi/tietoa/"),)
    assert swedish.header_links == (Link("Om oss", "/sv/om-oss/"),)
    assert finnish.footer_columns[0].links == [Link("Esimerkki", "https://example.fi/", True)]
    assert finnish.accessibility == Link("Saavutettavuusseloste", "/fi/saavutettavuus/")


def test_header_footer_of_a_language_without_settings_is_empty(homes: dict[str, HomePage]) -> None:
    with override("en"):
        assert header_and_footer() == HeaderFooter()


def test_header_footer_takes_no_query_from_the_cache(
    homes: dict[str, HomePage], django_assert_num_queries: object
) -> None:
    settings_with_links(homes)
    with override("fi"):
        header_and_footer()

        with django_assert_num_queries(0):  # type: ignore[operator]
            header_and_footer()


def test_header_footer_follows_an_edit_at_once(
    homes: dict[str, HomePage], django_capture_on_commit_callbacks: object
) -> None:
    settings = settings_with_links(homes)
    with override("fi"):
        header_and_footer()

    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]
        settings.name = "Uusi nimi"
        settings.save()

    with override("fi"):
        assert header_and_footer().name == "Uusi nimi"


@pytest.mark.parametrize(("days", "shown"), [(-1, ""), (1, "<p>Huom.</p>")])
def test_header_footer_notice_is_shown_while_in_force(days: int, shown: str) -> None:
    until = timezone.now() + datetime.timedelta(days=days)

    assert HeaderFooter(notice_html="<p>Huom.</p>", notice_until=until).notice == shown


def test_site_settings_are_one_a_locale(homes: dict[str, HomePage]) -> None:
    SiteSettingsFactory()

    with pytest.raises(IntegrityError):
        SiteSettingsFactory()


@pytest.mark.django_db
def test_pages_shown_in_menus_are_in_the_header_without_site_settings(homes: dict[str, HomePage]) -> None:
    """Finding: "show in menus" had no effect on a site without site settings."""
    shown = StandardPageFactory(parent=homes["fi"], title="Tietoa", show_in_menus=True)
    StandardPageFactory(parent=homes["fi"], title="Muu")
    StandardPageFactory(parent=homes["fi"], title="Luonnos", show_in_menus=True, live=False)
    StandardPageFactory(parent=shown, title="Alasivu", show_in_menus=True)

    found = SiteSettings.header_footer("fi").header_links

    assert [(link.title, link.url) for link in found] == [("Tietoa", shown.url)]
    assert SiteSettings.header_footer("sv").header_links == ()
