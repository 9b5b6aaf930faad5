"""Django settings from the URLs of databases, caches and other services."""

from pathlib import Path
from typing import Any
from urllib.parse import SplitResult, parse_qsl, unquote, urlsplit

import environ
from django.core.exceptions import ImproperlyConfigured

FILES = "django.core.files.storage.FileSystemStorage"
FRONTEND_CACHE = "wagtail.contrib.frontend_cache.backends"


def database_settings(url: str) -> dict[str, Any]:
    """Return a ``DATABASES`` entry for ``sqlite:///path`` or ``postgres://user:password@host:port/name``.

    Options in the query string override the defaults. A pooler in transaction mode needs
    ``?server_side_binding=false&prepare_threshold=null&options=null``.
    """
    settings: dict[str, Any] = dict(environ.Env.db_url_config(url))
    options: dict[str, Any]
    if settings["ENGINE"].endswith("sqlite3"):
        # The write lock is taken at BEGIN, so that concurrent transactions wait instead of failing.
        options = {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
        }
        settings["CONN_MAX_AGE"] = 600  # seconds: opening a connection takes as long as several queries
    elif settings["ENGINE"].endswith("postgresql"):
        # Opening connections and preparing statements would take most of a page's time.
        settings |= {"CONN_MAX_AGE": 600, "CONN_HEALTH_CHECKS": True}
        # Lists of many rows are estimated so dear that PostgreSQL compiles them: a second for what runs in 60 ms.
        options = {"server_side_binding": True, "prepare_threshold": 5, "options": "-c jit=off"}
    else:
        raise ImproperlyConfigured(f"DATABASE_URL: {settings['ENGINE']} is neither SQLite nor PostgreSQL.")
    constants = {"true": True, "false": False, "null": None}
    given = {key: constants.get(value, value) for key, value in settings.get("OPTIONS", {}).items()}
    settings["OPTIONS"] = options | given
    return settings


def email_settings(url: str) -> dict[str, Any]:
    """Return the ``EMAIL_*`` settings for ``smtp+tls://user:password@host:587`` or, for a folder, ``filemail:///path``."""
    settings: dict[str, Any] = dict(environ.Env.email_url_config(url))
    default_port = 465 if settings.get("EMAIL_USE_SSL") else 587 if settings.get("EMAIL_USE_TLS") else 25
    settings["EMAIL_PORT"] = settings["EMAIL_PORT"] or default_port
    settings["EMAIL_FILE_PATH"] = f"/{settings['EMAIL_FILE_PATH'].lstrip('/')}"
    settings["EMAIL_TIMEOUT"] = 20  # seconds: an unresponsive mail server must not block the worker
    return settings


def cache_settings(url: str, folder: Path) -> dict[str, dict[str, Any]]:
    """Return ``CACHES``: Redis with a URL; without one, memory of each process and a folder for the shared cache."""
    if url:
        redis = {"BACKEND": "verkosto.core.redis_cache.RedisCache", "LOCATION": url, "KEY_PREFIX": "verkosto"}
        return {"default": redis, "shared": redis}
    return {
        "default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "OPTIONS": {"MAX_ENTRIES": 5000}},
        "shared": {"BACKEND": "django.core.cache.backends.filebased.FileBasedCache", "LOCATION": folder},
    }


def frontend_cache_settings(url: str) -> dict[str, dict[str, str]]:
    """Return ``WAGTAILFRONTENDCACHE`` for a cache in front of the site that can be told to forget pages; empty without one.

    ``http://host:port`` takes PURGE requests, as Varnish does; ``cloudflare://token@zone`` and
    ``cloudfront://key:secret@distribution`` are these services.
    """
    if not url:
        return {}
    parts = urlsplit(url)
    name = parts.netloc.rpartition("@")[2]  # unlike ``hostname`` in the case that it has
    backend: dict[str, str]
    if parts.scheme in ("http", "https"):
        backend = {"BACKEND": f"{FRONTEND_CACHE}.HTTPBackend", "LOCATION": url}
    elif parts.scheme == "cloudflare" and parts.username and name:
        token = unquote(parts.username)
        backend = {"BACKEND": f"{FRONTEND_CACHE}.CloudflareBackend", "BEARER_TOKEN": token, "ZONEID": name}
    elif parts.scheme == "cloudfront" and name:
        backend = {"BACKEND": f"{FRONTEND_CACHE}.CloudfrontBackend", "DISTRIBUTION_ID": name}
        if parts.username and parts.password:
            backend |= {"AWS_ACCESS_KEY_ID": unquote(parts.username), "AWS_SECRET_ACCESS_KEY": unquote(parts.password)}
    else:
        raise ImproperlyConfigured(
            "FRONTEND_CACHE_URL: give http://host:port, cloudflare://token@zone or cloudfront://key:secret@distribution."
        )
    return {"default": backend}


