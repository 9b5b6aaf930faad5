"""The demo's staff in a browser, and the rows of the demo that their views are about."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from typing import Any

import pytest
from django.conf import settings
from playwright.sync_api import Browser, Page

from cms.demo.loader.nodes import stable_key
from tests.browsing import (
    BEST_PRACTICE,
    ProblemRecorder,
    accessibility_violations,
    apply_text_spacing,
    cut_off,
    overflows,
)
from tests.instance import Instance
from tests.journeys.signing_up import FULL, OPEN

#: Wagtail's own on our views: menu, header with search, banners that fade in, links to panels and their
#: outline, the bars that it slides in from the side and from below, and the heading that says how many rows a search found.
WAGTAILS_OWN = [
    "#wagtail-sidebar",
    ".w-slim-header",
    ".messages",
    "[data-tippy-root]",
    ".w-filters",
    ".w-panel__anchor",
    ".w-minimap",
    ".form-side",
    ".bulk-actions-choices",
    ".footer__container",
    "h2[role=alert]",
]


class Staff:
    """The demo's accounts in one browser, each signed in once."""

    def __init__(self, browser: Browser, instance: Instance) -> None:
        self.browser, self.instance = browser, instance
        self.recorder = ProblemRecorder(instance.url)
        self.pages: dict[str, Page] = {}

    def __call__(self, name: str, *, language: str = "fi") -> Page:
        """A signed-in page of an account, with the admin in a language."""
        with closing(sqlite3.connect(self.instance.folder / "db.sqlite3", timeout=20)) as database, database:
            database.execute(
                "UPDATE wagtailusers_userprofile SET preferred_language = ?"
                " WHERE user_id = (SELECT id FROM auth_user WHERE username = ?)",
                [language, name],
            )
        if name not in self.pages:
            page = self.browser.new_context(reduced_motion="reduce").new_page()
            page.set_default_timeout(60_000)
            page.goto(f"{self.instance.url}/admin/login/")
            page.fill("[name=username]", name)
            page.fill("[name=password]", settings.DEMO_PASSWORD)
            page.press("[name=password]", "Enter")
            page.wait_for_selector("#main")
            self.recorder.record(page)
            self.pages[name] = page
        page = self.pages[name]
        page.emulate_media(color_scheme="light")
        page.set_viewport_size({"width": 1280, "height": 900})
        return page


@pytest.fixture(scope="module")
def staff(browser: Browser, instance: Instance) -> Iterator[Staff]:
    """The accounts; afterwards each reads the language that it read before."""
    found = instance.rows("SELECT preferred_language, user_id FROM wagtailusers_userprofile")
    people = Staff(browser, instance)
    yield people
    with closing(sqlite3.connect(instance.folder / "db.sqlite3", timeout=20)) as database, database:
        database.executemany("UPDATE wagtailusers_userprofile SET preferred_language = ? WHERE user_id = ?", found)
    for page in people.pages.values():
        page.context.close()


def one(instance: Instance, statement: str, *parameters: Any) -> Any:
    return instance.rows(statement, *parameters)[0][0]


def version(instance: Instance, node: str, language: str) -> Any:
    return one(
        instance,
        "SELECT p.id FROM wagtailcore_page p JOIN wagtailcore_locale l ON l.id = p.locale_id"
        " WHERE p.translation_key = ? AND l.language_code = ?",
        stable_key(node).hex,
        language,
    )


@pytest.fixture(scope="module")
def places(instance: Instance) -> dict[str, Any]:
    """The rows of the demo that the views are about."""
    desk = one(instance, "SELECT id FROM verkosto_registrations_desk WHERE translation_key = ?", stable_key(FULL).hex)
    rows = "SELECT id FROM verkosto_registrations_registration WHERE desk_id = ? AND status = 'confirmed' ORDER BY id"
    confirmed = [row[0] for row in instance.rows(rows, desk)]
    swedish = (
        "SELECT {} FROM verkosto_localisation_translationstate WHERE state = 'outdated'"
        " AND locale_id = (SELECT id FROM wagtailcore_locale WHERE language_code = 'sv')"
    )
    return {
        "desk": desk,
        "empty": one(
            instance,
            "SELECT id FROM verkosto_registrations_desk d WHERE NOT EXISTS"
            " (SELECT 1 FROM verkosto_registrations_registration WHERE desk_id = d.id)",
        ),
        "one": confirmed[0],
        "other": confirmed[1],
        "message": one(instance, "SELECT min(id) FROM verkosto_registrations_message WHERE desk_id = ?", desk),
        "page": one(instance, "SELECT min(id) FROM wagtailcore_page WHERE translation_key = ?", stable_key(OPEN).hex),
        "event": version(instance, OPEN, "fi"),
        "network": version(instance, "network.difficult-decisions", "sv"),
        "programme": version(instance, "programme.strategic", "sv"),
        "translated event": version(instance, OPEN, "sv"),
        "state": one(instance, swedish.format("id")),
        "translation": one(instance, swedish.format("translation_pk")),
    }


def looks_right(page: Page, language: str) -> None:
    """Holds that what is ours on a loaded page is accessible in both windows, and that nothing is cut off."""
    assert page.evaluate("document.documentElement.lang") == language
    assert accessibility_violations(page, without=WAGTAILS_OWN, tags=BEST_PRACTICE) == []
    page.emulate_media(color_scheme="dark")
    page.set_viewport_size({"width": 320, "height": 800})
    page.evaluate("Promise.allSettled(document.getAnimations().map((animation) => animation.finished))")
    assert accessibility_violations(page, without=WAGTAILS_OWN, rules=["color-contrast", "target-size"]) == []
    apply_text_spacing(page)
    assert not overflows(page)
    assert cut_off(page, without=WAGTAILS_OWN) == []
