"""What every page of a running site shows and sends."""

import re
from typing import Any

import pytest
from bs4 import BeautifulSoup
from playwright.sync_api import Page

from tests.browsing import Visit, accessibility_violations, apply_text_spacing, overflows
from tests.journeys import test_admin, test_outside_checks, test_registering
from tests.journeys.conftest import Web
from tests.journeys.signing_up import OPEN, filled_in
from tests.production.conftest import Staff
from tests.production.net import Network
from tests.production.site import ProductionSite

pytestmark = pytest.mark.production
LANGUAGES = ("fi", "sv", "en")
KINDS = ("home", "events", "news", OPEN, "form", "form with errors", "manage page", "accessibility")
#: Of the accessibility statement: status, feedback, enforcement (Directive (EU) 2016/2102, article 7).
PARTS = {
    "fi": ["Vaatimustenmukaisuuden tila", "Palaute ja yhteystiedot", "Täytäntöönpanomenettely"],
    "sv": ["Status för fullgörande av kraven", "Respons och kontaktinformation", "Tillsynsförfarande"],
    "en": ["Compliance status", "Feedback and contact information", "Enforcement procedure"],
}
ADMIN_VIEWS = {
    "desks": "/admin/registrations/",
    "registrations": "/admin/registrations/{desk}/",
    "export": "/admin/registrations/{desk}/export/",
    "adding": "/admin/registrations/{desk}/add/",
    "translations": "/admin/translations/",
    "retention": "/admin/registrations/retention/",
}
#: The part of a page that is not to be seen although there is no scrolling: text wider than the box that cuts it.
CLIPPED = """() => [...document.querySelectorAll("main *, header *, footer *")].filter((element) => {
  const style = getComputedStyle(element), box = element.getBoundingClientRect();
  return box.width > 1 && element.textContent.trim() && ["hidden", "clip"].includes(style.overflowX)
    && element.scrollWidth > element.clientWidth + 1;
}).map((element) => element.outerHTML.slice(0, 160))"""


@pytest.fixture(scope="module")
def public_pages(production: ProductionSite, net: Network) -> dict[str, BeautifulSoup]:
    return test_outside_checks.read_public_pages(production)


def opened(site: ProductionSite, browse: Visit, kind: str, language: str, **window: Any) -> Page:
    """Open a page of a kind in a browser."""
    if kind.startswith("form"):
        page = browse(site.desk(OPEN, language), **window)
        if kind == "form with errors":
            page.locator("form[data-registration] button[type=submit]").click()
            page.wait_for_selector(".ds-error-summary")
        return page
    if kind == "manage page":
        email = f"manage-{language}@example.fi"
        if not site.rows("SELECT 1 FROM verkosto_registrations_registration WHERE email = ?", email):
            with Web(site.url) as web:
                desk = site.desk(OPEN, language)
                web.post(desk, filled_in(web.get(desk).text, name="Aino Esimerkki", email=email))
        return browse(site.personal_link(email), **window)
    return browse(site.path(kind, language), **window)


@pytest.mark.browser
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", KINDS)
def test_axe_finds_nothing_in_light_and_dark(
    production: ProductionSite, browse: Visit, kind: str, language: str
) -> None:
    page = opened(production, browse, kind, language)
    assert page.locator("html").get_attribute("lang") == language
    found = []
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        found += accessibility_violations(page)
    assert found == []


@pytest.mark.browser
@pytest.mark.parametrize("kind", KINDS)
def test_nothing_scrolls_sideways_or_is_cut_at_320_pixels_or_with_wide_spacing(
    production: ProductionSite, browse: Visit, kind: str
) -> None:
    page = opened(production, browse, kind, "fi", width=320)
    for spaced in (False, True):
        if spaced:
            apply_text_spacing(page)
        assert not overflows(page)
        assert page.evaluate(CLIPPED) == []


@pytest.mark.browser
def test_keyboard_alone_registers(production: ProductionSite, browse: Visit) -> None:
    test_registering.test_keyboard_alone_registers(production, browse)


@pytest.mark.browser
def test_without_scripts_one_registers_changes_and_cancels(production: ProductionSite, browse: Visit) -> None:
    test_registering.test_without_scripts_one_registers_changes_and_cancels(production, browse)


@pytest.mark.browser
@pytest.mark.parametrize("language", LANGUAGES)
def test_empty_form_leads_from_its_summary_to_the_fields(
    production: ProductionSite, browse: Visit, language: str
) -> None:
    test_registering.test_empty_form_leads_from_its_summary_to_the_fields(production, browse, language)


@pytest.mark.browser
@pytest.mark.parametrize("view", ADMIN_VIEWS)
def test_our_own_admin_views_are_accessible_and_fit(production: ProductionSite, new_context: Any, view: str) -> None:
    ((desk,),) = production.rows(
        "SELECT id FROM verkosto_registrations_desk WHERE translation_key = ?", production.made["ten_key"]
    )
    with Staff(production.url, "admin") as staff:
        context = new_context(viewport={"width": 1280, "height": 900}, reduced_motion="reduce")
        context.add_cookies(
            [{"name": each.name, "value": str(each.value), "url": production.url} for each in staff.cookies]
        )
    page = context.new_page()
    page.goto(production.url + ADMIN_VIEWS[view].format(desk=desk))
    test_admin.looks_right(page, "en")


def test_every_page_leads_to_the_accessibility_statement(
    production: ProductionSite, public_pages: dict[str, BeautifulSoup]
) -> None:
    test_outside_checks.test_every_page_leads_to_the_accessibility_statement(production, public_pages)
    for language in LANGUAGES:
        statement = public_pages[production.url + production.path("accessibility", language)].main
        assert statement
        headings = [heading.get_text(strip=True).replace("\xad", "") for heading in statement.select("h2")]
        assert [part for part in PARTS[language] if part not in headings] == []
        assert re.search(r"20\d\d", statement.get_text()), "no date"


def test_languages_of_every_page_agree(
    production: ProductionSite, web: Web, public_pages: dict[str, BeautifulSoup]
) -> None:
    test_outside_checks.test_languages_of_every_page_agree(production, public_pages)
    for language in ("sv", "en"):
        test_outside_checks.test_page_missing_in_a_language_offers_the_others(web, language)


@pytest.mark.browser
def test_browsing_asks_no_other_host_breaks_no_policy_and_sets_no_cookie(
    production: ProductionSite, browse: Visit
) -> None:
    for kind in ("home", "events", OPEN, "news", "networks"):
        page = browse(production.path(kind, "fi"))
        assert page.context.cookies() == []
    assert browse.problems == []


def test_headers_of_every_answer_are_strict_and_nonces_fresh(production: ProductionSite, web: Web) -> None:
    test_outside_checks.test_headers_of_public_answers(production, web)
    test_outside_checks.test_nonces_are_fresh(web)
    assert web.get("/fi/").headers["Strict-Transport-Security"] == "max-age=31536000"
