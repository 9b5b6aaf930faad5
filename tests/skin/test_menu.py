"""The menu of a narrow screen, by keyboard (WCAG 2.2 SC 2.1.2, 2.4.3, 2.4.11)."""

from io import BytesIO
from itertools import pairwise

import pytest
from PIL import Image

from home.models import HomePage
from tests.browsing import Visit, accessibility_violations
from tests.factories import EventIndexPageFactory

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

IS_IN_MENU = "() => document.getElementById('menu').contains(document.activeElement)"
FOCUSED = "() => document.activeElement.className || document.activeElement.tagName"


def test_focus_stays_in_the_open_menu_and_returns_to_its_button(visit: Visit, homes: dict[str, HomePage]) -> None:
    EventIndexPageFactory(parent=homes["fi"], show_in_menus=True)
    page = visit("/fi/", width=320)
    page.locator(".menu-button").focus()
    page.keyboard.press("Enter")
    page.wait_for_selector("#menu[role=dialog]")
    assert accessibility_violations(page) == []

    for key in ("Tab", "Shift+Tab"):
        for _ in range(10):
            page.keyboard.press(key)
            # Between its last and its first element the focus is in the browser's own controls.
            assert page.evaluate(IS_IN_MENU) or page.evaluate(FOCUSED) == "BODY"

    page.keyboard.press("Escape")
    page.wait_for_function("() => document.activeElement.className === 'menu-button'")
    assert page.locator("[inert]").count() == 0
    assert visit.problems == []


def test_menu_that_is_open_when_the_window_grows_closes(visit: Visit, homes: dict[str, HomePage]) -> None:
    page = visit("/fi/", width=320)
    page.locator(".menu-button").click()
    page.wait_for_selector("#menu[role=dialog]")
    page.set_viewport_size({"width": 1280, "height": 800})
    page.wait_for_selector("#menu:not([role])")
    assert page.locator("[inert]").count() == 0


def test_menu_stands_open_without_scripts(visit: Visit, homes: dict[str, HomePage]) -> None:
    page = visit("/fi/", width=320, scripts=False)
    assert page.locator("#menu").is_visible()
    assert not page.locator(".menu-button").is_visible()


def lines_of(button: bytes) -> int:
    """Return the number of lines of the icon: where the pixels from top to bottom turn from the ground to another colour."""
    picture = Image.open(BytesIO(button)).convert("L")
    column = [int(picture.getpixel((14, y))) for y in range(4, picture.height - 4)]  # type: ignore[arg-type]
    drawn = [abs(value - column[0]) > 60 for value in column]
    return sum(line and not above for above, line in pairwise(drawn))


def test_icon_of_the_menu_has_its_three_lines_in_forced_colours(visit: Visit, homes: dict[str, HomePage]) -> None:
    page = visit("/fi/", width=320)
    seen = [lines_of(page.locator(".menu-button").screenshot())]
    page.emulate_media(forced_colors="active")
    seen += [lines_of(page.locator(".menu-button").screenshot())]
    page.emulate_media(forced_colors="active", color_scheme="dark")
    seen += [lines_of(page.locator(".menu-button").screenshot())]
    assert seen == [3, 3, 3]
