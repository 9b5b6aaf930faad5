"""The groups in a browser: drag and drop, the keyboard, and the size of a phone."""

import pytest
from django.test import Client
from django.urls import reverse
from playwright.sync_api import expect

from network_pages.models import GroupPlacement
from tests.browsing import accessibility_violations, cut_off
from tests.network_pages.group_plans.conftest import start

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def plan(network, people, admin_user, django_capture_on_commit_callbacks):
    return start(network, admin_user, django_capture_on_commit_callbacks, new_groups=3)


@pytest.fixture
def board(visit, live_server, admin_user, plan):
    """The page of the plan, signed in."""
    client = Client()
    client.force_login(admin_user)
    page = visit("/fi/")
    page.context.add_cookies(
        [{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_server.url}]
    )
    page.goto(live_server.url + reverse("group_plans:plan", args=[plan.pk]))
    return page


def group_of(placement):
    return GroupPlacement.objects.get(pk=placement.pk).group_id


def test_a_person_is_moved_by_dragging_and_by_the_keyboard(board, plan, visit):
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


def test_the_groups_can_be_used_by_everybody_and_on_a_phone(board):
    assert accessibility_violations(board, without=[".sidebar", "#wagtail-sidebar"]) == []
    board.set_viewport_size({"width": 390, "height": 800})
    assert cut_off(board, without=[".sidebar"]) == []
