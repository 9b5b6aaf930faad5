"""A site as docs/operators.md and deploy/ describe it: nginx, gunicorn, a worker, PostgreSQL, Redis, a mail server.

Only its address is not what it says: ``https://verkosto.example.fi`` is a port of this machine (``tests.production.net``).
"""

import json
import os
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field, replace
from email.message import EmailMessage
from pathlib import Path

import psycopg
from django.conf import settings

from tests import services
from tests.instance import STARTING, Instance
from tests.mailserver import MailServer, mail_server
from tests.proxy import configure

HOST = "verkosto.example.fi"
PASSWORD = "a-long-password-of-the-tests"
LOGS = ("gunicorn.log", "worker.log", "nginx.log", "nginx.out", "access.log")
DELIVERING = 120  # seconds that the worker may take on a busy machine


@dataclass(frozen=True)
class ProductionSite(Instance):
    """A running site behind nginx. ``made`` is what ``tests.production.data`` returned."""

    database: str = ""
    port: int = 0
    environment: dict[str, str] = field(default_factory=dict)
    mail_server: MailServer | None = None
    made: dict[str, str] = field(default_factory=dict)

    def rows(self, statement: str, *parameters: object) -> list[tuple[object, ...]]:
        """Run a statement, with ``?`` for each parameter, and return its rows."""
        with psycopg.connect(self.database, autocommit=True) as connection:
            cursor = connection.execute(statement.replace("%", "%%").replace("?", "%s").encode(), parameters)
            return cursor.fetchall() if cursor.description else []

    def run(self, *arguments: str) -> str:
        """Run a management command on the site. Return what it wrote."""
        command = [sys.executable, "manage.py", *arguments]
        done = subprocess.run(
            command, cwd=settings.BASE_DIR, env=self.environment, check=False, capture_output=True, text=True
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    def manage(self, *arguments: str) -> None:
        self.run(*arguments)

    def mails(self, recipient: str) -> list[EmailMessage]:
        """Wait until the worker has delivered all that is due, and return the emails to an address, oldest first."""
        assert self.mail_server
        waiting = (
            "SELECT count(*) FROM verkosto_registrations_message"
            " WHERE state = 'sending' OR (state = 'queued' AND due_at <= now())"
        )
        deadline = time.monotonic() + DELIVERING
        while self.rows(waiting) != [(0,)]:
            assert time.monotonic() < deadline, "the worker delivers nothing:\n" + self.log()
            time.sleep(0.05)
        return [mail for address, mail in self.mail_server.emails if address == recipient]

    def restored(self, name: str) -> "ProductionSite":
        """Put a backup of the database into an empty one. Return the site on it, as docs/operators.md says to restore."""
        server, dump = self.database.rpartition("/")[0], str(self.folder / "backup.dump")
        with psycopg.connect(self.database, autocommit=True) as connection:
            connection.execute(f'CREATE DATABASE "{name}"'.encode())
        for program, *arguments in (
            ["pg_dump", "--format=custom", f"--file={dump}", self.database],
            ["pg_restore", "--no-owner", "--exit-on-error", f"--dbname={server}/{name}", dump],
        ):
            path = services.postgresql_program(program)
            assert path, f"{program} is missing"
            subprocess.run([path, "--no-password", *arguments], check=True, capture_output=True)
        other = f"{server}/{name}"
        return replace(self, database=other, environment={**self.environment, "DATABASE_URL": other})

    def log(self) -> str:
        """Return everything that the servers have logged."""
        return "".join((self.folder / name).read_text(errors="replace") for name in LOGS)


def missing() -> list[str]:
    """Return what the machine lacks to run such a site."""
    needed = {
        "PostgreSQL": services.postgresql_program("postgres"),
        "Redis": services.program("redis-server"),
        "nginx": services.nginx(),
        "OpenSSL": services.program("openssl"),
        "Chromium": services.chromium(),
    }
    return [name for name, found in needed.items() if not found]


@contextmanager
def running(folder: Path, postgresql: str, redis: str) -> Iterator[ProductionSite]:
    """Serve the demo's pages and the data of the checks, from an empty folder and a database of its own."""
    name = f"verkosto_production_{os.getpid()}"
    database = f"{postgresql.rpartition('/')[0]}/{name}"
    with psycopg.connect(postgresql, autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}"'.encode())
    with ExitStack() as stack:
        server = stack.enter_context(mail_server())
        environment = _environment(folder, database, redis, server.port)
        site = ProductionSite(f"https://{HOST}", folder, database, services.free_port(), environment, server)
        site = replace(site, made=_deployed(site))
        upstream = services.free_port()
        ports = {443: site.port, 80: services.free_port()}
        configuration = configure(
            folder, host=HOST, upstream=f"127.0.0.1:{upstream}", log=folder / "access.log", ports=ports
        )
        gunicorn = ["-m", "gunicorn", f"--bind=127.0.0.1:{upstream}", "--workers=2", "--log-level=warning"]
        worker = ["manage.py", "db_worker", "--queue-name=*", "--interval=0.1", "--no-startup-delay"]
        nginx = [str(services.nginx()), "-p", str(folder), "-c", str(configuration)]
        for log, command in (
            ("gunicorn.log", [sys.executable, *gunicorn]),
            ("worker.log", [sys.executable, *worker]),
            ("nginx.out", nginx),
        ):
            stack.enter_context(_process(command, folder / log, environment))
        _wait_until_ready(site, upstream)
        yield site


def _environment(folder: Path, database: str, redis: str, mail_port: int) -> dict[str, str]:
    return services.own_environment() | {
        "DJANGO_SETTINGS_MODULE": "cms.settings.production",
        "SECRET_KEY": "0123456789abcdef" * 4,
        "ALLOWED_HOSTS": HOST,
        "SITE_URL": f"https://{HOST}",
        "STAFF_SECOND_FACTOR": "off",  # tests/verkosto/accounts have it
        "TRUSTED_PROXIES": "1",
        "DATABASE_URL": database,
        "REDIS_URL": f"{redis.rpartition('/')[0]}/7",
        "EMAIL_URL": f"smtp://127.0.0.1:{mail_port}",
        "VAR_DIR": str(folder / "var"),
        "DJANGO_SUPERUSER_PASSWORD": PASSWORD,
        "PYTHONUNBUFFERED": "1",
    }


def _deployed(site: ProductionSite) -> dict[str, str]:
    """Deploy the site as docs/operators.md says, from the demo's pages. Return what the checks need to know of its data."""
    (site.folder / "var").mkdir()
    collecting = subprocess.Popen(
        [sys.executable, "manage.py", "collectstatic", "--no-input", "--verbosity=0"],
        cwd=settings.BASE_DIR,
        env=site.environment,
    )
    site.run("migrate", "--verbosity=0")
    site.run("load_demo", "--verbosity=0")
    site.run("start_site", "--email=admin@example.fi", "--noinput", "--verbosity=0")
    code = "import json; from tests.production import data; print(json.dumps(data.load()))"
    made: dict[str, str] = json.loads(site.run("shell", "--no-imports", "--verbosity=0", "-c", code))
    assert collecting.wait(STARTING) == 0
    return made


@contextmanager
def _process(command: Sequence[str], log: Path, environment: dict[str, str]) -> Iterator[None]:
    with log.open("wb") as written:
        process = subprocess.Popen(command, cwd=settings.BASE_DIR, env=environment, stdout=written, stderr=written)
        try:
            yield
        finally:
            process.terminate()
            try:
                process.wait(10)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def _wait_until_ready(site: ProductionSite, upstream: int) -> None:
    asked = urllib.request.Request(f"http://127.0.0.1:{upstream}/healthz", headers={"Host": HOST})
    deadline = time.monotonic() + STARTING
    while time.monotonic() < deadline:
        try:
            with urllib.request.urlopen(asked, timeout=10):
                if services.answers("127.0.0.1", site.port):
                    return
        except OSError:
            pass
        time.sleep(0.2)
    raise RuntimeError("The site does not start:\n" + site.log())
