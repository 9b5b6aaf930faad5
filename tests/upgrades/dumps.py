"""The database of each release with the demo in it, on SQLite and on PostgreSQL: recorded when it is tagged.

Each is its SQL, compressed. The facts beside it are what the code of the release said of it.
"""

import json
import lzma
import os
import re
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path

from django.conf import settings

from tests import services

DUMPS = Path(__file__).with_name("databases")
VENDORS = ("sqlite", "postgresql")
LIMIT = 400_000  # bytes of each
#: What differs between two runs of pg_dump, and what an older psql does not know.
OF_THE_RUN = re.compile(r"^(-- Dumped .*|\\(un)?restrict .*)\n", re.MULTILINE)


@dataclass(frozen=True)
class Facts:
    """What the code that made a database says of it."""

    moment: str  # when the site was left, ISO 8601
    link: str  # the path of a personal link to a registration, in Swedish
    reference: str  # of this registration
    counts: dict[str, int]  # of rows, by what they are


def names() -> list[str]:
    """Return the releases whose databases are here."""
    return sorted(
        {path.name.removesuffix(f".{vendor}.json") for vendor in VENDORS for path in DUMPS.glob(f"*.{vendor}.json")}
    )


def dump_of(version: str, vendor: str, folder: Path = DUMPS) -> Path:
    """Return the path of the database of a release on ``sqlite`` or ``postgresql``."""
    return folder / f"{version}.{vendor}.sql.xz"


def facts_of(version: str, vendor: str, folder: Path = DUMPS) -> Facts:
    """Return what a release said of its database."""
    return Facts(**json.loads((folder / f"{version}.{vendor}.json").read_text()))


def environment(url: str, folder: Path, settings_module: str = "cms.settings.dev") -> dict[str, str]:
    """Return the environment of a process on a database, which keeps its files in a folder and finds modules there."""
    return services.own_environment() | {
        "DJANGO_SETTINGS_MODULE": settings_module,
        "DEBUG": "off",
        "SITE_URL": "http://localhost",
        "DATABASE_URL": url,
        "VAR_DIR": str(folder),
        "PYTHONPATH": str(folder),
    }


def started(code: str, environment: dict[str, str]) -> "subprocess.Popen[str]":
    """Start a process that runs code with the models of a site."""
    command = [sys.executable, "manage.py", "shell", "--no-imports", "-c", code]
    return subprocess.Popen(command, cwd=settings.BASE_DIR, env=environment, stdout=subprocess.PIPE, text=True)


def record(version: str, folder: Path = DUMPS) -> None:
    """Write the databases of today's code into a folder, each made in an empty place, and what the code says of them."""
    folder.mkdir(exist_ok=True)
    with (
        services.postgresql_server(autovacuum="off") as server,
        tempfile.TemporaryDirectory() as one,
        tempfile.TemporaryDirectory() as other,
    ):
        urls = {"sqlite": (f"sqlite:///{one}/db.sqlite3", one), "postgresql": (server.url, other)}
        code = "from tests.upgrades import content\ncontent.write()"
        processes = [started(code, environment(url, Path(work))) for url, work in urls.values()]
        said = [process.communicate()[0] for process in processes]
        if any(process.returncode for process in processes):
            raise SystemExit("The databases cannot be made: see above.")
        write(dump_of(version, "sqlite", folder), sqlite_dump(Path(one, "db.sqlite3")))
        write(dump_of(version, "postgresql", folder), postgresql_dump(server.url))
        on_sqlite, on_postgresql = (
            write_facts(version, vendor, folder, each) for vendor, each in zip(urls, said, strict=True)
        )
        if on_sqlite.counts != on_postgresql.counts:
            raise SystemExit(f"SQLite and PostgreSQL differ:\n{on_sqlite.counts}\n{on_postgresql.counts}")


def write(path: Path, content: str, preset: int = 9) -> None:
    """Write a dump, compressed."""
    path.write_bytes(lzma.compress(content.encode(), preset=preset))


def write_facts(version: str, vendor: str, folder: Path, said: str) -> Facts:
    """Write the facts that a process has printed. Return them."""
    facts = Facts(**json.loads(said.splitlines()[-1]))
    (folder / f"{version}.{vendor}.json").write_text(json.dumps(asdict(facts), indent=1) + "\n")
    return facts


def sqlite_dump(path: Path) -> str:
    """Return the SQL that makes the database again. What a virtual table shows is in the tables below it."""
    with closing(sqlite3.connect(path)) as database:
        virtual = database.execute("SELECT name FROM sqlite_master WHERE sql LIKE 'CREATE VIRTUAL TABLE%'").fetchall()
        shown = tuple(f'INSERT INTO "{name}" VALUES' for (name,) in virtual)
        return "\n".join(statement for statement in database.iterdump() if not statement.startswith(shown))


def postgresql_dump(url: str) -> str:
    """Return the SQL that makes the database again, for any account."""
    command = [str(services.postgresql_program("pg_dump")), "--no-owner", "--no-privileges", "--no-comments", url]
    return OF_THE_RUN.sub("", subprocess.run(command, check=True, capture_output=True, text=True).stdout)


@contextmanager
def restored(version: str, vendor: str, work: Path, folder: Path = DUMPS) -> Iterator[str]:
    """Put the database of a release into an empty place, a file in ``work`` or a new database, and yield its URL."""
    sql = lzma.decompress(dump_of(version, vendor, folder).read_bytes()).decode()
    if vendor == "sqlite":
        with closing(sqlite3.connect(work / "db.sqlite3")) as database:
            database.executescript(sql)
        yield f"sqlite:///{work}/db.sqlite3"
        return
    server = os.environ["DATABASE_URL"].rpartition("/")[0]
    name = f"verkosto_upgrade_{re.sub(r'[^a-z0-9]', '_', version)}_{os.getpid()}"  # processes share the server
    psql = [str(services.postgresql_program("psql")), "--quiet", "--no-psqlrc", "--set=ON_ERROR_STOP=1"]
    subprocess.run([*psql, f"--command=CREATE DATABASE {name}", f"{server}/postgres"], check=True)
    try:
        subprocess.run([*psql, "--output=/dev/null", f"{server}/{name}"], input=sql, text=True, check=True)
        yield f"{server}/{name}"
    finally:
        subprocess.run([*psql, f"--command=DROP DATABASE {name} WITH (FORCE)", f"{server}/postgres"], check=True)
