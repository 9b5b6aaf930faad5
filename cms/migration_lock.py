"""One migration of the database at a time, also when several servers start at once."""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from django.conf import settings
from django.db import DEFAULT_DB_ALIAS, Error, connections

LOCK = 0x7665726B  # "verk": the number of the lock in the database


@contextmanager
def migration_lock(using: str = DEFAULT_DB_ALIAS) -> Iterator[None]:
    """Wait until no other process migrates, and keep others waiting meanwhile.

    On PostgreSQL it is a lock of a transaction on a connection of its own: a pooler keeps that together, and it ends with
    the process. On SQLite it is a lock of a file in ``VAR_DIR``.
    """
    if connections[using].vendor != "postgresql":
        settings.VAR_DIR.mkdir(parents=True, exist_ok=True)
        with (settings.VAR_DIR / "migrate.lock").open("w") as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            yield
        return
    holder = connections[using].copy()
    try:
        holder.set_autocommit(False)
        with holder.cursor() as cursor:
            # A long migration outlasts what a server allows to others.
            cursor.execute("SET LOCAL idle_in_transaction_session_timeout = 0")
            cursor.execute("SET LOCAL statement_timeout = 0")
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
        yield
    finally:
        with suppress(Error):  # closing alone leaves the lock until the server has noticed
            holder.rollback()
        holder.close()
