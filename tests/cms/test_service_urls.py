from pathlib import Path
from urllib.parse import urlsplit

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.utils.module_loading import import_string
from storages.backends.s3 import S3Storage

from cms import service_urls


def test_database_on_sqlite_takes_write_locks_at_begin() -> None:
    settings = service_urls.database_settings("sqlite:////srv/site.sqlite3")
    assert settings["NAME"] == "/srv/site.sqlite3"
    assert settings["OPTIONS"] == {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
    }


def test_database_on_postgresql_keeps_connections_and_lets_the_query_string_win() -> None:
    settings = service_urls.database_settings(
        "postgres://site:secret@db:5433/site?prepare_threshold=null&sslmode=require"
    )
    assert (settings["HOST"], settings["PORT"], settings["CONN_MAX_AGE"]) == ("db", 5433, 600)
    assert settings["OPTIONS"] == {
        "server_side_binding": True,
        "prepare_threshold": None,
        "options": "-c jit=off",
        "sslmode": "require",
    }


def test_pooler_gets_no_options_of_the_session() -> None:
    given = service_urls.database_settings("postgres://site:secret@db/site?options=null")["OPTIONS"]
    assert given == {"server_side_binding": True, "prepare_threshold": 5, "options": None}


def test_database_of_another_kind_is_refused() -> None:
    with pytest.raises(ImproperlyConfigured, match="neither SQLite nor PostgreSQL"):
        service_urls.database_settings("mysql://site:secret@db/site")


@pytest.mark.parametrize(
    ("url", "port", "tls", "ssl"),
    [
        ("smtp://mail", 25, None, None),
        ("smtp+tls://user:secret@mail", 587, True, None),
        ("smtp+ssl://user:secret@mail", 465, None, True),
        ("smtp://mail:2525", 2525, None, None),
    ],
)
def test_mail_without_a_port_takes_the_usual_one(url: str, port: int, tls: bool | None, ssl: bool | None) -> None:
    settings = service_urls.email_settings(url)
    assert (settings["EMAIL_PORT"], settings.get("EMAIL_USE_TLS"), settings.get("EMAIL_USE_SSL")) == (port, tls, ssl)


def test_mail_to_a_folder_is_absolute() -> None:
    assert service_urls.email_settings("filemail:///srv/mail")["EMAIL_FILE_PATH"] == "/srv/mail"


def test_caches_without_an_address_are_memory_and_a_folder(tmp_path: Path) -> None:
    assert (
        service_urls.cache_settings("", tmp_path)["default"]["BACKEND"]
        == "django.core.cache.backends.locmem.LocMemCache"
    )
    assert service_urls.cache_settings("", tmp_path)["shared"]["LOCATION"] == tmp_path
    redis = service_urls.cache_settings("redis://cache/0", tmp_path)
    assert redis["default"]["LOCATION"] == redis["shared"]["LOCATION"] == "redis://cache/0"


def test_cache_in_front_is_told_only_where_one_is_named() -> None:
    assert service_urls.frontend_cache_settings("") == {}
    assert service_urls.frontend_cache_settings("http://proxy:6081") == {
        "default": {
            "BACKEND": "wagtail.contrib.frontend_cache.backends.HTTPBackend",
            "LOCATION": "http://proxy:6081",
        }
    }


@pytest.mark.parametrize(
    ("url", "backend"),
    [
        (
            "cloudflare://To%2Fken@0123abc",
            {
                "BACKEND": f"{service_urls.FRONTEND_CACHE}.CloudflareBackend",
                "BEARER_TOKEN": "To/ken",
                "ZONEID": "0123abc",
            },
        ),
        (
            "cloudfront://KEY:sec%2Fret@E1DISTRIBUTION",
            {
                "BACKEND": f"{service_urls.FRONTEND_CACHE}.CloudfrontBackend",
                "DISTRIBUTION_ID": "E1DISTRIBUTION",
                "AWS_ACCESS_KEY_ID": "KEY",
                "AWS_SECRET_ACCESS_KEY": "sec/ret",
            },
        ),
        (
            "cloudfront://E1DISTRIBUTION",
            {"BACKEND": f"{service_urls.FRONTEND_CACHE}.CloudfrontBackend", "DISTRIBUTION_ID": "E1DISTRIBUTION"},
        ),
    ],
)
def test_content_delivery_networks_are_told_what_changed(url: str, backend: dict[str, str]) -> None:
    assert service_urls.frontend_cache_settings(url) == {"default": backend}
    assert import_string(backend["BACKEND"])({**backend})


@pytest.mark.parametrize("url", ["cloudflare://zone", "proxy:6081", "cloudfront://"])
def test_cache_in_front_of_another_kind_is_refused(url: str) -> None:
    with pytest.raises(ImproperlyConfigured, match="FRONTEND_CACHE_URL"):
        service_urls.frontend_cache_settings(url)


def test_media_storage_in_a_folder() -> None:
    backend, folder, origin = service_urls.media_settings("file:///srv/media", Path("/unused"))
    assert (backend, folder, origin) == ({"BACKEND": service_urls.FILES}, Path("/srv/media"), "")


def test_media_storage_on_s3_names_the_origin_of_its_pictures() -> None:
    url = "s3://key:sec%2Fret@s3.example.fi/pictures?region=eu-north-1&domain=media.example.fi"
    backend, _, origin = service_urls.media_settings(url, Path("/unused"))
    assert origin == "https://media.example.fi"
    assert backend["OPTIONS"] == {
        "endpoint_url": "https://s3.example.fi",
        "bucket_name": "pictures",
        "access_key": "key",
        "secret_key": "sec/ret",
        "region_name": "eu-north-1",
        "custom_domain": "media.example.fi",
        "file_overwrite": False,
    }


@pytest.mark.parametrize(
    ("domain", "host", "is_signed"),
    [("", "s3.example.fi", True), ("&domain=media.example.fi", "media.example.fi", False)],
)
def test_addresses_of_pictures_on_s3_are_signed_unless_a_domain_serves_the_bucket(
    domain: str, host: str, is_signed: bool
) -> None:
    """Finding: with ``domain=`` the addresses are unsigned. The guide says that the folder must be public then."""
    url = f"s3://key:secret@s3.example.fi/pictures?region=eu-north-1{domain}"
    backend, _, _origin = service_urls.media_settings(url, Path("/unused"))
    address = urlsplit(S3Storage(**backend["OPTIONS"]).url("images/a.png"))
    assert (address.scheme, address.netloc, "Signature" in address.query) == ("https", host, is_signed)
    assert "secret" not in address.geturl()


@pytest.mark.parametrize("url", ["ftp://host/x", "s3://host", "s3:///bucket"])
def test_media_storage_elsewhere_is_refused(url: str) -> None:
    with pytest.raises(ImproperlyConfigured, match="MEDIA_STORAGE_URL"):
        service_urls.media_settings(url, Path("/unused"))


def test_search_backend_is_the_database_until_an_engine_is_named() -> None:
    assert service_urls.search_settings("") == {"BACKEND": "verkosto.core.search.database"}
    assert service_urls.search_settings("opensearch+https://search:9200/site") == {
        "BACKEND": "verkosto.core.search.opensearch",
        "URLS": ["https://search:9200"],
        "INDEX_PREFIX": "site_",
    }
    with pytest.raises(ImproperlyConfigured, match="SEARCH_URL"):
        service_urls.search_settings("solr+https://search/site")