def media_settings(url: str, default: Path) -> tuple[dict[str, Any], Path, str]:
    """Return the default storage, its folder, and the origin of media files ("" for the site's own).

    ``file:///srv/media`` is a folder; ``s3://key:secret@host/bucket?region=eu-north-1&domain=media.example.fi`` any S3
    service.
    """
    parts = urlsplit(url)
    if parts.scheme in ("", "file"):
        folder = Path(unquote(parts.path)) if parts.path else default
        return {"BACKEND": FILES}, folder, ""
    options = _bucket(parts, "MEDIA_STORAGE_URL")
    extra = dict(parse_qsl(parts.query))
    options |= {"custom_domain": extra.get("domain"), "file_overwrite": False}
    origin = f"https://{extra['domain']}" if "domain" in extra else options["endpoint_url"]
    return {"BACKEND": "storages.backends.s3.S3Storage", "OPTIONS": options}, default, str(origin)


def private_storage_settings(url: str, default: Path) -> dict[str, Any]:
    """Return the storage of files that registrants send: ``file:///srv/private`` or ``s3://key:secret@host/bucket``.

    The bucket must not be that of the media: nothing in it is ever public.
    """
    parts = urlsplit(url)
    if parts.scheme in ("", "file"):
        folder = Path(unquote(parts.path)) if parts.path else default
        return {"BACKEND": FILES, "OPTIONS": {"location": folder, "base_url": None}}
    options = _bucket(parts, "PRIVATE_STORAGE_URL")
    if "domain" in dict(parse_qsl(parts.query)):
        raise ImproperlyConfigured("PRIVATE_STORAGE_URL: no domain may serve private files.")
    return {"BACKEND": "cms.private_storage.PrivateS3Storage", "OPTIONS": options}


def _bucket(parts: SplitResult, setting: str) -> dict[str, Any]:
    """Return the options of django-storages for ``s3://key:secret@host/bucket?region=…``."""
    if parts.scheme != "s3" or not parts.hostname or not parts.path.strip("/"):
        raise ImproperlyConfigured(f"{setting}: give file:///path or s3://key:secret@host/bucket.")
    return {
        "endpoint_url": f"https://{parts.hostname}" + (f":{parts.port}" if parts.port else ""),
        "bucket_name": parts.path.strip("/"),
        "access_key": unquote(parts.username or ""),
        "secret_key": unquote(parts.password or ""),
        "region_name": dict(parse_qsl(parts.query)).get("region"),
    }


def search_settings(url: str) -> dict[str, Any]:
    """Return a ``WAGTAILSEARCH_BACKENDS`` entry: the database, ``opensearch+https://host/index`` or ``elasticsearch+…``."""
    if not url:
        return {"BACKEND": "verkosto.core.search.database"}
    engine, _, address = url.partition("+")
    backends = {
        "opensearch": "verkosto.core.search.opensearch",
        "elasticsearch": "wagtail.search.backends.elasticsearch9",
    }
    if engine not in backends or "://" not in address:
        raise ImproperlyConfigured(
            "SEARCH_URL: give opensearch+https://host/index or elasticsearch+https://host/index."
        )
    parts = urlsplit(address)
    return {
        "BACKEND": backends[engine],
        "URLS": [parts._replace(path="", query="").geturl()],
        "INDEX_PREFIX": (parts.path.strip("/") or "verkosto") + "_",
    }
