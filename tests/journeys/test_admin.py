"""Our own views in Wagtail's admin, as those see them whose work they are.

The languages take turns over the views. Each is looked at twice: wide and light, then as narrow as WCAG asks (320 CSS
pixels, SC 1.4.10), dark and with the reader's own spacing (SC 1.4.12).
"""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from itertools import cycle
from typing import Any

import pytest
from django.conf import settings
from playwright.sync_api import Browser, Page, expect

from cms.demo.loader.nodes import stable_key
from tests.browsing import ProblemRecorder, accessibility_violations, apply_text_spacing, cut_off, overflows
from tests.instance import Instance
from tests.journeys.signing_up import FULL, OPEN

pytestmark = [pytest.mark.browser, pytest.mark.journey]

#: Wagtail's own on our views: menu, header with search, banners that fade in, links to panels, and the bars that it
#: slides in from the side and from below.
CHROME = [
    "#wagtail-sidebar",
    ".w-slim-header",
    ".messages",
    "[data-tippy-root]",
    ".w-filters",
    ".w-panel__anchor",
    ".form-side",
    ".bulk-actions-choices",
    ".footer__container",
]

DESK, ONE = "/admin/registrations/{desk}/", "{one}"
REGISTRAR = {
    "dashboard": "/admin/",
    "desks": "/admin/registrations/",
    "registrations": DESK,
    "registrations of a state": f"{DESK}?status=waiting",
    "no registrations": "/admin/registrations/{empty}/",
    "registration": f"{DESK}{ONE}/",
    "adding": f"{DESK}add/",
    "changing": f"{DESK}{ONE}/change/",
    "moving": f"{DESK}{ONE}/move/",
    "cancelling": f"{DESK}{ONE}/cancel/",
    "erasing": f"{DESK}{ONE}/erase/",
    "bulk action": "/admin/bulk/verkosto_registrations/registration/cancel/?next=/admin/&id={one}&id={other}",
    "mails": f"{DESK}mails/",
    "writing a mail": f"{DESK}mails/new/",
    "words of the mails": f"{DESK}email-templates/",
    "words of a mail": f"{DESK}email-templates/confirmed/fi/",
    "invitations": f"{DESK}invitations/",
    "outbox": "/admin/registrations/messages/",
    "messages of a desk": f"{DESK}messages/",
    "message": "/admin/registrations/messages/{message}/",
    "figures": f"{DESK}statistics/",
    "prints": f"{DESK}print/",
    "attendance list": f"{DESK}print/list/",
    "badges": f"{DESK}print/badges/",
    "check-in": f"{DESK}check-in/",
    "export": f"{DESK}export/",
    "duplicates": f"{DESK}duplicates/",
    "retention": "/admin/registrations/retention/",
    "personal data": "/admin/registrations/data-subject/",
}
EDITOR = {
    "translators' desk": "/admin/translations/",
    "work of a translation": "/admin/translations/assignments/{state}/",
    "saved forms": "/admin/registrations/pages/{page}/form/",
}
TRANSLATOR = {
    "translator's dashboard": "/admin/",
    "translator's desk": "/admin/translations/",
    "exchange": "/admin/translations/exchange/",
    "detached parts": "/admin/translations/{translation}/overrides/",
}
ADMIN = {
    "members": "/admin/members/add/",
    "members from a list": "/admin/members/import/",
    "glossary": "/admin/glossary/new/",
    "write to members": "/admin/members/write/",
    "emails to members": "/admin/members/emails/",
    "the year in figures": "/admin/members/figures/",
}
ROLES = {"registrar": REGISTRAR, "editor": EDITOR, "translator-sv": TRANSLATOR, "admin": ADMIN}
VIEWS = [
    (role, name, language)
    for (role, name), language in zip(
        [(role, name) for role, views in ROLES.items() for name in views], cycle(("fi", "sv", "en")), strict=False
    )
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
        "state": one(instance, swedish.format("id")),
        "translation": one(instance, swedish.format("translation_pk")),
    }


def looks_right(page: Page, language: str) -> None:
    """Holds that what is ours on a loaded page is accessible in both windows, and that nothing is cut off."""
    assert page.evaluate("document.documentElement.lang") == language
    assert accessibility_violations(page, without=CHROME) == []
    page.emulate_media(color_scheme="dark")
    page.set_viewport_size({"width": 320, "height": 800})
    page.evaluate("Promise.allSettled(document.getAnimations().map((animation) => animation.finished))")
    assert accessibility_violations(page, without=CHROME, rules=["color-contrast", "target-size"]) == []
    apply_text_spacing(page)
    assert not overflows(page)
    assert cut_off(page, without=CHROME) == []


