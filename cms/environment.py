"""Addresses from the environment, turned into Django settings."""

from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

import environ
from django.core.exceptions import ImproperlyConfigured

FILES = "django.core.files.storage.FileSystemStorage"


def database(url: str) -> dict[str, Any]:
    """A ``DATABASES`` entry for ``sqlite:///path`` or ``postgres://user:password@host:port/name``.

    Options in the query string win, so that a pooler in transaction mode can be served with
    ``?server_side_binding=false&prepare_threshold=null``.
    """
    settings: dict[str, Any] = dict(environ.Env.db_url_config(url))
    options: dict[str, Any]
    if settings["ENGINE"].endswith("sqlite3"):
        # Write locks are taken at BEGIN: two visitors queue instead of failing half-way.
        options = {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
        }
        settings["CONN_MAX_AGE"] = 600  # seconds: opening it costs as much as several queries
    elif settings["ENGINE"].endswith("postgresql"):
        # Connections stay open, and statements are prepared once: both are most of a page's time.
        settings |= {"CONN_MAX_AGE": 600, "CONN_HEALTH_CHECKS": True}
        options = {"server_side_binding": True, "prepare_threshold": 5}
    else:
        raise ImproperlyConfigured(f"DATABASE_URL: {settings['ENGINE']} is neither SQLite nor PostgreSQL.")
    words = {"true": True, "false": False, "null": None}
    given = {key: words.get(value, value) for key, value in settings.get("OPTIONS", {}).items()}
    settings["OPTIONS"] = options | given
    return settings


def mail(url: str) -> dict[str, Any]:
    """The ``EMAIL_*`` settings for ``smtp+tls://user:password@host:587`` or, for a folder, ``filemail:///path``."""
    settings: dict[str, Any] = dict(environ.Env.email_url_config(url))
    default_port = 465 if settings.get("EMAIL_USE_SSL") else 587 if settings.get("EMAIL_USE_TLS") else 25
    settings["EMAIL_PORT"] = settings["EMAIL_PORT"] or default_port
    settings["EMAIL_FILE_PATH"] = f"/{settings['EMAIL_FILE_PATH'].lstrip('/')}"
    settings["EMAIL_TIMEOUT"] = 20  # seconds: a dead mail server must not hold the worker
    return settings


def caches(url: str, folder: Path) -> dict[str, dict[str, Any]]:
    """``CACHES``: Redis where an address is given; where not, each process's memory, and a folder for what all share."""
    if url:
        redis = {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": url, "KEY_PREFIX": "verkosto"}
        return {"default": redis, "shared": redis}
    return {
        "default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "OPTIONS": {"MAX_ENTRIES": 5000}},
        "shared": {"BACKEND": "django.core.cache.backends.filebased.FileBasedCache", "LOCATION": folder},
    }


def media_storage(url: str, default: Path) -> tuple[dict[str, Any], Path, str]:
    """The default storage, its folder, and the origin that pages may load pictures from ("" for the site's own).

    ``file:///srv/media`` is a folder; ``s3://key:secret@host/bucket?region=eu-north-1&domain=media.example.fi``
    any S3 service.
    """
    parts = urlsplit(url)
    if parts.scheme in ("", "file"):
        folder = Path(unquote(parts.path)) if parts.path else default
        return {"BACKEND": FILES}, folder, ""
    if parts.scheme != "s3" or not parts.hostname or not parts.path.strip("/"):
        raise ImproperlyConfigured("MEDIA_STORAGE_URL: give file:///path or s3://key:secret@host/bucket.")
    extra = dict(parse_qsl(parts.query))
    options = {
        "endpoint_url": f"https://{parts.hostname}" + (f":{parts.port}" if parts.port else ""),
        "bucket_name": parts.path.strip("/"),
        "access_key": unquote(parts.username or ""),
        "secret_key": unquote(parts.password or ""),
        "region_name": extra.get("region"),
        "custom_domain": extra.get("domain"),
        "file_overwrite": False,
    }
    origin = f"https://{extra['domain']}" if "domain" in extra else options["endpoint_url"]
    return {"BACKEND": "storages.backends.s3.S3Storage", "OPTIONS": options}, default, str(origin)


def search_backend(url: str) -> dict[str, Any]:
    """A ``WAGTAILSEARCH_BACKENDS`` entry: the database, ``opensearch+https://host/index`` or ``elasticsearch+…``."""
    if not url:
        return {"BACKEND": "wagtail.search.backends.database"}
    engine, _, address = url.partition("+")
    backends = {"opensearch": "opensearch3", "elasticsearch": "elasticsearch9"}
    if engine not in backends or "://" not in address:
        raise ImproperlyConfigured(
            "SEARCH_URL: give opensearch+https://host/index or elasticsearch+https://host/index."
        )
    parts = urlsplit(address)
    return {
        "BACKEND": f"wagtail.search.backends.{backends[engine]}",
        "URLS": [parts._replace(path="", query="").geturl()],
        "INDEX_PREFIX": (parts.path.strip("/") or "verkosto") + "_",
    }
