"""Staff at check-in, with a selection, and before everybody is notified of a change."""

from typing import Any

import pytest
from playwright.sync_api import expect

from tests.instance import Instance
from tests.journeys.signing_up import OPEN
from tests.journeys.staff import Staff, looks_right, one, version

pytestmark = [pytest.mark.browser, pytest.mark.journey]


def attendance(instance: Instance, registration: int) -> Any:
    return one(instance, "SELECT attendance FROM verkosto_registrations_registration WHERE id = ?", registration)


def test_check_in_by_keyboard_on_a_bad_network(staff: Staff, places: dict[str, Any], instance: Instance) -> None:
    page = staff("registrar")
    page.set_viewport_size({"width": 390, "height": 800})
    page.goto(f"{instance.url}/admin/registrations/{places['desk']}/check-in/")
    name, reference = instance.rows(
        "SELECT name, reference FROM verkosto_registrations_registration WHERE id = ?", places["one"]
    )[0]
    page.locator("#q").focus()
    page.keyboard.type(str(name))
    page.keyboard.press("Enter")  # looks nothing up: everybody is on the page
    row = page.locator(f"[data-row]:has(input[value='{reference}'])")
    expect(page.locator("[data-row]:visible")).to_have_count(1)

    page.context.set_offline(True)
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(row.locator(".out")).to_be_focused()
    expect(page.locator("[data-waiting]")).to_be_visible()
    assert attendance(instance, places["one"]) == ""
    page.context.set_offline(False)
    expect(page.locator("[data-waiting]")).to_be_hidden(timeout=15_000)
    assert attendance(instance, places["one"]) == "attended"
    expect(page.locator("[data-arrived]")).to_have_text("1")

    page.keyboard.press("Enter")  # undo
    expect(row.locator(".in")).to_be_focused()
    expect(page.locator("[data-arrived]")).to_have_text("0")
    assert attendance(instance, places["one"]) == ""
    # Without a network the browser says so in the console; nothing else went wrong.
    assert [problem for problem in staff.recorder.problems if "ERR_INTERNET_DISCONNECTED" not in problem] == []
    staff.recorder.problems.clear()


def test_bulk_action_by_keyboard(staff: Staff, places: dict[str, Any], instance: Instance) -> None:
    page = staff("registrar")
    page.goto(f"{instance.url}/admin/registrations/{places['desk']}/?status=confirmed")
    for registration in (places["one"], places["other"]):
        box = page.locator(f"[data-bulk-action-checkbox][data-object-id='{registration}']")
        box.focus()
        page.keyboard.press("Space")
    action = page.locator(".bulk-actions-choices a[href*='/attended/']")
    action.focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/attended/**")
    page.locator("main [type=submit]").focus()
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/registrations/{places['desk']}/**")
    assert attendance(instance, places["one"]) == attendance(instance, places["other"]) == "attended"
    assert staff.recorder.problems == []


def test_editor_sees_who_will_be_told(staff: Staff, instance: Instance) -> None:
    page = staff("editor", language="sv")
    event = version(instance, OPEN, "fi")
    written = "SELECT count(*) FROM verkosto_registrations_message WHERE kind = 'event_changed'"
    told = one(instance, written)
    page.goto(f"{instance.url}/admin/pages/{event}/edit/")
    page.locator("a[role=tab]").nth(1).click()
    starts = page.locator("[name=starts_at]")
    starts.fill(starts.input_value()[:-2] + "45")
    page.keyboard.press("Escape")
    page.locator("footer [data-w-dropdown-target=toggle]").first.click()
    page.locator("[name=action-publish]").click()
    page.wait_for_url("**/announce/")
    assert page.locator("iframe").count() == 3
    page.locator("main details summary").click()
    looks_right(page, "sv")
    assert one(instance, written) == told  # looked at, and nobody is told yet
    assert staff.recorder.problems == []
