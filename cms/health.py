"""What the site needs to run, and whether it works now."""

import shutil
import uuid
from collections.abc import Callable

from django.core.cache import cache
from django.core.files.base import ContentFile
from django.core.files.storage import Storage, storages
from django.db import connection

OK, LOW, FAILED, DEGRADED = "ok", "low on space", "failed", "degraded"
LOW_SPACE = 200_000_000  # bytes

#: What no page can be served without. All else makes the site slower, or refuses some forms.
REQUIRED = ("database",)


def state() -> dict[str, str]:
    """Return the state of each part by name, and under "status" that of the site: ok, degraded or failed."""
    parts = {name: _result(check) for name, check in CHECKS.items()}
    if any(parts[name] != OK for name in REQUIRED):
        return {"status": FAILED, **parts}
    return {"status": OK if set(parts.values()) == {OK} else DEGRADED, **parts}


def _result(check: Callable[[], str]) -> str:
    try:
        return check()
    except Exception:  # any error of a driver
        return FAILED


def _check_database() -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
        return OK if cursor.fetchone() == (1,) else FAILED


def _check_cache() -> str:
    key = f"readyz-{uuid.uuid4()}"
    cache.set(key, "ok", timeout=10)
    return OK if cache.get(key) == "ok" else FAILED


def _check_storage(alias: str) -> str:
    storage = storages[alias]
    name = storage.save(f"readyz/{uuid.uuid4()}", ContentFile(b"ok"))
    try:
        if not storage.exists(name):
            return FAILED
    finally:
        storage.delete(name)
    return LOW if _free_space(storage) < LOW_SPACE else OK


def _free_space(storage: Storage) -> float:
    """Return the free bytes of a storage in a folder; infinity for any other."""
    location = getattr(storage, "location", None) if hasattr(storage, "base_location") else None
    return shutil.disk_usage(location).free if location else float("inf")


CHECKS: dict[str, Callable[[], str]] = {
    "database": _check_database,
    "cache": _check_cache,
    "storage": lambda: _check_storage("default"),
    "private_storage": lambda: _check_storage("private"),
}
