"""Pictures by several browsers at once: each page is loaded once a width, and taken in every look."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from tests.services import chromium

#: Schemes of colours, and forced colours (Windows' high contrast).
LOOKS: dict[str, dict[str, Any]] = {
    "light": {"color_scheme": "light", "forced_colors": "none"},
    "dark": {"color_scheme": "dark", "forced_colors": "none"},
    "forced": {"color_scheme": "dark", "forced_colors": "active"},
}
QUALITY = 85  # of JPEG
SETTLING = 250  # milliseconds in which scripts fold panels and place what floats
#: Pictures below the window are loaded when one scrolls to them, which nobody does here.
LOAD_PICTURES = """() => Promise.all([...document.images].map((image) => {
  image.loading = "eager";
  return image.decode().catch(() => null);
}))"""


@dataclass(frozen=True)
class Shot:
    """What pictures are taken of: an address, who looks at it (a name of ``Accounts``), and what is done before.

    With ``html`` that is what the address answers.
    """

    kind: str
    name: str
    url: str
    account: str = ""
    action: str = ""
    view: str = ""
    html: str = ""

    def path(self, folder: Path, width: int, look: str) -> Path:
        return folder / self.kind / f"{self.name}-{width}-{look}.jpg"


@dataclass(frozen=True)
class Accounts:
    """Who looks: the session cookie of each account of staff, and the personal links that a person has opened."""

    cookie: str
    sessions: Mapping[str, str]
    links: Sequence[str]


def _submit(page: Page) -> None:
    """Send the form as it is, so that its errors show."""
    page.locator("form[data-registration] button").last.click()
    page.wait_for_selector(".ds-error-summary")


def _open_menu(page: Page) -> None:
    page.evaluate("document.querySelector('[popovertarget], [data-menu] summary, .menu summary')?.click()")


def _sign_in(page: Page) -> None:
    page.fill("[name=username]", "factors")
    page.fill("[name=password]", "a longer secret of mine")
    page.locator("button[type=submit]").last.click()
    page.wait_for_url("**/2fa/**")


ACTIONS: dict[str, Callable[[Page], None]] = {"submit": _submit, "menu": _open_menu, "sign in": _sign_in}


def take(shots: Iterable[Shot], folder: Path, accounts: Accounts, widths: Sequence[int]) -> list[str]:
    """Take the pictures in a browser of its own. Return those that failed, each with the reason."""
    failed = []
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=chromium(), args=["--no-sandbox", "--disable-gpu"])
        contexts: dict[str, BrowserContext] = {}
        for shot in shots:
            if shot.account not in contexts:
                contexts[shot.account] = _context(browser, shot, accounts)
            for width in widths:
                try:
                    _take(contexts[shot.account], shot, folder, width)
                except Exception as error:
                    failed.append(f"{shot.kind} {shot.name} {width}: {str(error).splitlines()[0]}")
                    break
        browser.close()
    return failed


def _context(browser: Browser, shot: Shot, accounts: Accounts) -> BrowserContext:
    context = browser.new_context(reduced_motion="reduce")
    context.set_default_timeout(60_000)
    if shot.account == "person":
        for link in accounts.links:
            context.request.get(link)
    elif shot.account:
        cookie = {"name": accounts.cookie, "value": accounts.sessions[shot.account], "url": shot.url}
        context.add_cookies([cookie])  # type: ignore[list-item]
    return context


def _take(context: BrowserContext, shot: Shot, folder: Path, width: int) -> None:
    page = context.new_page()
    try:
        page.set_viewport_size({"width": width, "height": 900})
        if shot.html:
            page.route(shot.url, lambda route: route.fulfill(body=shot.html, content_type="text/html; charset=utf-8"))
        page.goto(shot.url, wait_until="load")
        if shot.action:
            ACTIONS[shot.action](page)
        page.evaluate(LOAD_PICTURES)
        page.wait_for_timeout(SETTLING)
        for look, media in LOOKS.items():
            page.emulate_media(**media)
            path = shot.path(folder, width, look)
            page.screenshot(path=path, full_page=True, animations="disabled", type="jpeg", quality=QUALITY)
    finally:
        page.close()