@pytest.mark.parametrize(("role", "view", "language"), VIEWS, ids=[view for _role, view, _language in VIEWS])
def test_view(staff: Staff, places: dict[str, Any], role: str, view: str, language: str) -> None:
    page = staff(role, language=language)
    answer = page.goto(staff.instance.url + ROLES[role][view].format(**places))
    assert answer is not None
    assert answer.status == 200
    looks_right(page, language)
    assert staff.recorder.problems == []


def test_form_with_errors_begins_with_them(staff: Staff, places: dict[str, Any]) -> None:
    page = staff("registrar", language="sv")
    page.goto(f"{staff.instance.url}/admin/registrations/{places['desk']}/add/")
    page.locator("main form.reg-narrow button.button").click()
    expect(page.locator(".reg-error-summary")).to_be_focused()
    assert page.title().startswith("Fel:")
    page.locator(".reg-error-summary a").first.press("Enter")
    expect(page.locator("[name=name]")).to_be_focused()
    assert page.locator("[name=name]").get_attribute("aria-invalid") == "true"
    looks_right(page, "sv")
    assert staff.recorder.problems == []


def attendance(instance: Instance, registration: int) -> Any:
    return one(instance, "SELECT attendance FROM verkosto_registrations_registration WHERE id = ?", registration)


def test_check_in_by_keyboard_on_a_bad_network(staff: Staff, places: dict[str, Any], instance: Instance) -> None:
    page = staff("registrar")
    page.set_viewport_size({"width": 390, "height": 800})
    page.goto(f"{instance.url}/admin/registrations/{places['desk']}/check-in/")
    name, reference = instance.rows(
        "SELECT name, reference FROM verkosto_registrations_registration WHERE id = ?", places["one"]
    )[0]
    page.locator("#q").focus()
    page.keyboard.type(str(name))
    page.keyboard.press("Enter")  # looks nothing up: everybody is on the page
    row = page.locator(f"[data-row]:has(input[value='{reference}'])")
    expect(page.locator("[data-row]:visible")).to_have_count(1)

    page.context.set_offline(True)
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(row.locator(".out")).to_be_focused()
    expect(page.locator("[data-waiting]")).to_be_visible()
    assert attendance(instance, places["one"]) == ""
    page.context.set_offline(False)
    expect(page.locator("[data-waiting]")).to_be_hidden(timeout=15_000)
    assert attendance(instance, places["one"]) == "attended"
    expect(page.locator("[data-arrived]")).to_have_text("1")

    page.keyboard.press("Enter")  # undo
    expect(row.locator(".in")).to_be_focused()
    expect(page.locator("[data-arrived]")).to_have_text("0")
    assert attendance(instance, places["one"]) == ""
    # Without a network the browser says so in the console; nothing else went wrong.
    assert [problem for problem in staff.recorder.problems if "ERR_INTERNET_DISCONNECTED" not in problem] == []
    staff.recorder.problems.clear()


def test_bulk_action_by_keyboard(staff: Staff, places: dict[str, Any], instance: Instance) -> None:
    page = staff("registrar")
    page.goto(f"{instance.url}/admin/registrations/{places['desk']}/?status=confirmed")
    for registration in (places["one"], places["other"]):
        box = page.locator(f"[data-bulk-action-checkbox][data-object-id='{registration}']")
        box.focus()
        page.keyboard.press("Space")
    action = page.locator(".bulk-actions-choices a[href*='/attended/']")
    action.focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/attended/**")
    page.locator("main [type=submit]").focus()
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/registrations/{places['desk']}/**")
    assert attendance(instance, places["one"]) == attendance(instance, places["other"]) == "attended"
    assert staff.recorder.problems == []


def test_editor_sees_who_will_be_told(staff: Staff, instance: Instance) -> None:
    page = staff("editor", language="sv")
    event = one(
        instance,
        "SELECT p.id FROM wagtailcore_page p JOIN wagtailcore_locale l ON l.id = p.locale_id"
        " WHERE p.translation_key = ? AND l.language_code = 'fi'",
        stable_key(OPEN).hex,
    )
    written = "SELECT count(*) FROM verkosto_registrations_message WHERE kind = 'event_changed'"
    told = one(instance, written)
    page.goto(f"{instance.url}/admin/pages/{event}/edit/")
    page.locator("a[role=tab]").nth(1).click()
    starts = page.locator("[name=starts_at]")
    starts.fill(starts.input_value()[:-2] + "45")
    page.keyboard.press("Escape")
    page.locator("footer [data-w-dropdown-target=toggle]").first.click()
    page.locator("[name=action-publish]").click()
    page.wait_for_url("**/announce/")
    assert page.locator("iframe").count() == 3
    page.locator("main details summary").click()
    looks_right(page, "sv")
    assert one(instance, written) == told  # looked at, and nobody is told yet
    assert staff.recorder.problems == []
