"""A visitor registers: with a keyboard alone, without scripts, and with everything wrong at first."""

import pytest
from playwright.sync_api import Page

from tests.browsing import Visit
from tests.instance import Instance
from tests.journeys.signing_up import OPEN, registrations_of, type_in

pytestmark = [pytest.mark.browser, pytest.mark.journey]

FOCUS = """() => {
  const e = document.activeElement, style = getComputedStyle(e);
  const box = e.getClientRects()[0] ?? e.getBoundingClientRect();  // the first line of a link that is broken
  const outline = style.outlineStyle !== "none" && parseFloat(style.outlineWidth) > 0;
  const top = document.elementFromPoint(
    Math.min(Math.max(box.left + box.width / 2, 0), innerWidth - 1), Math.min(Math.max(box.top + 2, 0), innerHeight - 1));
  return {
    tag: e.tagName, name: e.getAttribute("name"), type: e.type, text: e.textContent.trim().slice(0, 60),
    href: e.getAttribute("href"), id: e.id, inForm: !!e.closest("form[data-registration]"),
    seen: outline || style.boxShadow !== "none",
    inView: box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth,
    covered: !(top === e || e.contains(top) || (top && top.contains(e))),
  };
}"""


def test_keyboard_alone_registers(instance: Instance, browse: Visit) -> None:
    page = browse(instance.path(OPEN, "sv"), language="sv-FI")
    page.keyboard.press("Tab")
    assert page.evaluate(FOCUS)["href"] == "#main"
    values = {"name": "Tangentbordet", "email": "keyboard@example.fi"}
    stops = 0
    while True:
        stop = page.evaluate(FOCUS)
        stops += 1
        assert stop["seen"], stop
        assert stop["inView"], stop
        assert not stop["covered"], stop
        if stop["inForm"]:
            if stop["tag"] == "BUTTON":
                break
            if stop["type"] == "radio":
                page.keyboard.press("Space")
            elif stop["type"] in ("text", "email"):
                page.keyboard.type(values.get(stop["name"], "Testverket"))
        assert stops < 150
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_url("**/received/**")
    assert page.locator("html").get_attribute("lang") == "sv"
    assert registrations_of(instance, "keyboard@example.fi") == [("confirmed", "sv", "Tangentbordet")]
    assert browse.problems == []


def test_without_scripts_one_registers_changes_and_cancels(instance: Instance, browse: Visit) -> None:
    email = "no-scripts@example.fi"
    page = browse(instance.path(OPEN, "fi"), scripts=False)
    type_in(page, name="Ilman Skriptejä", email=email)
    page.locator("form[data-registration] button[type=submit]").click()
    assert "/received/" in page.url
    assert registrations_of(instance, email) == [("confirmed", "fi", "Ilman Skriptejä")]

    page.goto(instance.url + instance.personal_link(email))
    mine = instance.url + instance.manage_path(email)
    assert page.url == mine
    page.locator("a[href$='/change/']").click()
    page.locator("[name=name]").fill("Toinen Nimi")
    page.locator("main form button[type=submit]").click()
    assert page.url == mine
    assert "Toinen Nimi" in page.locator("main").inner_text()
    page.locator("a[href$='/cancel/']").click()
    page.locator("main form button[type=submit]").click()
    assert page.url == mine
    assert registrations_of(instance, email) == [("cancelled", "fi", "Toinen Nimi")]


TITLES = {"fi": "Virhe", "sv": "Fel", "en": "Error"}


@pytest.mark.parametrize("language", TITLES)
def test_empty_form_leads_from_its_summary_to_the_fields(instance: Instance, browse: Visit, language: str) -> None:
    page = browse(instance.path(OPEN, language), language=language)
    page.locator("[name=name]").fill("Kept Name")
    page.locator("form[data-registration] button[type=submit]").click()
    page.wait_for_selector(".ds-error-summary")
    assert page.title().startswith(TITLES[language])
    assert page.locator(":focus").get_attribute("class") == "ds-error-summary"
    assert page.locator("[name=name]").input_value() == "Kept Name"
    links = page.locator(".ds-error-summary a").all()
    assert len(links) >= 4
    for link in links:
        leads_to_its_field(page, str(link.get_attribute("href")))


def leads_to_its_field(page: Page, fragment: str) -> None:
    field = page.locator(f'[id="{fragment[1:]}"]')
    assert field.count() == 1
    assert field.get_attribute("aria-invalid") == "true"
    group = field.locator("xpath=ancestor-or-self::*[@aria-describedby][1]")  # choices are described as a group
    error = next(name for name in str(group.get_attribute("aria-describedby")).split() if name.endswith("_error"))
    assert page.locator(f'[id="{error}"]').inner_text().strip()
