"""One lock for the scheduled work of all processes of a site. It ends with the process, however that ends."""

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext, suppress
from pathlib import Path

from django.core.files import locks
from django.db import connection
from django.db.backends.base.base import BaseDatabaseWrapper

ADVISORY_LOCK = 7_239_814_406_551  # any number that nothing else in the database uses


def scheduled_work_lock() -> AbstractContextManager[bool]:
    """Return a context whose value is whether this process has the lock; if not, another has it. It never waits."""
    if connection.vendor == "postgresql":
        return _advisory_lock(connection.copy())
    if connection.is_in_memory_db():  # type: ignore[attr-defined]  # SQLite; no other process sees such a database
        return nullcontext(True)
    return file_lock(Path(f"{connection.settings_dict['NAME']}.scheduled-work"))


@contextmanager
def _advisory_lock(own: BaseDatabaseWrapper) -> Iterator[bool]:
    """Hold a lock of PostgreSQL in a transaction of its own connection, which poolers in transaction mode allow too."""
    try:
        own.set_autocommit(False)
        with own.cursor() as cursor:
            cursor.execute("SET LOCAL idle_in_transaction_session_timeout = 0")
            cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [ADVISORY_LOCK])
            row = cursor.fetchone()
        yield bool(row and row[0])
    finally:
        with suppress(Exception):  # the database may have restarted meanwhile
            own.rollback()
        own.close()


@contextmanager
def file_lock(path: Path) -> Iterator[bool]:
    """Hold a lock on a file next to the database, which is on this machine."""
    with path.open("w") as file:
        yield locks.lock(file, locks.LOCK_EX | locks.LOCK_NB)
