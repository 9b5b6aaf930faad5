"""What pictures are taken of."""

import json
import os
import re
import subprocess
import sys
from collections import deque
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from django.conf import settings
from django.urls import Resolver404, resolve
from playwright.sync_api import BrowserContext

from cms.settings.base import DEMO_PASSWORD
from tests.instance import Instance, environment
from tests.journeys.test_every_page import ADDRESSES, NODES

#: Views that end the session, send a file, or lead away from the admin.
NO_VIEW = re.compile(r"logout|export|download|\.csv|\.xlsx|jsi18n|/api/|sprite|style-guide")
LINK = re.compile(r'href="(/admin/[^"#?]*)(?:\?[^"]*)?"')


def public(site: Instance, languages: Iterator[str]) -> Iterator[tuple[str, str]]:
    """Yield name and path of a page of each type; the languages take turns."""
    for name, node in NODES.items():
        yield name.replace(" ", "-"), site.path(node, next(languages))
    for name, address in ADDRESSES.items():
        if "{" not in address.replace("{language}", ""):
            yield name.replace(" ", "-"), address.format(language=next(languages))


def sign_in(context: BrowserContext, site: Instance, account: str = "admin") -> None:
    """Sign in an account of the demo."""
    page = context.new_page()
    page.goto(f"{site.url}/admin/login/")
    page.fill("[name=username]", account)
    page.fill("[name=password]", DEMO_PASSWORD)
    page.click("button[type=submit]")
    page.close()


@cache
def admin(site: Instance) -> list[tuple[str, str]]:
    """Return name and path of one page of each view of the admin that links lead to from its first page."""
    import requests  # only here

    session = requests.Session()
    token = re.search(r'csrfmiddlewaretoken" value="([^"]+)"', session.get(f"{site.url}/admin/login/").text)
    assert token
    credentials = {"username": "admin", "password": DEMO_PASSWORD, "csrfmiddlewaretoken": token[1], "next": "/admin/"}
    session.post(f"{site.url}/admin/login/", credentials, headers={"Referer": site.url})
    found: dict[str, str] = {}
    waiting = deque(["/admin/"])
    while waiting:
        path = waiting.popleft()
        try:
            match = resolve(path, urlconf="cms.urls")
        except Resolver404:
            continue
        # Editors of pages differ by type.
        name = match.view_name + (f"-{page_type(site, match.kwargs['page_id'])}" if match.view_name == EDIT else "")
        if name in found or NO_VIEW.search(path):
            continue
        answer = session.get(site.url + path, allow_redirects=False)
        if answer.status_code == 200 and answer.headers["Content-Type"].startswith("text/html"):
            found[name] = path
            waiting.extend(LINK.findall(answer.text))
    return [(re.sub(r"\W+", "-", name), path) for name, path in found.items()]


EDIT = "wagtailadmin_pages:edit"


def page_type(site: Instance, page_id: int) -> str:
    """Return the name of a page's model."""
    rows = site.rows(
        "SELECT model FROM wagtailcore_page JOIN django_content_type ON content_type_id = django_content_type.id"
        " WHERE wagtailcore_page.id = ?",
        page_id,
    )
    return str(rows[0][0]) if rows else "missing"


@cache
def mails(site: Instance, folder: Path) -> list[Path]:
    """Write every kind of mail in every language to a folder, as HTML files. Return them."""
    folder.mkdir(parents=True, exist_ok=True)
    command = [sys.executable, "-m", "tests.pictures.mails", str(folder)]
    done = subprocess.run(
        command,
        cwd=settings.BASE_DIR,
        env=os.environ | environment(site.folder, site.url),
        check=True,
        capture_output=True,
        text=True,
    )
    return [Path(path).resolve() for path in json.loads(done.stdout.splitlines()[-1])]
