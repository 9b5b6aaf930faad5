"""The installation in docs/operators.md, done by its own lines in a folder that stands for the machine.

What stands for the rest of a machine is in ``stand_ins``: accounts, packages and systemd. All else is what the guide
says, but for the lines in ``SUBSTITUTIONS`` and for the places where paths and ports are elsewhere.
"""

import os
import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from django.conf import settings

from tests import services
from tests.mailserver import MailServer, mail_server
from tests.proxy import moved, write_around

HOST = "verkosto.example.fi"
PASSWORD = "a-long-password-of-the-tests"
STAND_INS = Path(__file__).with_name("stand_ins")
STOPPING = 20  # seconds

#: Lines of the guide that do on a machine what is done already here: the same packages are installed, and the suite has
#: a migrated database, which takes longer to make than all else.
SUBSTITUTIONS = {
    "--template=template0 verkosto\n": (
        "--template=template0 verkosto\npsql --quiet --username=verkosto --dbname=verkosto --file={migrated}\n"
    ),
    "git clone --quiet --branch v0.1.0 REPOSITORY /srv/verkosto": ":",
    "python3 -m venv .venv": "ln -s {venv} .venv",
    ".venv/bin/pip install --quiet --require-hashes --requirement requirements.txt": ":",
    "npm ci --omit=dev": "ln -s {modules} node_modules",
    # The password comes from the environment, not from a terminal.
    'deploy/run first-site --name "Verkosto" --email admin@example.fi': (
        'deploy/run first-site --name "Verkosto" --email admin@example.fi --noinput'
    ),
    # Another port than 443.
    '--resolve "$host:443:127.0.0.1"': '--resolve "$host:{https}:127.0.0.1"',
    '"https://$host/readyz"': '"https://$host:{https}/readyz"',
}
PATHS = ("/srv/verkosto", "/var/lib/verkosto", "/var/cache/nginx", "/var/log/nginx", "/var/www", "/etc/")


@dataclass(frozen=True)
class Machine:
    """A machine with the site: a folder that stands for ``/``, and the ports of what runs there."""

    root: Path
    ports: dict[str, int]
    mail_server: MailServer

    @property
    def certificate(self) -> Path:
        return self.root / "etc/verkosto-tls/fullchain.pem"

    def log(self) -> str:
        """Return what the guide's lines and all processes have written."""
        return "".join(path.read_text(errors="replace") for path in sorted(self.root.glob("*.log")))

    def moved(self, text: str) -> str:
        """Return a text of the guide, or of a file that it installs, with the paths and ports of this machine."""
        for path in PATHS:
            text = re.sub(rf"(?<![\w}}]){re.escape(path)}", f"{self.root}{path}", text)
        for name, documented in (("postgresql", 5432), ("redis", 6379), ("mail", 25), ("web", 8000)):
            text = re.sub(rf"127\.0\.0\.1:{documented}\b", f"127.0.0.1:{self.ports[name]}", text)
        return text


def installation() -> str:
    """Return the shell lines of the guide's installation, in order."""
    guide = (settings.BASE_DIR / "docs/operators.md").read_text()
    section = guide.partition("\n## Install on Debian\n")[2].partition("\n## ")[0]
    return "".join(re.findall(r"```sh\n(.*?)```", section, re.DOTALL))


def script(machine: Machine) -> str:
    """Return the guide's lines as they are run here. Each substitution is for one place in the guide."""
    lines = installation()
    values = {
        "venv": Path(sys.prefix),
        "migrated": machine.root / "migrated.sql",
        "modules": settings.BASE_DIR / "node_modules",
        "https": machine.ports["https"],
    }
    for documented, ours in SUBSTITUTIONS.items():
        assert lines.count(documented) == 1, f"{documented!r} is {lines.count(documented)} times in the guide"
        lines = lines.replace(documented, ours.format(**values))
    return machine.moved(lines)


