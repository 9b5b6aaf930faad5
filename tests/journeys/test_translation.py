"""A changed event on its way: the editor, the facts at once, the translator's desk, the difference, the approval."""

import datetime as dt
import re
from collections.abc import Callable
from typing import Any

import pytest
from django.conf import settings
from playwright.sync_api import Page, expect

from cms.demo.loader.nodes import stable_key
from tests.browsing import accessibility_violations, overflows
from tests.instance import Instance
from tests.journeys.conftest import Web
from tests.journeys.signing_up import filled_in

pytestmark = [pytest.mark.browser, pytest.mark.journey]

FINNISH_TIME = "%d.%m.%Y %H.%M"  # as the editor's fields show and read it
EVENT = "event.evaluation-webinar"
ADDED = "Tilaisuus alkaa aiemmin kuin luultiin."
TRANSLATED = "Evenemanget börjar tidigare än man trodde."


@pytest.fixture
def as_user(new_context: Callable[..., Any], instance: Instance) -> Callable[..., Page]:
    """The admin, signed in: ``as_user("editor")``."""

    def sign_in(name: str, width: int = 1280) -> Page:
        page: Page = new_context(viewport={"width": width, "height": 900}, reduced_motion="reduce").new_page()
        page.set_default_timeout(60_000)
        page.goto(f"{instance.url}/admin/login/")
        page.fill("[name=username]", name)
        page.fill("[name=password]", settings.DEMO_PASSWORD)
        page.press("[name=password]", "Enter")
        page.wait_for_selector("#main")
        return page

    return sign_in


def version(instance: Instance, language: str) -> int:
    rows = instance.rows(
        "SELECT p.id FROM wagtailcore_page p JOIN wagtailcore_locale l ON l.id = p.locale_id"
        " WHERE p.translation_key = ? AND l.language_code = ?",
        stable_key(EVENT).hex,
        language,
    )
    return int(str(rows[0][0]))


def state(instance: Instance, language: str) -> tuple[object, ...]:
    """(state, strings that wait) in a language."""
    return instance.rows(
        "SELECT state, strings_total - strings_done FROM verkosto_localisation_translationstate s"
        " JOIN wagtailcore_locale l ON l.id = s.locale_id WHERE s.translation_key = ? AND l.language_code = ?",
        stable_key(EVENT).hex,
        language,
    )[0]


def registrations(instance: Instance) -> list[tuple[object, ...]]:
    return instance.rows(
        "SELECT r.language, r.desk_id FROM verkosto_registrations_registration r"
        " JOIN verkosto_registrations_desk d ON d.id = r.desk_id"
        " WHERE d.translation_key = ? AND r.email LIKE 'meanwhile-%' ORDER BY r.language",
        stable_key(EVENT).hex,
    )


def change_paragraph_and_start(page: Page, instance: Instance) -> str:
    """In the editor's page form; returns the new hour as the site writes it."""
    page.goto(f"{instance.url}/admin/pages/{version(instance, 'fi')}/edit/")
    text = page.locator("[data-contentpath=body] .public-DraftEditor-content").first
    text.click()
    page.keyboard.press("Control+End")
    page.keyboard.type(f" {ADDED}")
    page.locator("a[role=tab]").nth(1).click()
    starts = page.locator("[name=starts_at]")
    moment = dt.datetime.strptime(starts.input_value(), FINNISH_TIME) - dt.timedelta(minutes=25)
    starts.fill(moment.strftime(FINNISH_TIME))
    page.keyboard.press("Escape")
    page.locator("footer [data-w-dropdown-target=toggle]").first.click()
    page.locator("[name=action-publish]").click()
    page.wait_for_url(lambda url: not url.endswith("/edit/"))
    if "/announce/" in page.url:  # who has registered will be told: a page before the publication
        page.locator("main [type=submit]").first.click()
        page.wait_for_url(re.compile(r"/admin/pages/"))
    return f"{moment.hour}.{moment:%M}"


