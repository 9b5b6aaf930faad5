"""The whole site in a visitor's browser: nothing foreign, nothing refused, no cookie."""

from collections.abc import Callable

import pytest
from django.test import Client
from wagtail.models import Locale, Page

from home.models import HomePage
from tests.browsing import Visit, accessibility_violations, overflows


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("time", [1, 2])
def test_tables_that_a_test_empties_are_filled_again(time: int) -> None:
    assert (Locale.objects.count(), Page.objects.filter(depth=1).count()) == (1, 1)
    Page.objects.all().delete()


def test_public_page_sets_no_cookie_and_is_the_same_for_all(client: Client, homes: dict[str, HomePage]) -> None:
    response = client.get("/sv/")
    assert response.status_code == 200
    assert not response.cookies
    assert "Cookie" not in response.get("Vary", "")
    assert response["Content-Language"] == "sv"


def test_public_page_keeps_its_query_budget(count_queries: Callable[[str], int], homes: dict[str, HomePage]) -> None:
    assert count_queries("/fi/") <= 12


@pytest.mark.browser
@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("width", [320, 1280])
def test_home_in_a_browser(visit: Visit, transactional_db: None, width: int, dark: bool) -> None:
    from tests.factories import home_tree  # after the tables were filled again

    home_tree()
    page = visit("/fi/", width=width, dark=dark)
    assert accessibility_violations(page) == []
    assert not overflows(page)
    assert visit.problems == []
    assert page.context.cookies() == []


@pytest.mark.browser
def test_sign_in_page_in_a_browser_is_refused_nothing(visit: Visit) -> None:
    page = visit("/admin/login/")
    assert page.locator("form").count() == 2  # the password, and a passkey
    assert visit.problems == []
