"""The form of the demo's open event, as visitors fill it in."""

from bs4 import BeautifulSoup
from playwright.sync_api import Page

from cms.demo.loader.nodes import stable_key
from tests.instance import Instance

OPEN = "event.theme-day"
FULL = "event.dialogue-workshop"
CLOSED = "event.morning-coffee"
CANCELLED = "event.study-visit"


def filled_in(html: str, **values: str) -> dict[str, str]:
    """What a browser would post after a visitor typed ``values``; the last choice where one has to choose.

    The open event gives few places to an organisation and to its first choices: each visitor has an employer of their own.
    """
    form = BeautifulSoup(html, "html.parser").select_one("form[data-registration]")
    assert form
    data: dict[str, str] = {}
    for field in form.select("input, textarea, select"):
        name, kind = str(field.get("name", "")), field.get("type")
        if kind == "radio":
            data[name] = str(field["value"])
        elif name and kind not in ("checkbox", "submit", "file"):
            required = field.get("autocomplete") == "organization"
            data[name] = f"Testivirasto {values.get('email')}" if required else str(field.get("value", ""))
    return data | values


def type_in(page: Page, *, name: str, email: str) -> None:
    """Fills in what the form of the open event asks for."""
    form = page.locator("form[data-registration]")
    form.locator("[name=name]").fill(name)
    form.locator("[name=email]").fill(email)
    for field in form.locator("fieldset:has(input[type=radio])").all():
        field.locator("input[type=radio]").last.check()
    form.locator("[autocomplete=organization]").fill(f"Testivirasto {email}")


def registrations_of(instance: Instance, email: str) -> list[tuple[object, ...]]:
    """Status, language and name of an address's registrations with the open event."""
    return instance.rows(
        "SELECT r.status, r.language, r.name FROM verkosto_registrations_registration r"
        " JOIN verkosto_registrations_desk d ON d.id = r.desk_id WHERE r.email = ? AND d.translation_key = ?",
        email,
        stable_key(OPEN).hex,
    )
