"""A running demo site: a real server, on a copy of a database that is loaded once a day.

Loading the demo takes longer than the tests, so the loaded database stays in ``var/`` until the migrations, the demo
content or the date change. After other changes that affect loading, run ``rm -r var/demo-*``.
"""

import datetime as dt
import email
import email.policy
import hashlib
import os
import re
import shutil
import sqlite3
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from email.message import EmailMessage
from pathlib import Path

from django.conf import settings

from cms.demo.loader.nodes import stable_key
from tests import services
from tests.databases import locked, migrations_digest, site_template

FOR_A_RUN = dt.timedelta(hours=2)  # so long a demo of yesterday is used: a run takes less
STARTING = 120  # seconds that a server may take on a busy machine
LINK = re.compile(r"/\w\w/registrations/open/[\w-]{43,}/")


@dataclass(frozen=True)
class Instance:
    """A running site at ``url``, with its database, media and emails in ``folder``."""

    url: str
    folder: Path

    def rows(self, statement: str, *parameters: object) -> list[tuple[object, ...]]:
        """Return the rows of a SELECT in the site's database."""
        with closing(sqlite3.connect(self.folder / "db.sqlite3", timeout=20)) as database:
            return database.execute(statement, parameters).fetchall()

    def path(self, node: str, language: str) -> str:
        """Return the path of a page of the demo: ``path("event.webinar", "sv")``."""
        found = self.rows(
            "SELECT url_path FROM wagtailcore_page JOIN wagtailcore_locale ON locale_id = wagtailcore_locale.id"
            " WHERE translation_key = ? AND language_code = ?",
            stable_key(node).hex,
            language,
        )
        return f"/{language}/{str(found[0][0]).split('/', 2)[2]}"

    def desk(self, node: str, language: str) -> str:
        """Return the path of the registration form of a page."""
        return f"/{language}/registrations/{stable_key(node)}/"

    def manage(self, *arguments: str) -> None:
        """Run a management command on the site."""
        command = [sys.executable, "manage.py", *arguments]
        subprocess.run(command, cwd=settings.BASE_DIR, env=environment(self.folder, self.url), check=True)

    def mails(self, recipient: str) -> list[EmailMessage]:
        """Deliver the outbox, and return the emails to an address, oldest first."""
        self.manage("send_messages")
        found = []
        for path in sorted((self.folder / "mail").glob("*"), key=lambda path: path.stat().st_mtime_ns):
            for part in re.split(rb"^-{79}\n", path.read_bytes(), flags=re.MULTILINE):
                message = email.message_from_bytes(part, policy=email.policy.default)
                if message["To"] == recipient:
                    found.append(message)
        return found

    def personal_link(self, recipient: str) -> str:
        """Return the manage link in the latest email to an address."""
        return link_in(self.mails(recipient)[-1])

    def manage_path(self, email: str) -> str:
        """Return the manage path of the latest registration of an address."""
        (language, reference), *_others = self.rows(
            "SELECT language, reference FROM verkosto_registrations_registration WHERE email = ? ORDER BY id DESC",
            email,
        )
        return f"/{language}/registrations/manage/{reference}/"


def link_in(mail: EmailMessage) -> str:
    """Return the path of the manage link in an email."""
    body = mail.get_body(("plain",))
    assert body, "the mail has no text"
    found = LINK.search(body.get_content())
    assert found, "the mail has no personal link"
    return found[0]


def environment(folder: Path, url: str) -> dict[str, str]:
    """Return the environment of a site as ``make demo`` serves it, which writes to a folder only."""
    own = {key: value for key, value in os.environ.items() if key not in ("REDIS_URL", "SEARCH_URL", "SECRET_KEY")}
    return own | {
        "DJANGO_SETTINGS_MODULE": "cms.settings.dev",
        "DEBUG": "off",
        "SITE_URL": url,
        "DATABASE_URL": f"sqlite:///{folder}/db.sqlite3",
        "MEDIA_STORAGE_URL": f"file://{folder}/media",
        "EMAIL_URL": f"filemail://{folder}/mail",
        "PYTHONUNBUFFERED": "1",
    }


@contextmanager
def demo_template() -> Iterator[Path]:
    """Yield a folder with the demo's database and media, which no other process replaces meanwhile."""
    digest = hashlib.sha256(migrations_digest().encode())
    for path in sorted((settings.BASE_DIR / "cms/demo").rglob("*.py")):
        digest.update(path.read_bytes())
    folder = settings.VAR_DIR / f"demo-{digest.hexdigest()[:12]}"
    with locked("demo-template"):
        if not _is_of_today(folder):
            for old in settings.VAR_DIR.glob("demo-????????????"):
                shutil.rmtree(old)
            making = folder.with_suffix(".making")
            shutil.rmtree(making, ignore_errors=True)
            making.mkdir()
            shutil.copyfile(site_template(), making / "db.sqlite3")
            Instance("http://localhost", making).manage("load_demo", "--verbosity=0")
            making.rename(folder)
        yield folder


def _is_of_today(folder: Path) -> bool:
    """Return whether the demo was loaded today, or for a run of the suite that began shortly before midnight."""
    if not folder.exists():
        return False
    loaded = dt.datetime.fromtimestamp(folder.stat().st_mtime)
    return loaded.date() == dt.date.today() or dt.datetime.now() - loaded < FOR_A_RUN


@contextmanager
def running(folder: Path) -> Iterator[Instance]:
    """Serve a copy of the demo from an empty folder."""
    with demo_template() as template:
        shutil.copytree(template, folder, dirs_exist_ok=True)
    port = services.free_port()
    site = Instance(f"http://127.0.0.1:{port}", folder)
    with closing(sqlite3.connect(folder / "db.sqlite3")) as database:
        database.execute("UPDATE wagtailcore_site SET hostname = '127.0.0.1', port = ?", [port])
        database.commit()
    # One process with threads, as in the demo: the cache and the rate limits are in its memory.
    command = [sys.executable, "-m", "gunicorn", "cms.wsgi", f"--bind=127.0.0.1:{port}", "--threads=4"]
    with (folder / "server.log").open("wb") as log:
        process = subprocess.Popen(
            [*command, "--log-level=warning"],
            cwd=settings.BASE_DIR,
            env=environment(folder, site.url),
            stdout=log,
            stderr=log,
        )
    try:
        _wait_until_ready(site, process)
        yield site
    finally:
        process.terminate()
        process.wait(30)


def _wait_until_ready(site: Instance, process: "subprocess.Popen[bytes]") -> None:
    deadline = time.monotonic() + STARTING
    while time.monotonic() < deadline and process.poll() is None:
        try:
            with urllib.request.urlopen(f"{site.url}/readyz", timeout=STARTING):
                return
        except OSError:
            time.sleep(0.2)
    raise RuntimeError("The site does not start:\n" + (site.folder / "server.log").read_text())
