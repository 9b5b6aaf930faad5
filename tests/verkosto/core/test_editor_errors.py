"""Errors inside a block of the editor are counted on their tab and reached in one click.

Findings: no count on the tab, the first error 2,000 px below the focus, and "Saved" beside "could not be created".
"""

from collections.abc import Callable
from typing import Any

import pytest
from django.conf import settings
from django.contrib.auth.models import User
from django.test import Client
from playwright.sync_api import Page, expect

from home.models import HomePage
from tests.browsing import Visit
from tests.factories.events import EventIndexPageFactory
from tests.factories.registrations import event_with_desk, question

pytestmark = pytest.mark.browser


@pytest.fixture
def editor(homes: dict[str, HomePage], admin_user: User, live_server: Any, new_context: Callable[..., Any]) -> Page:
    """The editor of an event whose fifth question has an error, after an attempt to publish."""
    wrong = question("text", "Lisää?", shown_if={"question": "Ei ole", "answers": ""})
    event = event_with_desk(index=EventIndexPageFactory(parent=homes["fi"]))
    event.questions = [*(question("text", f"Kysymys {number}") for number in range(4)), wrong]
    event.save_revision()
    client = Client()
    client.force_login(admin_user)
    cookie = client.cookies[settings.SESSION_COOKIE_NAME].value
    context = new_context(viewport={"width": 1280, "height": 800})
    context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": live_server.url}])
    page: Page = Visit(new_context, live_server.url).record(context.new_page())
    page.goto(f"{live_server.url}/admin/pages/{event.pk}/edit/")
    with page.expect_navigation():
        page.locator("[name=action-publish]").first.evaluate("button => button.click()")
    return page


def test_an_error_in_a_block_is_counted_on_its_tab_reached_at_once_and_forgotten_when_saved(editor: Page) -> None:
    # By role: Wagtail makes the ids of the tabs in the language in which a process was asked first.
    count = "[data-w-count-target=total]"
    expect(editor.get_by_role("tab", name="Registration").locator(count)).to_have_text("1")
    expect(editor.get_by_role("tab", name="Content").locator(count)).to_have_text("")
    message = editor.locator(".messages li.error")
    message.get_by_role("button").click()
    expect(editor.get_by_role("tab", name="Registration")).to_have_attribute("aria-selected", "true")
    error = editor.locator(".help-critical, .error-message").locator("visible=true").first
    expect(error).to_be_in_viewport()
    expect(editor.locator(":focus")).to_have_value("Lisää?")

    indicator = editor.locator("#w-autosave-indicator")
    assert "w-autosave:success@document" in (indicator.get_attribute("data-action") or "")
    editor.evaluate("document.dispatchEvent(new CustomEvent('w-autosave:success', { detail: {} }))")
    expect(message).to_have_count(0)
