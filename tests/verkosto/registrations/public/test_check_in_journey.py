"""A registrar makes a check-in link, a helper without an account checks people in with it, and the registrar sees it."""

import os
from datetime import timedelta

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Page, expect

from tests.browsing import accessibility_violations, cut_off, overflows
from tests.journeys.staff import WAGTAILS_OWN
from verkosto.registrations.mail.check_in_codes import url_of
from verkosto.registrations.models import StatusChange

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def desk(homes, make_desk):
    now = timezone.now()
    return make_desk(starts_at=now - timedelta(minutes=1), ends_at=now + timedelta(minutes=1))


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


@pytest.mark.parametrize("scripts", [True, False])
def test_from_the_link_to_the_history(visit, admin_client, desk, make_registration, scripts):
    aino = make_registration(desk, name="Aino Virtanen", organisation="Esimerkkivirasto")
    bjorn = make_registration(desk, name="Björn Ek", places=2, guests=["Eero Elo"])
    links = reverse("verkosto_registrations_admin:check_in_links", args=[desk.pk])
    office = staff_page(visit, admin_client, links)
    if scripts:
        picture(office, "links-empty", without=WAGTAILS_OWN)
    office.fill("[name=name]", "Pääovi")
    office.locator("form.reg-narrow button").click()
    code = office.locator(".reg-code").inner_text()
    url = office.locator("#check-in-link").input_value()
    if scripts:
        picture(office, "link-made", without=WAGTAILS_OWN)

    phone = visit("/" + url.split("/", 3)[3], width=320, scripts=scripts)
    if scripts:
        picture(phone, "code")
    phone.fill("[name=code]", "12")
    phone.locator(".form button").click()
    expect(phone.locator(".ds-error-summary")).to_be_visible()
    if scripts:
        picture(phone, "code-wrong")
    phone.fill("[name=code]", code)
    phone.locator(".form button").press("Enter")
    expect(phone.locator("[data-row]")).to_have_count(3)
    phone.locator(f"[data-row]:has(input[value='{aino.reference}']) .in").press("Enter")
    expect(phone.locator("[data-arrived]")).to_have_text("1")
    if scripts:
        picture(phone, "people")
    phone.fill("#q", url_of(bjorn))  # as a code reader types it
    phone.press("#q", "Enter")
    expect(phone.locator("[data-row]:visible")).to_have_count(2)  # with the guest
    phone.locator(f"[data-row]:has(input[value='{bjorn.reference}']) .in").click()
    expect(phone.locator("[data-arrived]")).to_have_text("2")
    phone.locator(f"[data-row]:has(input[value='{bjorn.reference}']) .out").click()
    expect(phone.locator("[data-arrived]")).to_have_text("1")
    steps = StatusChange.objects.exclude(check_in_link="").order_by("pk").values_list("registration", "event")
    assert [*steps] == [(aino.pk, "attended"), (bjorn.pk, "attended"), (bjorn.pk, "attendance_cleared")]

    office.goto(visit.site + reverse("verkosto_registrations_admin:registration", args=[desk.pk, aino.pk]))
    expect(office.locator(".reg-history")).to_contain_text("Pääovi")
    office.goto(visit.site + links)
    if scripts:
        picture(office, "links", without=WAGTAILS_OWN)
    office.locator("td form button").click()
    expect(office.locator("td form")).to_have_count(0)
    phone.goto(phone.url)
    expect(phone.locator("[data-row]")).to_have_count(0)
    if scripts:
        picture(phone, "not-open")
    # The browser says in the console that answers had an error status, as they should.
    assert [problem for problem in visit.problems if "status of 4" not in problem] == []
