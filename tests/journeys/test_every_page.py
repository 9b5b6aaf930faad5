"""Every type of page, as a browser, an accessibility checker and an HTML checker see it.

The languages take turns over the types: each page is built from the same template in all three.
"""

import datetime as dt
from collections.abc import Sequence
from itertools import cycle
from typing import Any

import pytest
from playwright.sync_api import Page

from tests.browsing import ABOUT_COLOURS, BEST_PRACTICE, Visit, accessibility_violations, apply_text_spacing, overflows
from tests.html_validator import html_errors
from tests.instance import Instance
from tests.journeys.conftest import Web
from tests.journeys.signing_up import CANCELLED, CLOSED, FULL, OPEN, filled_in

pytestmark = pytest.mark.journey

LANGUAGES = ("fi", "sv", "en")
NODES = {
    "home": "home",
    "standard": "contact",
    "privacy": "privacy",
    "accessibility": "accessibility",
    "news index": "news",
    "news": "news.theme-day",
    "story": "story.round-3",
    "network index": "networks",
    "network": "network.management-forum",
    "members' network": "network.difficult-decisions",
    "small group": "group.1",
    "programme": "programme.strategic",
    "round": "round.3",
    "events": "events",
    "series": "series.season",
    "open event": OPEN,
    "event for its audience": "event.webinar-again",
    "full event": FULL,
    "closed event": CLOSED,
    "cancelled event": CANCELLED,
    "event without a day": "meeting.4",
    "postponed event": "meeting.1",
    "past event": "event.webinar",
}
#: Below the language's prefix, or below a page.
ADDRESSES = {
    "search": "/{language}/search/?q=a",
    "search without a hit": "/{language}/search/?q=zzzzz",
    "ask for the link": "/{language}/registrations/link/",
    "feedback about accessibility": "/{language}/accessibility-feedback/",
    "feedback was sent": "/{language}/accessibility-feedback/sent/",
    "unknown personal link": "/{language}/registrations/open/unknown/",
    "not found": "/{language}/there-is-no-such-page/",
    "months": "{events}?month={month}",
    "form of its own": "{desk}",
}
MATRIX = [*zip([*NODES, *ADDRESSES], cycle(LANGUAGES), strict=False)]
WINDOWS = [(width, scheme) for scheme in ("light", "dark") for width in (1280, 320)]


def address(instance: Instance, kind: str, language: str) -> str:
    if kind in NODES:
        return instance.path(NODES[kind], language)
    return ADDRESSES[kind].format(
        language=language,
        events=instance.path("events", language),
        month=f"{dt.date.today() + dt.timedelta(21):%Y-%m}",  # the demo's events lie some weeks ahead
        desk=instance.desk(OPEN, language),
    )


def findings(page: Page, windows: Sequence[tuple[int, Any]] = WINDOWS) -> list[str]:
    """What is wrong with a loaded page in windows and schemes of colours, and with wide spacing in the last.

    Another scheme in a window of the same width differs by its colours alone.
    """
    found, widths = [], set()
    for width, scheme in windows:
        page.set_viewport_size({"width": width, "height": 800})
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        rules = ABOUT_COLOURS if width in widths else ()
        violations = accessibility_violations(page, rules=rules, tags=BEST_PRACTICE)
        found += [f"{width} {scheme}: {violation}" for violation in violations]
        if width not in widths and overflows(page):
            found.append(f"{width}: scrolls sideways")
        widths.add(width)
    apply_text_spacing(page)
    if overflows(page):
        found.append(f"{width}: scrolls sideways with wide spacing")
    return found


@pytest.mark.browser
@pytest.mark.parametrize(("kind", "language"), MATRIX, ids=[f"{kind}-{language}" for kind, language in MATRIX])
def test_page_is_accessible_and_fits(instance: Instance, browse: Visit, kind: str, language: str) -> None:
    page = browse(address(instance, kind, language))
    assert page.locator("html").get_attribute("lang") == language
    assert page.locator("h1").count() == 1
    assert findings(page) == []
    assert [problem for problem in browse.problems if "status of 404" not in problem] == []
    assert page.context.cookies() == []


@pytest.mark.browser
@pytest.mark.parametrize(
    ("language", "windows"), [*zip(LANGUAGES, cycle([WINDOWS[::3], WINDOWS[2:0:-1]]), strict=False)]
)
def test_form_with_errors_and_every_page_after_it_is_accessible(
    instance: Instance, browse: Visit, web: Web, language: str, windows: list[tuple[int, Any]]
) -> None:
    found = {}
    page = browse(instance.path(OPEN, language), language=language)
    page.locator("form[data-registration] button").click()
    page.wait_for_selector(".ds-error-summary")
    found["errors"] = findings(page, windows)

    desk = instance.desk(OPEN, language)
    email = f"every-page-{language}@example.fi"
    sent = web.post(desk, filled_in(web.get(desk).text, name="Aino Esimerkki", email=email))
    page.goto(instance.url + sent.headers["Location"])
    found["receipt"] = findings(page, windows)
    page.goto(instance.url + instance.personal_link(email))
    for name in ("", "change/", "cancel/", "erase/"):
        page.goto(f"{instance.url}{instance.manage_path(email)}{name}")
        assert page.locator("html").get_attribute("lang") == language
        found[f"mine/{name}"] = findings(page, windows)
    assert {name: problems for name, problems in found.items() if problems} == {}
    assert [problem for problem in browse.problems if "status of 422" not in problem] == []


@pytest.mark.html
def test_markup_of_every_page(instance: Instance, web: Web) -> None:
    pages = {
        f"{kind} {language}": web.get(address(instance, kind, language)).text
        for kind in (*NODES, *ADDRESSES)
        for language in LANGUAGES
    }
    assert [name for name, text in pages.items() if "@example.fi" in text] == [], "an address that a harvester reads"
    for language in LANGUAGES:
        desk = instance.desk(OPEN, language)
        empty = filled_in(web.get(desk).text) | {"name": "", "email": ""}
        pages[f"form with errors {language}"] = web.post(desk, empty).text
        email = f"markup-{language}@example.fi"
        sent = web.post(desk, filled_in(web.get(desk).text, name="Aino Esimerkki", email=email))
        pages[f"receipt {language}"] = web.get(sent.headers["Location"]).text
    with Web(instance.url) as registrant:
        registrant.get(instance.personal_link("markup-sv@example.fi"))
        for name in ("", "change/", "cancel/", "erase/"):
            answer = registrant.get(instance.manage_path("markup-sv@example.fi") + name)
            assert answer.status_code == 200
            pages[f"mine/{name}"] = answer.text
    assert html_errors(pages) == []
