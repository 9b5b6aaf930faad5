"""What pictures are taken of."""

import json
import os
import re
import subprocess
import sys
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import cycle
from pathlib import Path

import requests
from django.conf import settings
from django.urls import Resolver404, resolve
from playwright.sync_api import BrowserContext

from cms.settings.base import DEMO_PASSWORD
from tests.instance import Instance, environment
from tests.journeys.test_every_page import ADDRESSES, NODES, address
from tests.pictures.shots import Accounts, Shot

LANGUAGES = ("fi", "sv", "en")
#: Views that end the session, send a file, or lead away from the admin.
NO_VIEW = re.compile(r"logout|download|\.csv|\.xlsx|\.pdf|\.ics|jsi18n|/api/|sprite|style-guide")
#: In links, and in the JSON from which Wagtail draws its menu.
LINK = re.compile(r'"(/admin/[^"#\\<>\s]*)["#]')
EDIT = "wagtailadmin_pages:edit"
#: Pages that staff see when they sign in, and who sees them.
ACCOUNT_PAGES = {
    "sign-in": ("/admin/login/", ""),
    "sign-in-code": ("/admin/login/", "", "sign in"),
    "second-factor-none": ("/accounts/2fa/", "editor"),
    "second-factor-app": ("/accounts/2fa/totp/activate/", "editor"),
    "second-factors": ("/accounts/2fa/", "factors"),
    "second-factor-app-remove": ("/accounts/2fa/totp/deactivate/", "factors"),
    "recovery-codes": ("/accounts/2fa/recovery-codes/", "factors"),
    "recovery-codes-new": ("/accounts/2fa/recovery-codes/generate/", "factors"),
    "passkeys": ("/accounts/2fa/passkeys/", "factors"),
    "passkey-add": ("/accounts/2fa/passkeys/add/", "factors"),
    "prove": ("/accounts/2fa/reauthenticate/", "factors"),
    "prove-password": ("/accounts/reauthenticate/", "factors"),
    "sessions": ("/accounts/sessions/", "factors"),
    "inactive": ("/accounts/inactive/", ""),
    "sign-in-cancelled": ("/accounts/oidc/cancelled/", ""),
    "password-forgotten": ("/admin/password_reset/", ""),
    "password-forgotten-sent": ("/admin/password_reset/done/", ""),
    "password-link-invalid": ("/admin/password_reset/confirm/unknown/unknown/", ""),
    "password-changed": ("/admin/password_reset/complete/", ""),
}
#: The start page as each role has it, and what only they see.
ROLES = ("editor", "registrar", "translator-sv")


@dataclass(frozen=True)
class Prepared:
    """Who looks, and paths by name: of pages that a person opens by their links, and of views of the admin.

    ``errors`` is the HTML of error pages by name.
    """

    accounts: Accounts
    paths: dict[str, str]
    views: dict[str, str]
    errors: dict[str, str]


def prepare(site: Instance) -> Prepared:
    """Make what the demo has no example of."""
    found = json.loads(_run(site, "tests.pictures.rows"))
    accounts = Accounts(settings.SESSION_COOKIE_NAME, found["sessions"], found["links"])
    return Prepared(accounts, found["paths"], found["views"], found["errors"])


def shots(site: Instance, prepared: Prepared, folder: Path, kind: str) -> list[Shot]:
    """Return everything of a kind that pictures are taken of: "mail", "public" or "admin"."""
    if kind == "mail":
        return [Shot("mail", path.stem, path.as_uri()) for path in mails(site, folder.resolve() / "mail")]
    if kind == "public":
        errors = [Shot("public", name, f"{site.url}/{name}", html=text) for name, text in prepared.errors.items()]
        return [*public(site), *_of_paths(site, prepared.paths), *errors]
    return [*accounts_pages(site), *admin_shots(site, prepared)]


def public(site: Instance) -> Iterator[Shot]:
    """Yield a page of each type; the languages take turns."""
    for name, language in zip([*NODES, *ADDRESSES], cycle(LANGUAGES), strict=False):
        yield Shot("public", name.replace(" ", "-"), site.url + address(site, name, language))
    for language in LANGUAGES:
        yield Shot(
            "public",
            f"form-with-errors-{language}",
            site.url + address(site, "form of its own", language),
            "",
            "submit",
        )
    yield Shot("public", "menu", site.url + site.path("home", "fi"), action="menu")
    yield Shot("public", "api-documentation", f"{site.url}/api/v1/")


