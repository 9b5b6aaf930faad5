"""Pages in a browser, and checks of them: accessibility, layout, console errors."""

from collections.abc import Callable, Sequence
from typing import Any
from urllib.parse import urlsplit

from axe_playwright_python.base import AXE_SCRIPT
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import BrowserContext, ConsoleMessage, Page, Request

WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
#: WCAG and what axe advises besides, such as landmarks around everything and headings without gaps.
BEST_PRACTICE = [*WCAG, "best-practice"]
#: The rules whose result another scheme of colours can change.
ABOUT_COLOURS = ("color-contrast", "link-in-text-block")


#: Waits until fonts are there and a changed window has been drawn; a page in the background draws nothing.
SETTLED = """() => document.fonts.ready.then(() => new Promise((done) => {
  requestAnimationFrame(() => requestAnimationFrame(done));
  setTimeout(done, 500);
}))"""

#: The text spacing that every page must support (WCAG 2.2 SC 1.4.12).
SPACING = """
  * { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important; }
  p { margin-block-end: 2em !important; }
"""


class ProblemRecorder:
    """Records problems in pages of one site.

    ``problems`` are errors in the console (including content security policy violations), uncaught exceptions and
    requests to other hosts.
    """

    def __init__(self, site: str) -> None:
        self.site = site
        self.problems: list[str] = []

    def record(self, page: Page) -> Page:
        """Record the problems of this page, and return it."""
        page.on("console", self._console)
        page.on("pageerror", lambda error: self.problems.append(str(error)))
        page.on("request", self._request)
        return page

    def _console(self, message: ConsoleMessage) -> None:
        if message.type == "error":
            self.problems.append(message.text)

    def _request(self, request: Request) -> None:
        address = urlsplit(request.url)
        if address.scheme in ("http", "https") and address.netloc != urlsplit(self.site).netloc:
            self.problems.append(f"foreign host: {address.netloc}")


class Visit(ProblemRecorder):
    """Opens pages of one site, each in a new context, and records their problems."""

    def __init__(self, new_context: Callable[..., BrowserContext], site: str) -> None:
        super().__init__(site)
        self.new_context = new_context

    def __call__(
        self, path: str, *, width: int = 1280, dark: bool = False, scripts: bool = True, language: str = "fi-FI"
    ) -> Page:
        """Return the page at ``path``, loaded in a window of ``width`` CSS pixels."""
        context = self.new_context(
            viewport={"width": width, "height": 800},
            color_scheme="dark" if dark else "light",
            reduced_motion="reduce",
            java_script_enabled=scripts,
            locale=language,
        )
        page = self.record(context.new_page())
        page.goto(self.site + path, wait_until="load")
        return page


def accessibility_violations(
    page: Page, *, without: Sequence[str] = (), rules: Sequence[str] = (), tags: Sequence[str] = WCAG
) -> list[str]:
    """Return axe's violations of WCAG 2.2 A and AA, one line for each rule with the first element.

    ``without`` are CSS selectors of elements that are not checked; ``rules`` limits the check to some rules, and ``tags``
    chooses other groups of them.
    """
    page.wait_for_load_state("load")
    page.evaluate(SETTLED)
    only = {"type": "rule", "values": list(rules)} if rules else {"type": "tag", "values": list(tags)}
    options: dict[str, Any] = {"runOnly": only, "resultTypes": ["violations"]}
    context = {"exclude": [[selector] for selector in without]} if without else None
    script = "0" if page.evaluate("'axe' in window") else AXE_SCRIPT  # half a megabyte, read once by each page
    found = Axe(script).run(page, context=context, options=options).response["violations"]
    return [f"{rule['id']}: {rule['help']}: {rule['nodes'][0]['html'][:160]}" for rule in found]


def overflows(page: Page) -> bool:
    """Return whether the page scrolls horizontally (WCAG 2.2 SC 1.4.10)."""
    return bool(page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth"))


def cut_off(page: Page, *, without: Sequence[str] = ()) -> list[str]:
    """Return elements that extend beyond the window and cannot be scrolled to. Wagtail's admin hides overflow."""
    script = """without => {
      const width = document.documentElement.clientWidth, found = [];
      for (const element of document.body.querySelectorAll("*")) {
        const box = element.getBoundingClientRect();
        if (!box.width || !box.height || box.right <= width + 1) continue;
        if (without.some((selector) => element.closest(selector))) continue;
        const style = getComputedStyle(element);
        if (style.position === "absolute" && box.width <= 1) continue;
        let scrolls = false;
        for (let above = element.parentElement; above && above.id !== "main"; above = above.parentElement)
          scrolls ||= ["auto", "scroll"].includes(getComputedStyle(above).overflowX);
        if (!scrolls) found.push(element.outerHTML.slice(0, 160));
      }
      return found;
    }"""
    found: list[str] = page.evaluate(script, list(without))
    return found


def apply_text_spacing(page: Page) -> None:
    """Apply the text spacing of WCAG 2.2 SC 1.4.12."""
    page.evaluate(
        "css => { const s = new CSSStyleSheet(); s.replaceSync(css); document.adoptedStyleSheets.push(s); }", SPACING
    )
