import re
from pathlib import Path
from unittest import mock

import pytest
from django.db import connection
from django.test import Client

from cms import health


@pytest.mark.parametrize(
    ("languages", "cookie", "target"),
    [
        ("sv-FI,sv;q=0.9,en;q=0.5", "", "/sv/"),
        ("de,en-GB;q=0.5", "", "/en/"),
        ("de", "", "/fi/"),
        ("", "", "/fi/"),
        ("sv", "en", "/en/"),
    ],
)
def test_start_leads_to_the_visitors_language(client: Client, languages: str, cookie: str, target: str) -> None:
    if cookie:
        client.cookies["django_language"] = cookie
    response = client.get("/", headers={"accept-language": languages})
    assert (response.status_code, response["Location"]) == (302, target)
    assert {part.strip() for part in response["Vary"].split(",")} == {"Accept-Language", "Cookie"}
    assert not response.cookies


def test_healthz_asks_nothing_of_the_database(client: Client) -> None:
    response = client.get("/healthz")  # without the django_db mark, a query would raise
    assert (response.status_code, response.json()) == (200, {"status": "ok"})
    assert "no-store" in response["Cache-Control"]


@pytest.mark.django_db
def test_readyz_when_everything_answers(client: Client) -> None:
    response = client.get("/readyz")
    assert response.status_code == 200
    assert response.json() == {
        "status": "ok",
        "database": "ok",
        "cache": "ok",
        "storage": "ok",
        "private_storage": "ok",
    }


@pytest.mark.django_db
def test_readyz_when_the_database_fails(client: Client) -> None:
    with mock.patch.object(connection, "cursor", side_effect=OSError):
        response = client.get("/readyz")
    assert response.status_code == 503
    assert response.json() == {
        "status": "failed",
        "database": "failed",
        "cache": "ok",
        "storage": "ok",
        "private_storage": "ok",
    }


@pytest.mark.django_db
@pytest.mark.parametrize(("space", "state"), [(health.LOW_SPACE - 1, "low on space"), (health.LOW_SPACE, "ok")])
def test_readyz_sees_the_space_of_the_private_store(client: Client, space: int, state: str) -> None:
    """A full disk is no reason to take the site out of service: pages can be read."""
    with mock.patch("cms.health._free_space", return_value=space):
        response = client.get("/readyz")
    assert response.status_code == 200
    assert response.json() == {
        "status": "ok" if state == "ok" else "degraded",
        "database": "ok",
        "cache": "ok",
        "storage": state,
        "private_storage": state,
    }


@pytest.mark.django_db
def test_readyz_when_the_private_store_cannot_be_written(client: Client, settings, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    private = settings.STORAGES["private"] | {"OPTIONS": {"location": tmp_path / "file", "base_url": None}}
    settings.STORAGES = settings.STORAGES | {"private": private}
    response = client.get("/readyz")
    assert (response.status_code, response.json()["status"]) == (200, "degraded")
    assert response.json()["private_storage"] == "failed"


@pytest.fixture
def media(settings, tmp_path: Path) -> Path:
    settings.MEDIA_ROOT = tmp_path
    for name in ("images/a.png", "images/a.html", "images/a.svg", "documents/a.png"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(b"<script>alert(1)</script>")
    return tmp_path


@pytest.mark.django_db
def test_media_serves_pictures_in_a_sandbox(client: Client, media: Path) -> None:
    response = client.get("/media/images/a.png")
    assert (response.status_code, response["Content-Type"]) == (200, "image/png")
    assert response["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert "max-age=31536000" in response["Cache-Control"]


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["images/a.html", "images/a.svg", "documents/a.png", "images/none.png"])
def test_media_serves_nothing_else(client: Client, media: Path, path: str) -> None:
    response = client.get(f"/media/{path}")
    assert (response.status_code, b"alert" in response.content) == (404, False)


@pytest.mark.django_db
def test_media_stays_in_its_folder(client: Client, media: Path) -> None:
    response = client.get("/media/images/../documents/a.png")
    assert (response.status_code, b"alert" in response.content) == (400, False)


def test_favicon_is_an_icon(client: Client) -> None:
    response = client.get("/favicon.ico", follow=True)
    assert b"".join(response.streaming_content)[:4] == b"\x00\x00\x01\x00"


@pytest.mark.django_db
def test_security_txt_names_whom_to_tell(client: Client, settings) -> None:
    assert client.get("/.well-known/security.txt").status_code == 404
    settings.SECURITY_CONTACT, settings.SITE_URL = "mailto:security@example.fi", "https://verkosto.example.fi"
    response = client.get("/.well-known/security.txt")
    contact, expires, languages, canonical = response.content.decode().splitlines()
    assert response["Content-Type"] == "text/plain; charset=utf-8"
    assert contact == "Contact: mailto:security@example.fi"
    assert re.fullmatch(r"Expires: 20\d\d-\d\d-\d\dT\d\d:\d\d:\d\dZ", expires)
    assert languages == "Preferred-Languages: fi, sv, en"
    assert canonical == "Canonical: https://verkosto.example.fi/.well-known/security.txt"
