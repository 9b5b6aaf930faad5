"""A new editor makes an event with an agenda, two new speakers and a form in under 60 interactions."""

from __future__ import annotations

import re

import pytest
from django.contrib.auth.models import Group, User
from django.test import Client
from django.urls import reverse
from playwright.sync_api import Locator, Page, expect

from cms.groups import EDITORS, create_groups
from event_pages.models import EventIndexPage, EventPage
from home.models import HomePage
from tests.browsing import Visit
from tests.factories import EventIndexPageFactory, EventPageFactory, PrivacyNoticeFactory

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

LIMIT = 60


class Hand:
    """What one person does with mouse and keyboard: each click, typed field and chosen option is one interaction."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.interactions = 0

    def click(self, target: Locator) -> None:
        self.interactions += 1
        target.click()

    def type(self, target: Locator, text: str) -> None:
        self.interactions += 1
        target.fill(text)
        target.press("Tab")  # leaves the field, as the click on the next one would; closes the calendar

    def named(self, name: str) -> Locator:
        return self.page.locator(f"[name='{name}']")


@pytest.fixture
def hand(homes: dict[str, HomePage], visit: Visit, live_server: object) -> Hand:
    create_groups(homes.values())
    editor = User.objects.create_user("editor")
    editor.groups.add(Group.objects.get(name=EDITORS))
    calendar = EventIndexPageFactory(parent=homes["fi"])
    PrivacyNoticeFactory(title="Tapahtumien tietosuoja")
    client = Client()
    client.force_login(editor)
    page = visit("/fi/")
    page.context.add_cookies([{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": visit.site}])
    page.goto(visit.site + reverse("wagtailadmin_explore", args=[calendar.pk]))
    return Hand(page)


def new_speaker(hand: Hand, item: int, name: str, title: str, organisation: str) -> None:
    """Add a speaker to an agenda item: a person who is not in the directory yet."""
    page, prefix = hand.page, f"agenda_items-{item}-speakers"
    hand.click(page.locator(f"#id_{prefix}-ADD"))
    hand.click(page.locator(f"#id_{prefix}-0-person-chooser [data-chooser-action-choose]").first)
    modal = page.locator(".modal")
    hand.click(modal.get_by_role("tab", name=re.compile("Luo uusi|Create new")))
    hand.type(hand.named("new_entry-name"), name)
    hand.type(hand.named("new_entry-title"), title)
    hand.type(hand.named("new_entry-organisation_name"), organisation)
    hand.click(modal.locator("[data-chooser-modal-creation-form] button[type=submit]"))
    expect(page.locator(f"#id_{prefix}-0-person-chooser")).to_contain_text(name)


def agenda_item(hand: Hand, number: int, times: tuple[str, str], title: str) -> None:
    hand.click(hand.page.locator("#id_agenda_items-ADD"))
    prefix = f"agenda_items-{number}"
    for name, time in zip(("starts_at", "ends_at"), times, strict=True):
        hand.type(hand.named(f"{prefix}-{name}"), time)
    hand.type(hand.named(f"{prefix}-title"), title)


def tab(hand: Hand, number: int) -> None:
    # By number: Wagtail makes the ids of the tabs in the language in which a process was asked first.
    hand.click(hand.page.locator("[data-edit-form] [role=tab]").nth(number))


def form(hand: Hand) -> None:
    page = hand.page
    expect(hand.named("capacity")).to_be_hidden()
    hand.click(hand.named("registration_enabled"))
    hand.type(hand.named("capacity"), "80")
    hand.click(page.locator("[data-contentpath=questions] button.c-sf-add-button").first)
    hand.click(page.locator("[role=listbox] [role=option]").locator("visible=true").first)
    hand.type(hand.named("questions-0-value-label"), "Mitä haluat oppia?")
    hand.click(page.locator("#id_privacy_notice-chooser [data-chooser-action-choose]").first)
    hand.click(page.locator(".modal").get_by_text("Tapahtumien tietosuoja"))


def test_event_with_agenda_two_new_speakers_and_a_form(hand: Hand) -> None:
    page = hand.page
    hand.click(page.locator("header a[href*='/add_subpage/']").first)
    expect(page.get_by_text("Yksi tilaisuus paikan päällä tai verkossa").first).to_be_visible()
    hand.click(page.locator("main a[href*='/add/verkosto_events/eventpage/']").first)
    hand.type(hand.named("title"), "Johtamisen päivä")
    hand.type(hand.named("summary"), "Päivä johtamisesta.")
    agenda_item(hand, 0, ("9.00", "10.00"), "Avaus")
    new_speaker(hand, 0, "Aino Esimerkki", "Johtaja", "Väylävirasto")
    agenda_item(hand, 1, ("10.00", "11.00"), "Keskustelu")
    new_speaker(hand, 1, "Eino Esimerkki", "Suunnittelija", "Ruokavirasto")
    tab(hand, 1)
    expect(hand.named("joining_url")).to_be_hidden()
    expect(hand.named("starts_on")).to_be_hidden()
    hand.type(hand.named("starts_at"), "16.9.2126 9.00")
    hand.type(hand.named("ends_at"), "16.9.2126 11.00")
    tab(hand, 3)
    form(hand)
    # Wagtail saves a valid draft by itself, and only then shows its address.
    page.wait_for_url("**/edit/", timeout=20_000)
    with page.expect_navigation():
        hand.click(page.locator("[data-edit-form] button[type=submit]").first)

    event = EventPage.objects.get(slug__startswith="johtamisen").get_latest_revision_as_object()
    agenda = [(item.title, [str(row.person) for row in item.speakers.all()]) for item in event.agenda_items.all()]
    assert agenda == [("Avaus", ["Aino Esimerkki"]), ("Keskustelu", ["Eino Esimerkki"])]
    assert (event.registration_enabled, event.capacity, len(event.questions)) == (True, 80, 1)
    assert hand.interactions < LIMIT


def test_an_opened_checklist_stays_open_when_the_draft_is_saved_by_itself(hand: Hand) -> None:
    """Finding: it closed a moment after each change, while the editor was working through it."""
    calendar = EventIndexPage.objects.get()
    draft = EventPageFactory(parent=calendar, title="Seminaari 2125", live=False, owner=User.objects.get())
    page = hand.page
    ready = "document.addEventListener('w-unsaved:watch-edits', () => { document.documentElement.dataset.ready = '' })"
    page.add_init_script(ready)
    page.goto(page.url.split("/admin/")[0] + reverse("wagtailadmin_pages:edit", args=[draft.pk]))
    expect(page.locator("html[data-ready]")).to_be_attached(
        timeout=20_000
    )  # Wagtail takes what was typed before for saved
    checks = page.locator(".vk-summary__checks")
    hand.click(checks.locator("summary"))
    expect(checks).to_contain_text("2125")
    hand.type(hand.named("title"), "Seminaari 2124")
    expect(checks).to_contain_text("2124", timeout=20_000)
    expect(checks).to_have_attribute("open", "")
