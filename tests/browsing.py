"""A visitor's browser, and what it tells about a page."""

from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import BrowserContext, ConsoleMessage, Page, Request

WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]


class Visit:
    """Opens pages of one site, each in a fresh context, and remembers what went wrong in them.

    ``problems`` collects the console's errors (refusals by the content security policy among them), uncaught
    exceptions and requests to foreign hosts.
    """

    def __init__(self, new_context: Callable[..., BrowserContext], site: str) -> None:
        self.new_context = new_context
        self.site = site
        self.problems: list[str] = []

    def __call__(
        self, path: str, *, width: int = 1280, dark: bool = False, scripts: bool = True, language: str = "fi-FI"
    ) -> Page:
        """The page at ``path``, loaded, in a window ``width`` CSS pixels wide."""
        context = self.new_context(
            viewport={"width": width, "height": 800},
            color_scheme="dark" if dark else "light",
            reduced_motion="reduce",
            java_script_enabled=scripts,
            locale=language,
        )
        page = context.new_page()
        page.on("console", self._console)
        page.on("pageerror", lambda error: self.problems.append(str(error)))
        page.on("request", self._request)
        page.goto(self.site + path, wait_until="load")
        return page

    def _console(self, message: ConsoleMessage) -> None:
        if message.type == "error":
            self.problems.append(message.text)

    def _request(self, request: Request) -> None:
        address = urlsplit(request.url)
        if address.scheme in ("http", "https") and address.netloc != urlsplit(self.site).netloc:
            self.problems.append(f"foreign host: {address.netloc}")


def accessibility_violations(page: Page) -> list[str]:
    """What axe finds against WCAG 2.2 A and AA, one line a rule with the first place where it fails."""
    options: dict[str, Any] = {"runOnly": {"type": "tag", "values": WCAG}, "resultTypes": ["violations"]}
    found = Axe().run(page, options=options).response["violations"]
    return [f"{rule['id']}: {rule['help']}: {rule['nodes'][0]['html'][:160]}" for rule in found]


def overflows(page: Page) -> bool:
    """Whether the page scrolls sideways (WCAG 2.2 SC 1.4.10)."""
    return bool(page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth"))
