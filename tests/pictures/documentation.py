"""Take the pictures of the tutorials, in each language, into ``docs/pictures``: ``make docs-pictures`` (ten minutes)."""

import io
import sqlite3
import tempfile
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import django
from django.conf import settings
from PIL import Image
from playwright.sync_api import Page, sync_playwright

django.setup()

from cms.demo.loader.nodes import stable_key  # noqa: E402 - app registry
from tests.instance import Instance, running  # noqa: E402 - app registry
from tests.pictures.addresses import sign_in  # noqa: E402 - app registry
from tests.services import chromium  # noqa: E402 - app registry

EVENT = "event.theme-day"
LANGUAGES = ("en", "fi", "sv")
WINDOW = (1200, 750)
PHONE = (390, 700)
LARGEST = 60_000  # bytes


def event_form(page: Page, site: Instance, language: str) -> None:
    statement = (
        "SELECT wagtailcore_page.id FROM wagtailcore_page"
        " JOIN wagtailcore_locale ON locale_id = wagtailcore_locale.id WHERE translation_key = ? AND language_code = 'fi'"
    )
    pk = site.rows(statement, stable_key(EVENT).hex)[0][0]
    page.goto(f"{site.url}/admin/pages/{pk}/edit/#tab-registration", wait_until="load")
    page.locator("[name=capacity]").scroll_into_view_if_needed()


def event_page(page: Page, site: Instance, language: str) -> None:
    page.goto(site.url + site.path(EVENT, language), wait_until="load")


def registrations(page: Page, site: Instance, language: str) -> None:
    page.goto(desk_url(site), wait_until="load")


def check_in(page: Page, site: Instance, language: str) -> None:
    page.goto(f"{desk_url(site)}check-in/", wait_until="load")


def desk_url(site: Instance) -> str:
    """Return the address of the event's registrations in the admin."""
    statement = "SELECT id FROM verkosto_registrations_desk WHERE translation_key = ?"
    return f"{site.url}/admin/registrations/{site.rows(statement, stable_key(EVENT).hex)[0][0]}/"


def dashboard(page: Page, site: Instance, language: str) -> None:
    page.goto(f"{site.url}/admin/translations/", wait_until="load")


def translation(page: Page, site: Instance, language: str) -> None:
    page.goto(f"{site.url}/admin/translations/?state=outdated", wait_until="load")
    page.locator("main table a[href*='/edit/']").first.click()
    page.wait_for_load_state("load")


@dataclass(frozen=True)
class Picture:
    """A picture in each language: who is signed in ("" for nobody), the way to what it shows, and the window."""

    name: str
    account: str
    open: Callable[[Page, Instance, str], None]
    window: tuple[int, int] = WINDOW


PICTURES = (
    Picture("event-form", "editor", event_form),
    Picture("event-page", "", event_page),
    Picture("registrations", "registrar", registrations),
    Picture("check-in", "registrar", check_in, PHONE),
    Picture("translations", "translator-sv", dashboard),
    Picture("translation", "translator-sv", translation),
)


def main() -> None:
    """Take all pictures of a new demo site."""
    with tempfile.TemporaryDirectory() as folder, running(Path(folder)) as site, sync_playwright() as play:
        browser = play.chromium.launch(executable_path=chromium(), args=["--no-sandbox", "--disable-gpu"])
        for language in LANGUAGES:
            set_language(Path(folder), language)
            for picture in PICTURES:
                width, height = picture.window
                with closing(browser.new_context(viewport={"width": width, "height": height})) as context:
                    if picture.account:
                        sign_in(context, site, picture.account)
                    page = context.new_page()
                    picture.open(page, site, language)
                    page.wait_for_timeout(1500)  # panels fold and unfold after the page has been loaded
                    path = settings.BASE_DIR / "docs" / "pictures" / f"{picture.name}-{language}.webp"
                    path.write_bytes(as_webp(page.screenshot(animations="disabled")))
                    print(path.name, path.stat().st_size)


def set_language(folder: Path, language: str) -> None:
    """Show the admin to everybody in a language."""
    with closing(sqlite3.connect(folder / "db.sqlite3", timeout=20)) as database, database:
        database.execute("UPDATE wagtailusers_userprofile SET preferred_language = ?", (language,))


def as_webp(png: bytes) -> bytes:
    """Return a picture as WebP that is small enough."""
    picture = Image.open(io.BytesIO(png)).convert("RGB")
    for quality in range(80, 20, -10):
        written = io.BytesIO()
        picture.save(written, "webp", quality=quality, method=6)
        if written.tell() <= LARGEST:
            break
    return written.getvalue()


if __name__ == "__main__":
    main()
