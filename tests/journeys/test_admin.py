"""Our own views in Wagtail's admin, as those see them whose work they are.

The languages take turns over the views. Each is looked at twice: wide and light, then as narrow as WCAG asks (320 CSS
pixels, SC 1.4.10), dark and with the reader's own spacing (SC 1.4.12).
"""

from itertools import cycle
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.browsing import BEST_PRACTICE, accessibility_violations
from tests.journeys.staff import WAGTAILS_OWN, Staff, looks_right

pytestmark = [pytest.mark.browser, pytest.mark.journey]

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
    "check-in links": f"{DESK}check-in-links/",
    "no check-in links": "/admin/registrations/{empty}/check-in-links/",
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
    "archives": "/admin/registrations/archives/",
    "members": "/admin/members/add/",
    "members from a list": "/admin/members/import/",
    "glossary": "/admin/glossary/new/",
    "write to members": "/admin/members/write/",
    "emails to members": "/admin/members/emails/",
    "the year in figures": "/admin/members/figures/",
    "colleagues": f"{DESK}colleagues/",
    "no colleagues": "/admin/registrations/{empty}/colleagues/",
    "inviting a colleague": f"{DESK}colleagues/invite/",
}
#: The editors of pages, in the places of ``places``.
EDITORS = [
    ("editor", "event", "en"),
    ("translator-sv", "network", "sv"),
    ("admin", "programme", "fi"),
    ("translator-sv", "translated event", "sv"),
]
ROLES = {"registrar": REGISTRAR, "editor": EDITOR, "translator-sv": TRANSLATOR, "admin": ADMIN}
VIEWS = [
    (role, name, language)
    for (role, name), language in zip(
        [(role, name) for role, views in ROLES.items() for name in views], cycle(("fi", "sv", "en")), strict=False
    )
]


@pytest.mark.parametrize(("role", "view", "language"), VIEWS, ids=[view for _role, view, _language in VIEWS])
def test_view(staff: Staff, places: dict[str, Any], role: str, view: str, language: str) -> None:
    page = staff(role, language=language)
    answer = page.goto(staff.instance.url + ROLES[role][view].format(**places))
    assert answer is not None
    assert answer.status == 200
    looks_right(page, language)
    assert staff.recorder.problems == []


@pytest.mark.parametrize(("role", "editor", "language"), EDITORS, ids=[editor for _role, editor, _language in EDITORS])
def test_editor(staff: Staff, places: dict[str, Any], role: str, editor: str, language: str) -> None:
    """Every tab of a page's editor, and the editor of a translation's texts."""
    page = staff(role, language=language)
    page.goto(f"{staff.instance.url}/admin/pages/{places[editor]}/edit/")
    page.locator("[data-edit-form], #localisation-editor-heading").first.wait_for()
    assert accessibility_violations(page, without=WAGTAILS_OWN, tags=BEST_PRACTICE) == []
    for tab in page.locator("#main [role=tab]").all()[1:]:
        tab.click()
        assert accessibility_violations(page, without=WAGTAILS_OWN, tags=BEST_PRACTICE) == []
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