def register_meanwhile(instance: Instance, web: Web, language: str) -> None:
    desk = instance.desk(EVENT, language)
    form = filled_in(web.get(desk).text, name=f"Kim {language}", email=f"meanwhile-{language}@example.fi")
    assert web.post(desk, form).status_code in (302, 303)


def test_changed_event_is_translated_and_approved(instance: Instance, web: Web, as_user: Callable[..., Page]) -> None:
    public = instance.path(EVENT, "sv")
    editor = as_user("editor")
    hour = change_paragraph_and_start(editor, instance)

    text = web.get(public).text
    assert f"{hour}–" in re.sub(r"<[^>]+>", "", text)
    assert TRANSLATED not in text
    assert instance.path(EVENT, "fi") in text.split('<aside class="notice"')[1].split("</aside>")[0]
    assert state(instance, "sv") == ("outdated", 1)
    for language in ("fi", "sv", "en"):
        register_meanwhile(instance, web, language)

    # The desk: the Swedish translator sees Swedish, the English one does not.
    work = f"/admin/pages/{version(instance, 'sv')}/edit/"
    english = as_user("translator-en")
    english.goto(f"{instance.url}/admin/translations/")
    assert english.locator(f"a[href='{work}']").count() == 0
    assert english.goto(instance.url + work).url != instance.url + work  # type: ignore[union-attr]
    translator = as_user("translator-sv", width=320)
    translator.goto(f"{instance.url}/admin/translations/")
    assert not overflows(translator)
    assert accessibility_violations(translator) == []
    cell = translator.locator(f".localisation-cell a[href='{work}']")
    assert "localisation-state--outdated" in str(cell.get_attribute("class"))
    translator.set_viewport_size({"width": 1280, "height": 900})
    assert accessibility_violations(translator) == []

    # The difference, the words, the submission: the keyboard is enough.
    cell.focus()
    translator.keyboard.press("Enter")
    translator.wait_for_url(f"**{work}")
    assert ADDED in translator.locator("ins.localisation-diff").inner_text()
    own = translator.locator(".localisation-pair[data-open]")
    assert own.count() == 1
    own.locator("[role=textbox], textarea:not([hidden])").focus()
    translator.keyboard.press("Control+End")
    translator.keyboard.type(f" {TRANSLATED}")
    translator.keyboard.press("Control+Enter")
    expect(own).to_have_count(0)
    assert state(instance, "sv")[0] == "ready"
    submit = translator.locator(".localisation-bar button[value=submit]")
    expect(submit).to_be_focused()
    assert accessibility_violations(translator) == []
    translator.keyboard.press("Enter")
    expect(submit).to_have_count(0)
    assert state(instance, "sv")[0] == "in_moderation"
    assert TRANSLATED not in web.get(public).text

    approve(editor, instance)
    assert state(instance, "sv") == ("up_to_date", 0)
    text = web.get(public).text
    assert TRANSLATED in text
    assert f"{hour}–" in re.sub(r"<[^>]+>", "", text)
    assert '<aside class="notice"' not in text
    found = registrations(instance)
    assert [language for language, _desk in found] == ["en", "fi", "sv"]
    assert len({desk for _language, desk in found}) == 1


def approve(page: Page, instance: Instance) -> None:
    """From the dashboard's list of what awaits the moderator's review, after a look beside the original."""
    edit = f"/admin/pages/{version(instance, 'sv')}/edit/"
    page.goto(f"{instance.url}/admin/")
    page.locator(f"#awaiting-review a[href*='{edit}'], main a[href*='{edit}']").first.click()
    page.wait_for_url(f"**{edit}")
    page.locator("a[href$='/compare/']").click()
    shown = page.frame_locator(".localisation-compare iframe >> nth=1").locator("main")
    expect(shown).to_contain_text(TRANSLATED)
    page.go_back()
    page.locator(".localisation-decision button:not(.button-secondary)").click()
    page.wait_for_url(f"**{edit}")
    expect(page.locator("#localisation-editor-heading .localisation-state")).to_have_class(re.compile("--up_to_date"))