def _of_paths(site: Instance, paths: dict[str, str]) -> Iterator[Shot]:
    """Yield the pages that only a person sees who has opened their links; the languages take turns."""
    for (name, path), language in zip(paths.items(), cycle(LANGUAGES), strict=False):
        if path.startswith("http"):
            url = path
        elif name == "shared-draft" or name.startswith("embedded"):
            url = site.url + path
        else:
            url = f"{site.url}/{language}{path}"
        yield Shot("public", name.replace(" ", "-"), url, "person")


def accounts_pages(site: Instance) -> Iterator[Shot]:
    for name, (path, *rest) in ACCOUNT_PAGES.items():
        yield Shot("admin", f"account-{name}", site.url + path, *rest)


def sign_in(context: BrowserContext, site: Instance, account: str = "admin") -> None:
    """Sign in an account of the demo."""
    page = context.new_page()
    page.goto(f"{site.url}/admin/login/")
    page.fill("[name=username]", account)
    page.fill("[name=password]", DEMO_PASSWORD)
    page.click("button[type=submit]")
    page.close()


def admin_shots(site: Instance, prepared: Prepared) -> Iterator[Shot]:
    """Yield every view of the admin; the languages take turns."""
    views = admin(site, prepared)
    for (name, path), language in zip(views.items(), cycle(LANGUAGES), strict=False):
        view = EDIT if name.startswith(EDIT) else name
        yield Shot("admin", re.sub(r"\W+", "-", name), site.url + path, f"admin-{language}", view=view)
    for role in ROLES:
        yield Shot("admin", f"start-{role}", f"{site.url}/admin/", role)


def admin(site: Instance, prepared: Prepared) -> dict[str, str]:
    """Return the path of one page of each view of the admin by name: those prepared, and those that links lead to.

    A page's editor differs by type, so there is one for each.
    """
    session = requests.Session()
    session.cookies.set(prepared.accounts.cookie, prepared.accounts.sessions["admin-en"])
    found: dict[str, str] = {}
    waiting = deque([*prepared.views.values(), "/admin/"])
    asked = set()
    while waiting:
        path = waiting.popleft().replace("&amp;", "&")
        try:
            match = resolve(path.partition("?")[0], urlconf="cms.urls")
        except Resolver404:
            continue
        name = match.view_name + (f"-{page_type(site, match.kwargs['page_id'])}" if match.view_name == EDIT else "")
        name = next((each for each, known in prepared.views.items() if known == path), name)
        if name in found or path in asked or NO_VIEW.search(path) or not path.startswith("/admin/"):
            continue
        asked.add(path)
        answer = session.get(site.url + path, allow_redirects=False, timeout=60)
        if answer.status_code == 200 and answer.headers["Content-Type"].startswith("text/html"):
            if "<html" in answer.text[:2000]:
                found[name] = path
            waiting.extend(LINK.findall(answer.text))
    return found


def page_type(site: Instance, page_id: int) -> str:
    """Return the name of a page's model."""
    rows = site.rows(
        "SELECT model FROM wagtailcore_page JOIN django_content_type ON content_type_id = django_content_type.id"
        " WHERE wagtailcore_page.id = ?",
        page_id,
    )
    return str(rows[0][0]) if rows else "missing"


def mails(site: Instance, folder: Path) -> list[Path]:
    """Write every kind of mail in every language to a folder, as HTML files. Return them."""
    folder.mkdir(parents=True, exist_ok=True)
    return [Path(path).resolve() for path in json.loads(_run(site, "tests.pictures.mails", str(folder)))]


def _run(site: Instance, module: str, *arguments: str) -> str:
    """Run a module in the site. Return the last line that it prints."""
    done = subprocess.run(
        [sys.executable, "-m", module, *arguments],
        cwd=settings.BASE_DIR,
        env=os.environ | environment(site.folder, site.url),
        check=True,
        stdout=subprocess.PIPE,
        text=True,
    )
    return done.stdout.splitlines()[-1]
