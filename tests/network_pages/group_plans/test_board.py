"""The groups in a browser: drag and drop, the keyboard, and the size of a phone."""

import pytest
from django.test import Client
from django.urls import reverse
from playwright.sync_api import expect

from network_pages.models import GroupPlacement
from tests.browsing import accessibility_violations, cut_off
from tests.network_pages.group_plans.conftest import start

# Wagtail's own parts of the page.
WAGTAIL = ["#wagtail-sidebar", ".w-slim-header", ".messages", "[data-tippy-root]", ".footer__container"]
pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def plan(network, people, admin_user, django_capture_on_commit_callbacks):
    return start(network, admin_user, django_capture_on_commit_callbacks, new_groups=3)


@pytest.fixture
def open_board(visit, live_server, admin_user, plan):
    """open_board(width=390): the page of the plan, signed in and at rest."""
    client = Client()
    client.force_login(admin_user)
    cookie = {"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_server.url}

    def open_page(width=1280):
        page = visit("/fi/", width=width)
        page.context.add_cookies([cookie])
        page.goto(live_server.url + reverse("group_plans:plan", args=[plan.pk]))
        # The script has run, Wagtail's own parts are drawn, and nothing moves any more.
        expect(page.locator("[data-hint]")).to_be_visible()
        expect(page.locator("#wagtail-sidebar nav").first).to_be_attached()
        page.evaluate("Promise.allSettled(document.getAnimations().map((animation) => animation.finished))")
        return page

    return open_page


def group_of(placement):
    return GroupPlacement.objects.get(pk=placement.pk).group_id


def test_a_person_is_moved_by_dragging_and_by_the_keyboard(open_board, plan, visit):
    board = open_board()
    first, second = plan.groups.all()[:2]
    place = first.placements.first()
    person = board.locator(f"#person-{place.pk}")
    person.locator(".groups-person__name").drag_to(board.locator(f"[data-group='{second.pk}'] header"))
    board.wait_for_url(f"**#person-{place.pk}")
    board.locator(f"[data-group='{second.pk}'] #person-{place.pk}").wait_for()
    assert group_of(place) == second.pk
    # The focus is where the person is now.
    expect(person).to_be_focused()
    board.keyboard.press("Control+ArrowLeft")
    board.locator(f"[data-group='{first.pk}'] #person-{place.pk}").wait_for()
    assert group_of(place) == first.pk
    assert visit.problems == []


def test_what_is_ours_on_the_page_is_accessible(open_board):
    assert accessibility_violations(open_board(), without=WAGTAIL) == []


def test_nothing_is_cut_off_on_a_phone(open_board):
    assert cut_off(open_board(width=390), without=WAGTAIL) == []
