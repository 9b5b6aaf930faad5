"""A visitor with a keyboard alone: filters, and a form with errors; each stop is seen, in view and not covered.

WCAG 2.2 SC 2.1.1, 2.4.3, 2.4.7, 2.4.11. The menu is in ``tests/skin/test_menu.py``, the boards of groups, whose people can
be dragged, in ``tests/network_pages``, and a form without errors in ``test_registering.py``.
"""

import pytest
from playwright.sync_api import Page

from tests.browsing import Visit
from tests.instance import Instance
from tests.journeys.signing_up import OPEN, registrations_of
from tests.journeys.test_registering import FOCUS

pytestmark = [pytest.mark.browser, pytest.mark.journey]
MOST_STOPS = 150
ROOM_FOR_FILTERS = 768  # CSS pixels from which they are in sight without opening them
IS_AT = "selector => document.activeElement.matches(selector)"


def tab_to(page: Page, selector: str) -> None:
    """Press Tab until an element has the focus; every stop on the way is visible.

    Between the last and the first element of a page the focus is in the browser's own controls, and on ``body``.
    """
    stops = []
    for _ in range(MOST_STOPS):
        page.keyboard.press("Tab")
        stop = page.evaluate(FOCUS)
        stops.append(stop["text"] or stop["name"])
        if stop["tag"] == "BODY":
            continue
        assert (stop["seen"], stop["inView"], stop["covered"]) == (True, True, False), (stop, stops)
        if page.evaluate(IS_AT, selector):
            return
    raise AssertionError(f"Tab does not lead to {selector}.")


@pytest.mark.parametrize("width", [320, 1280])
def test_filters_are_chosen_and_removed(instance: Instance, browse: Visit, width: int) -> None:
    page = browse(instance.path("events", "fi"), width=width)
    if width < ROOM_FOR_FILTERS:
        tab_to(page, ".filter-box summary")
        page.keyboard.press("Enter")
        page.wait_for_selector(".filter-box[open]")
    tab_to(page, ".filters select")
    page.keyboard.press("ArrowDown")
    chosen = page.evaluate("() => document.activeElement.selectedOptions[0].textContent")
    tab_to(page, ".filters button")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert chosen in page.locator(".chips").inner_text()

    tab_to(page, ".chips a")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert page.locator(".chips").count() == 0
    assert browse.problems == []


def test_errors_lead_to_their_fields_on_a_phone(instance: Instance, browse: Visit) -> None:
    email = "keyboard-errors@example.fi"
    page = browse(instance.path(OPEN, "fi"), width=320)
    tab_to(page, "form[data-registration] button[type=submit]")
    page.keyboard.press("Enter")
    page.wait_for_selector(".ds-error-summary:focus")
    tab_to(page, ".ds-error-summary a")
    page.keyboard.press("Enter")
    page.wait_for_selector("form[data-registration] [name=name]:focus")

    page.keyboard.type("Näppäimistö")
    values = {"email": email}
    while not page.evaluate(IS_AT, "form[data-registration] button[type=submit]"):
        tab_to(page, "form[data-registration] *")
        stop = page.evaluate(FOCUS)
        if stop["type"] == "radio":
            page.keyboard.press("Space")
        elif stop["type"] in ("text", "email"):
            page.keyboard.type(values.get(stop["name"], "Näppäinvirasto"))
    page.keyboard.press("Enter")
    page.wait_for_url("**/received/**")
    assert registrations_of(instance, email) == [("confirmed", "fi", "Näppäimistö")]
    assert [problem for problem in browse.problems if "status of 422" not in problem] == []
