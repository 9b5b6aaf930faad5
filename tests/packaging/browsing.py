"""An editor and a visitor of a project that is served, in a browser."""

import datetime

from playwright.sync_api import BrowserContext, Page


def make_event(page: Page, address: str) -> None:
    """Fill in the editor's form and publish, as an editor does it."""
    page.goto(address)
    page.locator("main a[href*='/pages/add/verkosto_events/eventpage/']").click()
    page.locator("[name=title]").fill("Open day")
    page.locator("[name=summary]").fill("Come and see.")
    soon = datetime.date.today() + datetime.timedelta(days=9)
    page.get_by_role("tab", name="Time and place").click()
    page.locator("[name=starts_at]").fill(f"{soon} 09:00")
    page.keyboard.press("Escape")  # closes the calendar over the form
    page.get_by_role("tab", name="Registration").click()
    page.locator("[name=registration_enabled]").check()
    page.locator("[name=capacity]").fill("5")
    page.locator("#id_privacy_notice-chooser [data-chooser-action-choose]").first.click()
    page.locator(".modal").get_by_role("link", name="Privacy").click()
    page.locator(".modal").wait_for(state="detached")
    page.locator("footer [data-w-dropdown-target=toggle]").click()
    page.locator("[name=action-publish]").click()
    page.locator(".messages .success").wait_for()


def register(context: BrowserContext, address: str) -> None:
    """Register on a phone."""
    page = context.new_page()
    page.set_viewport_size({"width": 320, "height": 640})
    page.goto(address)
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    form = page.locator("form[data-registration]")
    form.locator("[name=name]").fill("Ada Example")
    form.locator("[name=email]").fill("ada@example.org")
    form.locator("button[type=submit]").click()
    page.wait_for_url("**/received/**")
