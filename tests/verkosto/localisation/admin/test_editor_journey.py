"""A translator goes from the dashboard to "submitted": how many interactions it takes, by the keyboard, on a phone.

An interaction is a click or a press of keys. Filling in a string, from its first letter to the keys that save it, is
the one that each string costs.
"""

from collections.abc import Callable
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse
from playwright.sync_api import Page, expect
from wagtail_localize.models import SegmentOverride, StringTranslation, Translation

from tests.browsing import Visit, accessibility_violations, overflows
from tests.verkosto.localisation.conftest import translated
from tests.verkosto.localisation.testapp.models import TalkPage
from verkosto.localisation.paragraphs import CONTINUES

pytestmark = pytest.mark.browser
#: Besides one for each string (issue 10, "It holds when").
MOST = 15


class Hands:
    """A person at a page, whose interactions are counted."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.interactions = 0

    def click(self, selector: str) -> None:
        self.interactions += 1
        self.page.locator(selector).first.click()

    def press(self, keys: str) -> None:
        self.interactions += 1
        self.page.keyboard.press(keys)

    def fill_in(self, text: str, keys: str = "Control+Enter") -> None:
        self.interactions += 1
        self.page.keyboard.insert_text(text)
        self.page.keyboard.press(keys)


@pytest.fixture
def work(talk, locales, workflow, django_capture_on_commit_callbacks) -> TalkPage:
    """A translation with nine strings to do, one of them with a link and bold text, one in the next paragraph."""
    talk.text = '<p>Lue <b>ensin</b> <a href="https://example.fi/fi/ohje">ohje</a>.</p><p>Tervetuloa!</p>'
    talk.save_revision().publish()
    page = translated(talk, locales["sv"], django_capture_on_commit_callbacks)
    StringTranslation.objects.filter(context__object_id=talk.translation_key).exclude(context__path="slug").delete()
    return page


@pytest.fixture
def hands(
    live_server: Any, new_context: Callable[..., Any], work: TalkPage, make_user: Callable[..., Any]
) -> Callable[..., Hands]:
    """`hands(width=390, dark=True)` opens the dashboard as the Swedish translator."""
    client = Client()
    client.force_login(make_user("sv", "change_page"))
    cookie = client.cookies[settings.SESSION_COOKIE_NAME].value

    def open_dashboard(width: int = 1280, dark: bool = False) -> Hands:
        context = new_context(
            viewport={"width": width, "height": 800},
            color_scheme="dark" if dark else "light",
            reduced_motion="reduce",
            locale="fi-FI",
        )
        context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": live_server.url}])
        page: Page = Visit(new_context, live_server.url).record(context.new_page())
        page.goto(live_server.url + reverse("verkosto_localisation:dashboard"))
        return Hands(page)

    return open_dashboard


def test_from_the_dashboard_to_submitted_by_the_keyboard(hands: Callable[..., Hands], work: TalkPage) -> None:
    person = hands()
    person.click(f".localisation-cell a[href='/admin/pages/{work.pk}/edit/']")
    open_rows = person.page.locator(".localisation-pair[data-open]")
    expect(open_rows.first).to_be_visible()
    strings = open_rows.count()
    person.click("[data-next]")
    for number in range(strings):
        person.fill_in(f"Text {number}.")
        expect(open_rows).to_have_count(strings - number - 1)
    expect(person.page.locator("[data-status]")).to_have_text(
        "Tallennettu. Tekstissä on varoitus. Kaikki on käännetty."
    )
    expect(person.page.locator(".localisation-bar [value=submit]")).to_be_focused()
    person.press("Enter")
    person.page.wait_for_selector(".messages .success", timeout=60_000)
    assert TalkPage.objects.get(pk=work.pk).workflow_in_progress
    assert strings > 5
    assert person.interactions - strings < MOST


def test_formatted_text_is_saved_when_its_box_is_left(hands: Callable[..., Hands], work: TalkPage) -> None:
    """Bold text and the original's links as structure; a shortcut copies the original. At 320 px, in the dark.

    Enter begins a paragraph, the next text is joined with it, and the link leads to the address in the language.
    """
    person = hands(width=320, dark=True)
    page = person.page
    page.goto(page.url.split("/admin/")[0] + f"/admin/pages/{work.pk}/edit/")
    box = page.locator(".localisation-formatted")
    box.focus()
    person.press("Alt+o")
    expect(box.locator("b")).to_have_text("ensin")
    expect(box.locator("[data-link]")).to_have_text("ohje")
    person.press("Control+End")
    page.keyboard.insert_text(" & mer")
    person.press("Enter")
    page.keyboard.insert_text("Ett stycke.")
    page.locator("textarea:not([hidden])").first.focus()
    expect(page.locator("[data-status]")).to_have_text("Tallennettu")
    texts = StringTranslation.objects.filter(locale=work.locale, context__path="text").order_by("pk")
    stored = texts.get()
    assert stored.data == 'Lue <b>ensin</b> <a id="a1">ohje</a>. &amp; mer\n\nEtt stycke.'
    assert not stored.has_error
    row = page.locator(".localisation-pair", has=page.get_by_role("checkbox", name="Yhdistetty edelliseen tekstiin"))
    row.get_by_role("checkbox").check()
    expect(row).not_to_have_attribute("data-open", "")
    assert [text.data for text in texts] == [stored.data, CONTINUES]
    page.get_by_role("button", name="https://example.fi/sv/ohje").click()
    expect(page.locator("[data-status]")).to_have_text("Tallennettu")
    expect(page.get_by_label("Linkin ”ohje” osoite tällä kielellä")).to_have_value("https://example.fi/sv/ohje")
    assert SegmentOverride.objects.get(locale=work.locale).data == "https://example.fi/sv/ohje"
    assert Translation.objects.get(target_locale=work.locale, source__object_id=work.translation_key).enabled
    assert not overflows(page)
    assert accessibility_violations(page) == []


def test_a_warning_is_announced_and_its_confirmation_keeps_the_place(
    hands: Callable[..., Hands], work: TalkPage
) -> None:
    """Saving says that there is a warning; who confirms a text by the keyboard stays at it."""
    person = hands()
    page = person.page
    page.goto(page.url.split("/admin/")[0] + f"/admin/pages/{work.pk}/edit/")
    row = page.locator(".localisation-pair[data-open]:has(textarea:not([hidden]))").first
    key = row.get_attribute("data-string")
    row.locator("textarea").focus()
    person.fill_in("Text.", "Control+s")
    expect(page.locator("[data-status]")).to_have_text("Tallennettu. Tekstissä on varoitus.")
    string, context = str(key).split("-")
    stored = StringTranslation.objects.filter(translation_of=string, context=context, locale=work.locale)
    stored.update(translation_type=StringTranslation.TRANSLATION_TYPE_MACHINE)
    page.reload()
    row = page.locator(f"[data-string='{key}']")
    row.locator("[name=confirm]").focus()
    person.press("Space")
    expect(row).not_to_have_attribute("data-open", "")
    expect(row.locator("textarea")).to_be_focused()
    assert stored.get().translation_type == StringTranslation.TRANSLATION_TYPE_MANUAL


def test_a_text_that_is_still_being_typed_is_not_left_without_a_question(
    hands: Callable[..., Hands], work: TalkPage
) -> None:
    """Leaving the page asks; a link that is clicked saves the text first."""
    person = hands()
    page = person.page
    page.goto(page.url.split("/admin/")[0] + f"/admin/pages/{work.pk}/edit/")
    row = page.locator(".localisation-pair[data-open]:has(textarea:not([hidden]))").first
    row.locator("textarea").focus()
    page.keyboard.insert_text("Halvfärdig")
    asked = []
    page.once("dialog", lambda dialog: (asked.append(dialog.type), dialog.dismiss()))
    page.evaluate("setTimeout(() => location.reload())")
    page.wait_for_timeout(500)
    assert asked == ["beforeunload"]
    expect(row.locator("textarea")).to_have_value("Halvfärdig")
    string, context = str(row.get_attribute("data-string")).split("-")
    row.locator(".localisation-notes a").click()
    expect(page.locator("#comments-heading")).to_be_visible()
    stored = StringTranslation.objects.filter(translation_of=string, context=context, locale=work.locale)
    for _attempt in range(50):  # the request outlives the page that has sent it
        if stored.exists():
            break
        page.wait_for_timeout(200)
    assert [one.data for one in stored] == ["Halvfärdig"]
