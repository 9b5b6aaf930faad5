"""A colleague without an account is invited in the admin, makes one by the link in the mail, and accepts the role."""

import os
import re

import pytest
from django.conf import settings
from django.contrib.auth.models import User
from django.core import mail
from django.test import Client
from django.urls import reverse
from playwright.sync_api import Page, expect

from tests.browsing import accessibility_violations, cut_off, overflows
from tests.journeys.staff import WAGTAILS_OWN
from verkosto.registrations.models import RoleAssignment

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

ADDRESS = "kaisa.kollega@example.fi"
PASSWORD = "a long password for tests"


def picture(page: Page, name: str, *, without: list[str] | None = None) -> None:
    """Check a page in both colour schemes and on a narrow phone, and keep its picture where PICTURES says."""
    folder = os.environ.get("PICTURES")
    for width, scheme in ((1280, "light"), (320, "dark"), (320, "light")):
        page.emulate_media(color_scheme=scheme)
        page.set_viewport_size({"width": width, "height": 800})
        assert accessibility_violations(page, without=without or []) == []
        assert not overflows(page)
        assert cut_off(page, without=without or []) == []
        if folder:
            page.screenshot(path=f"{folder}/{name}-{width}-{scheme}.png", full_page=True)


def staff_page(visit, client: Client, path: str) -> Page:
    """A page of the admin, in the browser of the client's account."""
    page = visit("/fi/")
    cookie = client.cookies[settings.SESSION_COOKIE_NAME].value
    page.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": visit.site}])
    page.goto(visit.site + path)
    return page


def link_in(letter, pattern: str) -> str:
    found = re.search(pattern, letter.body)
    assert found
    return found[0]


def test_from_the_invitation_to_the_role(visit, homes, admin_client, desk):
    office = staff_page(visit, admin_client, reverse("verkosto_registrations_admin:colleagues", args=[desk.pk]))
    picture(office, "colleagues-empty", without=WAGTAILS_OWN)
    office.locator("main a.button[href$='/colleagues/invite/']").click()
    office.fill("[name=email]", "kaisa@")
    office.locator("form.reg-narrow button").press("Enter")
    expect(office.locator(".w-field--error").first).to_be_visible()
    picture(office, "invite-errors", without=WAGTAILS_OWN)
    office.fill("[name=email]", ADDRESS)
    office.check("[name=role][value=check_in]")
    office.select_option("[name=language]", "sv")
    office.locator("form.reg-narrow button").click()
    expect(office.get_by_text(ADDRESS).first).to_be_visible()
    picture(office, "colleagues", without=WAGTAILS_OWN)

    path = link_in(mail.outbox[0], r"/sv/registrations/colleagues/open/\S+")
    colleague = visit(path, width=320)
    picture(colleague, "new-account")
    colleague.locator("main form button").click()
    expect(colleague.locator("main ol li")).to_have_count(2)
    colleague.reload()
    picture(colleague, "first-sign-in")
    colleague.goto(visit.site + link_in(mail.outbox[1], r"/admin/password_reset/confirm/\S+"))
    for number in (1, 2):
        colleague.fill(f"[name=new_password{number}]", PASSWORD)
    colleague.locator("[name=new_password2]").press("Enter")
    colleague.wait_for_url("**/password_reset/complete/")
    colleague.goto(visit.site + path)
    colleague.locator("main p.actions a").click()
    colleague.fill("[name=username]", ADDRESS)
    colleague.fill("[name=password]", PASSWORD)
    colleague.locator("[name=password]").press("Enter")
    accept = colleague.locator("main form[action$='/accept/'] button")
    expect(accept).to_be_visible()
    picture(colleague, "accept")
    accept.press("Enter")
    colleague.wait_for_url("**/admin/registrations/check-in/")
    role = RoleAssignment.objects.get()
    assert (role.user, role.role, role.desk) == (User.objects.get(email=ADDRESS), "check_in", desk)

    office.reload()
    expect(office.locator("td form[action$='/take-back/'] button")).to_have_count(1)
    picture(office, "roles", without=WAGTAILS_OWN)
    wrong = staff_page(visit, admin_client, "/admin/")
    wrong.goto(visit.site + path)
    picture(wrong, "accepted-by-another")
    assert [problem for problem in visit.problems if "status of 4" not in problem] == []
