"""Two editors at once: the second is asked before the first one's version is replaced, and keeps what they typed.

Finding: a saved form replaced another editor's places and texts without a word.
"""

from collections.abc import Callable
from typing import Any

import pytest
from django.conf import settings
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse
from playwright.sync_api import Page, expect
from playwright.sync_api import TimeoutError as PlaywrightTimeout

from home.models import HomePage, StandardPage
from tests.event_pages.test_forms import sent
from tests.factories import StandardPageFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def stored(homes: dict[str, HomePage]) -> StandardPage:
    page = StandardPageFactory(parent=homes["fi"], title="Tavoitteet")
    page.save_revision()
    return page


def loaded(client: Client, page: StandardPage) -> dict[str, Any]:
    """Return what the browser sends of the editor as it is opened now."""
    response = client.get(reverse("wagtailadmin_pages:edit", args=[page.pk]))
    revision = page.latest_revision
    keys = {
        "loaded_revision_id": str(revision.pk),
        "loaded_revision_created_at": response.context["loaded_revision_created_at"],
    }
    return sent(response.context["form"]) | keys


def title_of(page: StandardPage) -> str:
    return str(StandardPage.objects.get(pk=page.pk).get_latest_revision_as_object().title)


@pytest.mark.parametrize("action", [{}, {"action-publish": "1"}])
def test_an_older_form_is_shown_again_and_can_then_be_saved(
    stored: StandardPage, admin_client: Client, action: dict[str, str]
) -> None:
    mine = loaded(admin_client, stored) | action
    colleague = User.objects.create_user("anna", first_name="Anna", last_name="Esimerkki")
    stored.title = "Tavoitteet 2"
    newest = stored.save_revision(user=colleague)
    url = reverse("wagtailadmin_pages:edit", args=[stored.pk])

    asked = admin_client.post(url, mine | {"title": "Minun tavoitteeni"})
    html = asked.content.decode()

    assert (asked.status_code, title_of(stored)) == (200, "Tavoitteet 2")
    assert "Anna Esimerkki tallensi sivusta uudemman version" in html
    compare = reverse("wagtailadmin_pages:revisions_compare", args=[stored.pk, mine["loaded_revision_id"], newest.pk])
    assert (f'href="{compare}"' in html, asked.context["form"]["title"].value()) == (True, "Minun tavoitteeni")

    again = {
        "loaded_revision_id": str(newest.pk),
        "loaded_revision_created_at": asked.context["loaded_revision_created_at"],
    }
    assert admin_client.post(url, mine | {"title": "Minun tavoitteeni"} | again).status_code == 302
    assert title_of(stored) == "Minun tavoitteeni"


def test_who_has_confirmed_in_the_dialog_or_has_the_newest_version_is_not_asked(
    stored: StandardPage, admin_client: Client
) -> None:
    url = reverse("wagtailadmin_pages:edit", args=[stored.pk])
    current = loaded(admin_client, stored)
    assert admin_client.post(url, current | {"title": "Uudet"}).status_code == 302
    confirmed = current | {"title": "Omat", "overwrite_confirmed": "1"}
    assert admin_client.post(url, confirmed).status_code == 302
    assert title_of(stored) == "Omat"


def type_until_saved(editor: Page) -> None:
    """Type into the title until the form has saved itself: Wagtail notes what is typed only a moment after loading."""
    for _attempt in range(10):
        try:
            with editor.expect_response(lambda response: response.url.endswith("/edit/"), timeout=5000):
                editor.locator("[name=title]").press_sequentially("x")
        except PlaywrightTimeout:
            continue
        return
    pytest.fail("The form did not save itself.")


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_what_the_form_saved_by_itself_is_not_a_newer_version(
    homes: dict[str, HomePage], admin_client: Client, live_server: Any, new_context: Callable[..., Any]
) -> None:
    """The editor was told of their own name after each draft that had been saved automatically."""
    page = StandardPageFactory(parent=homes["fi"], title="Tavoitteet")
    page.save_revision()
    context = new_context(viewport={"width": 1280, "height": 800})
    cookie = admin_client.cookies[settings.SESSION_COOKIE_NAME].value
    context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": live_server.url}])
    editor = context.new_page()
    editor.goto(live_server.url + reverse("wagtailadmin_pages:edit", args=[page.pk]))
    for _time in range(2):
        newest = page.revisions.latest("pk")
        type_until_saved(editor)
        assert page.revisions.latest("pk").created_at > newest.created_at
        expect(editor.locator("[name=loaded_revision_id]")).to_have_value(str(page.revisions.latest("pk").pk))
    editor.locator("[name=title]").evaluate("field => { field.value = 'Tavoitteet 4' }")  # not saved by itself
    with editor.expect_navigation():
        editor.locator(".footer [type=submit]").first.click()
    assert title_of(page) == "Tavoitteet 4"
    expect(editor.locator(".messages li.warning")).to_have_count(0)
