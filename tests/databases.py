"""The test database is a copy of a migrated template, because migrating takes longer than most test runs."""

import fcntl
import hashlib
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.db import connection

MIGRATE = (
    "import gc; gc.set_threshold(100_000, 50, 1000);"
    "from django.core.management import execute_from_command_line;"
    "execute_from_command_line(['manage.py', 'migrate', '--verbosity=0'])"
)


def use_template() -> None:
    """Copy the template to the test database, or let Django do it."""
    made = template()
    if isinstance(made, Path):
        copy_sqlite(made)
    else:
        connection.settings_dict["TEST"]["TEMPLATE"] = made


def template() -> Path | str:
    """Return the template of the current migrations, made if it does not exist: SQLite's file, PostgreSQL's name."""
    name = f"verkosto_template_{migrations_digest()}"
    with locked(f"test-template-{connection.vendor}"):
        if connection.vendor == "postgresql":
            return postgresql_template(name)
        return sqlite_template(settings.VAR_DIR / f"{name}.sqlite3")


@contextmanager
def locked(name: str) -> Iterator[None]:
    """Let one process at a time make what the tests of a checkout share."""
    settings.VAR_DIR.mkdir(exist_ok=True)
    with (settings.VAR_DIR / f"{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def migrations_digest() -> str:
    """Return a digest of twelve characters that changes with every migration."""
    digest = hashlib.sha256()
    for config in apps.get_app_configs():
        for path in sorted(Path(config.path, "migrations").glob("*.py")):
            digest.update(config.label.encode() + path.read_bytes())
    return digest.hexdigest()[:12]


def migrate(url: str, site_settings: str = "cms.settings.test") -> None:
    """Migrate a database with few runs of the garbage collector, which takes a sixth of the time otherwise."""
    command = [sys.executable, "-c", MIGRATE]
    environment = os.environ | {"DATABASE_URL": url, "DJANGO_SETTINGS_MODULE": site_settings}
    subprocess.run(command, cwd=settings.BASE_DIR, env=environment, check=True)


def postgresql_template(name: str) -> str:
    with connection._nodb_cursor() as cursor:
        cursor.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name])
        if not cursor.fetchone():
            making = f"{name}_{os.getpid()}"
            cursor.execute(f'CREATE DATABASE "{making}"')
            migrate(f"{os.environ['DATABASE_URL'].rpartition('/')[0]}/{making}")
            cursor.execute(f'ALTER DATABASE "{making}" RENAME TO "{name}"')
    return name


def sqlite_template(path: Path) -> Path:
    """Migrate the apps that only tests have, on a copy of a site's database."""
    if not path.exists():
        making = path.with_suffix(".making")
        shutil.copyfile(site_template(), making)
        migrate(f"sqlite:///{making}")
        making.rename(path)
    return path


def site_template() -> Path:
    """Return a migrated SQLite database as a site has it, from which the tests' and the demo's are made."""
    path = Path(settings.VAR_DIR, f"verkosto_site_{migrations_digest()}.sqlite3")
    with locked("test-template-site"):
        if not path.exists():
            making = path.with_suffix(".making")
            making.unlink(missing_ok=True)
            migrate(f"sqlite:///{making}", "cms.settings.dev")
            making.rename(path)
    return path


def copy_sqlite(template: Path) -> None:
    target = str(connection.settings_dict["TEST"]["NAME"])
    for suffix in ("-wal", "-shm"):
        Path(target + suffix).unlink(missing_ok=True)
    shutil.copyfile(template, target)
