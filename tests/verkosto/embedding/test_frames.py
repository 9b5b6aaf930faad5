"""A page of another site with a list and a form of ours, in a browser that blocks cookies of third parties."""

from collections.abc import Iterator
from contextlib import closing, contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
from django.conf import settings
from playwright.sync_api import BrowserType, Page
from wagtail.models import Site

from tests.browsing import accessibility_violations
from tests.factories import EventIndexPageFactory
from tests.factories.registrations import event_with_desk
from verkosto.embedding.frames import RESIZE_SCRIPT
from verkosto.embedding.models import EmbeddingSettings
from verkosto.registrations.models import Registration

BLOCKED = "--test-third-party-cookie-phaseout"


def test_resize_script_is_small() -> None:
    assert (Path(settings.BASE_DIR) / "verkosto/embedding/static" / RESIZE_SCRIPT).stat().st_size < 2048


@contextmanager
def other_site(live: str) -> Iterator[str]:
    """Yield the address of a page on another site that shows a list and a form of ours."""
    frames = "".join(
        f'<iframe id="{name}" title="{name}" src="{live}/fi/embed/{path}" width="700" height="300"></iframe>'
        for name, path in (("list", "page/tapahtumat/"), ("form", "form/tapahtumat/aamukahvit/"))
    )
    script = f'<script src="{live}{settings.STATIC_URL}{RESIZE_SCRIPT}"></script>'
    content = f"<!doctype html><html lang='fi'><title>Muu sivusto</title><h1>Muu</h1>{frames}{script}</html>".encode()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, *args: Any) -> None:
            """Write nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@pytest.mark.browser
def test_visitor_of_an_allowed_site_registers_and_other_sites_show_nothing(
    live_server: Any, homes: Any, browser_type: BrowserType, browser_type_launch_args: dict[str, Any]
) -> None:
    index = EventIndexPageFactory(parent=homes["fi"], slug="tapahtumat")
    event_with_desk(index=index, title="Aamukahvit", slug="aamukahvit")
    options = {**browser_type_launch_args, "args": [*browser_type_launch_args["args"], BLOCKED]}
    with (
        other_site(live_server.url) as allowed,
        other_site(live_server.url) as foreign,
        closing(browser_type.launch(**options)) as browser,
    ):
        EmbeddingSettings.objects.create(site=Site.objects.get(is_default_site=True), origins=allowed)
        context = browser.new_context(locale="fi-FI", viewport={"width": 800, "height": 900})
        page = context.new_page()
        page.goto(foreign)
        assert not any("Aamukahvit" in frame.content() for frame in page.frames)
        page.goto(allowed)
        _see_list(page)
        _register(page)
        page.wait_for_url(f"{live_server.url}/fi/registrations/*/received/**")
        assert context.cookies() == []
    assert list(Registration.objects.values_list("email", flat=True)) == ["aino@example.fi"]


@pytest.mark.browser
def test_visitor_without_scripts_registers_too(
    live_server: Any, homes: Any, browser_type: BrowserType, browser_type_launch_args: dict[str, Any]
) -> None:
    """The frames keep the height that the snippet gives them, and scroll."""
    index = EventIndexPageFactory(parent=homes["fi"], slug="tapahtumat")
    event_with_desk(index=index, title="Aamukahvit", slug="aamukahvit")
    with other_site(live_server.url) as allowed, closing(browser_type.launch(**browser_type_launch_args)) as browser:
        EmbeddingSettings.objects.create(site=Site.objects.get(is_default_site=True), origins=allowed)
        page = browser.new_context(locale="fi-FI", java_script_enabled=False).new_page()
        page.goto(allowed)
        page.frame_locator("#list").get_by_role("link", name="Aamukahvit").first.wait_for()
        box = page.locator("#list").bounding_box()
        assert box is not None
        assert 300 <= box["height"] < 310  # with its border
        _register(page)
        page.wait_for_url(f"{live_server.url}/fi/registrations/**")
    assert Registration.objects.count() == 1


def _see_list(page: Page) -> None:
    """The list is there, in the height that its script asks for, and its links lead out of the frame."""
    shown = page.frame_locator("#list")
    shown.get_by_role("link", name="Aamukahvit").first.wait_for()
    page.wait_for_function("document.querySelector('#list').style.height !== ''")
    assert accessibility_violations(page) == []


def _register(page: Page) -> None:
    form = page.frame_locator("#form")
    form.locator("[name=name]").fill("Aino Virtanen")
    form.locator("[name=email]").fill("aino@example.fi")
    form.locator("form[data-registration] button[type=submit]").click()
