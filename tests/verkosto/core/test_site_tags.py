from dataclasses import replace

import pytest
from django.template import Context, Template
from django.template.loader import render_to_string
from django.test import RequestFactory
from django.utils.html import strip_tags
from django.utils.translation import override

from verkosto.core.locales import Alternate
from verkosto.core.templatetags import hyphenation_tags
from verkosto.core.templatetags.hyphenation_tags import hyphenated
from verkosto.core.templatetags.site_tags import aria_current, default_version, missing_versions


def alternate(code: str, url: str | None, *, current: bool = False) -> Alternate:
    return Alternate(language_code=code, language_name=code, url=url, title="", is_current=current)


FI, SV, EN = alternate("fi", "/fi/a/", current=True), alternate("sv", None), alternate("en", "/en/a/")


NEEDS_VOIKKO = pytest.mark.voikko


@pytest.mark.parametrize(
    ("language", "text", "shown"),
    [
        pytest.param("fi", "kehittämisverkosto", "kehit-tä-mis-ver-kosto", marks=NEEDS_VOIKKO),
        pytest.param("fi", "Erityisasiantuntija", "Erityis-asian-tun-tija", marks=NEEDS_VOIKKO),
        pytest.param("fi", "henkilöstöjohdon ilta", "henki-lös-tö-johdon ilta", marks=NEEDS_VOIKKO),
        pytest.param("fi", "tietohallintoneuvottelukunta", "tieto-hal-lin-to-neu-vot-te-lu-kunta", marks=NEEDS_VOIKKO),
        pytest.param("fi", "viranomaisyhteistyö", "viran-omais-yh-teistyö", marks=NEEDS_VOIKKO),
        ("fi", "lyhyt sana", "lyhyt sana"),
        ("fi", "organisationsutveckling", "organisationsutveckling"),
        ("sv", "utvecklingsprogram", "utveck-lings-pro-gram"),
        ("sv", "chefsutbildningar", "chefs-ut-bild-ningar"),
        ("sv", "förändringsledning", "föränd-rings-led-ning"),
        ("sv-fi", "personalutveckling", "perso-nal-ut-veck-ling"),
        ("da", "kompetenceudvikling", "kompe-ten-ce-ud-vik-ling"),
        ("en", "internationalisation", "internationalisation"),
    ],
)
def test_long_words_get_soft_hyphens(language: str, text: str, shown: str) -> None:
    with override(language):
        assert hyphenated(text).replace("\xad", "-") == shown


@pytest.mark.parametrize(
    ("language", "text", "shown"),
    [
        ("sv", "Kontrollera din e-post", "Kontrollera din e-~post"),
        ("sv", "E-postmeddelandet", "E-~post-med-de-landet"),
        ("en", "An e-learning day", "An e-~learning day"),
        ("fi", "SOTE-uudistus 2026–2027", "SOTE-uudistus 2026–2027"),
    ],
)
def test_no_line_ends_after_one_letter_and_a_hyphen(language: str, text: str, shown: str) -> None:
    with override(language):
        assert hyphenated(text).replace("\xad", "-").replace("\N{WORD JOINER}", "~") == shown


def test_title_in_another_language_gets_the_hyphens_of_its_language() -> None:
    with override("en"):
        shown = Template('{% load core_tags hyphenation_tags %}{{ title|hyphenated:"sv"|in_language:"sv" }}').render(
            Context({"title": "Utvecklingsprogram & <b>"})
        )
    assert shown.replace("\xad", "-") == '<span lang="sv">Utveck-lings-pro-gram &amp; &lt;b&gt;</span>'


def test_finnish_is_not_hyphenated_without_voikko(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(hyphenation_tags, "voikko", lambda: None)
    hyphenation_tags._hyphenate.cache_clear()
    with override("fi"):
        assert hyphenated("erityisasiantuntija") == "erityisasiantuntija"
    hyphenation_tags._hyphenate.cache_clear()


def test_default_version_is_the_first_that_exists() -> None:
    assert [default_version([SV, FI, EN]), default_version([SV]), default_version([])] == ["/fi/a/", "", ""]


def test_missing_versions_leave_out_the_current_one() -> None:
    assert missing_versions([alternate("fi", None, current=True), SV, EN]) == [SV]


@pytest.mark.parametrize(
    ("path", "url", "state"),
    [
        ("/fi/verkostot/", "/fi/verkostot/", "page"),
        ("/fi/verkostot/foorumi/", "/fi/verkostot/", "true"),
        ("/fi/tapahtumat/", "/fi/verkostot/", ""),
        ("/fi/tapahtumat/", "/fi/", ""),
        ("/fi/verkostot/", "https://example.fi/fi/verkostot/", "page"),
    ],
)
def test_menu_marks_where_the_reader_is(path: str, url: str, state: str) -> None:
    assert aria_current(Context({"request": RequestFactory().get(path)}), url) == state


def test_each_missing_language_is_named_once_and_in_itself() -> None:
    """A fourth locale has no catalogue: its line was the English one once more."""
    missing = [alternate("sv", None), alternate("en", None), replace(alternate("da", None), language_name="dansk")]
    with override("fi"):
        html = render_to_string("verkosto_core/components/missing_languages.html", {"alternates": missing})
    lines = [" ".join(strip_tags(line).split()) for line in html.split("</li>")[:-1]]
    assert lines == [
        "Den här sidan finns inte på svenska. Startsidan på svenska",
        "This page is not in English. Home page in English",
        "Tätä sivua ei ole tällä kielellä: Dansk",
    ]
    assert '<a href="/da/" hreflang="da" lang="da">' in html