@contextmanager
def installed(root: Path, migrated: str) -> Iterator[Machine]:
    """Install the site as the guide says, with the tables of a migrated database. Yield the machine on which it runs."""
    with ExitStack() as stack:
        database = stack.enter_context(services.postgresql_server("postgres"))
        redis = stack.enter_context(services.own_redis())
        server = stack.enter_context(mail_server())
        assert redis
        ports = {
            "postgresql": database.port,
            "redis": urlsplit(redis).port or 0,
            "mail": server.port,
            **{name: services.free_port() for name in ("web", "http", "https")},
        }
        machine = Machine(root, ports, server)
        _prepare(machine)
        _dump(migrated, machine.root / "migrated.sql")
        try:
            _run(machine)
            yield machine
        finally:
            _stop(machine)


def _prepare(machine: Machine) -> None:
    """Make what a bare machine has, and the release where the guide clones it: what the container's image copies."""
    for folder in ("etc/systemd/system", "etc/nginx", "var/lib", "var/log/nginx", "srv"):
        (machine.root / folder).mkdir(parents=True)
    write_around(machine.root / "etc/nginx")
    release = machine.root / "srv/verkosto"
    release.mkdir()
    for name in _names_in_the_image():
        source = settings.BASE_DIR / name
        if source.is_dir():
            shutil.copytree(source, release / name, ignore=shutil.ignore_patterns("__pycache__", "*.mo"))
        else:
            shutil.copy(source, release / name)
    for path in [release / "deploy/run", release / "deploy/verkosto.env", *(release / "deploy/systemd").iterdir()]:
        path.write_text(machine.moved(path.read_text()))
    template = release / "deploy/nginx.conf.template"
    listening = {443: machine.ports["https"], 80: machine.ports["http"]}
    template.write_text(moved(template.read_text(), machine.root / "var/cache/nginx", listening))


def _dump(database: str, path: Path) -> None:
    command = [
        str(services.postgresql_program("pg_dump")),
        "--no-owner",
        "--no-privileges",
        f"--file={path}",
        database,
    ]
    subprocess.run(command, check=True)


def _names_in_the_image() -> list[str]:
    lines = (settings.BASE_DIR / ".dockerignore").read_text().splitlines()
    return [line.removeprefix("!") for line in lines if line.startswith("!")]


def _run(machine: Machine) -> None:
    (machine.root / "guide.sh").write_text(script(machine))
    programs = [STAND_INS, Path(str(services.postgresql_program("psql"))).parent]
    environment = {
        "PATH": ":".join([*map(str, programs), os.environ["PATH"]]),
        "HOME": str(machine.root),
        "LANG": "C.UTF-8",
        "PGOPTIONS": "-c client_min_messages=warning",
        "PGHOST": "127.0.0.1",
        "PGPORT": str(machine.ports["postgresql"]),
        "DJANGO_SUPERUSER_PASSWORD": PASSWORD,
        "STAND_IN_ROOT": str(machine.root),
        "STAND_IN_NGINX": str(services.nginx()),
    }
    with (machine.root / "guide.log").open("wb") as log:
        done = subprocess.run(
            ["/bin/sh", "-eux", "guide.sh"], cwd=machine.root, env=environment, stdout=log, stderr=log, check=False
        )
    assert done.returncode == 0, machine.log()


def _stop(machine: Machine) -> None:
    """End all processes that the stand-in of systemd has started, each with its children."""
    started = machine.root / "started"
    groups = [int(line) for line in started.read_text().split()] if started.exists() else []
    for number in (signal.SIGTERM, signal.SIGKILL):
        for group in groups:
            with suppress(ProcessLookupError):
                os.killpg(group, number)
        deadline = time.monotonic() + STOPPING
        while any(map(_runs, groups)) and time.monotonic() < deadline:
            time.sleep(0.1)


def _runs(group: int) -> bool:
    try:
        os.killpg(group, 0)
    except ProcessLookupError:
        return False
    return True
