"""Several servers that start at once migrate one after the other."""

import fcntl
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import connection

from cms.migration_lock import LOCK, migration_lock


def is_free() -> bool:
    """Ask the database whether another process could migrate now."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [LOCK])
        return bool(cursor.fetchone()[0])


@pytest.mark.postgresql
@pytest.mark.django_db
def test_only_one_process_migrates_on_postgresql() -> None:
    with migration_lock():
        assert not is_free()
    assert is_free()


@pytest.mark.postgresql
@pytest.mark.django_db
def test_lock_ends_with_an_error_on_postgresql() -> None:
    with pytest.raises(ZeroDivisionError), migration_lock():
        raise ZeroDivisionError
    assert is_free()


def test_only_one_process_migrates_on_sqlite(settings, tmp_path, monkeypatch) -> None:
    settings.VAR_DIR = tmp_path / "var"
    monkeypatch.setattr("cms.migration_lock.connections", {"default": type("Connection", (), {"vendor": "sqlite"})})
    with migration_lock(), (tmp_path / "var/migrate.lock").open("w") as other, pytest.raises(BlockingIOError):
        fcntl.flock(other, fcntl.LOCK_EX | fcntl.LOCK_NB)
    with (tmp_path / "var/migrate.lock").open("w") as other:
        fcntl.flock(other, fcntl.LOCK_EX | fcntl.LOCK_NB)


@pytest.mark.django_db
def test_command_migrates_as_django_does() -> None:
    out = StringIO()
    call_command("migrate_once", "--plan", stdout=out)
    assert out.getvalue() == "Planned operations:\n  No planned migration operations.\n"
