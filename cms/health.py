"""What the site needs to run, and whether it works now: for ``/readyz``, and as health checks for operators."""

import shutil
import uuid
from collections.abc import Callable
from functools import partial

from django.conf import settings
from django.core.cache import cache
from django.core.files.base import ContentFile
from django.core.files.storage import Storage, storages
from django.db import connection
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cms import site_address
from verkosto.core.health import Finding, HealthCheck, Status, healthy

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

LABELS: dict[str, str | Promise] = {
    "database": gettext_lazy("Database"),
    "cache": gettext_lazy("Cache"),
    "storage": gettext_lazy("Pictures and documents"),
    "private_storage": gettext_lazy("Files of registrants"),
}
ADVICE: dict[str, str | Promise] = {
    "database": gettext_lazy("See that it runs at the address in DATABASE_URL."),
    "cache": gettext_lazy("See that Redis runs at the address in REDIS_URL. Until then the site is slower."),
    "storage": gettext_lazy("See that the web server may write to MEDIA_STORAGE_URL, and that its disk has space."),
    "private_storage": gettext_lazy(
        "See that the web server may write to the private files in VAR_DIR, and that the disk has space."
    ),
}


def health_checks() -> list[HealthCheck]:
    """Return the parts of ``/readyz``, and the address of the site, for the hook ``register_verkosto_health_checks``."""
    parts = [HealthCheck(name, LABELS[name], partial(_find, name)) for name in CHECKS]
    return [*parts, HealthCheck("site_address", gettext_lazy("Address of the site"), _find_address)]


def _find(name: str) -> Finding:
    """Return the result of a check of ``/readyz`` as a finding."""
    result = _result(CHECKS[name])
    if result == OK:
        return healthy(_("Works."))
    if result == LOW:
        return Finding(Status.ATTENTION, _("The disk has little space left."), ADVICE[name])
    return Finding(Status.FAILED, _("Does not answer, or cannot be written."), ADVICE[name])


def _find_address() -> Finding:
    if site_address.difference():
        return Finding(
            Status.FAILED,
            _("The address under Settings › Sites is not SITE_URL, %(address)s: links in mails and pages differ.")
            % {"address": settings.SITE_URL},
            _("Run manage.py start_site, which sets it from SITE_URL."),
        )
    return healthy(settings.SITE_URL)
