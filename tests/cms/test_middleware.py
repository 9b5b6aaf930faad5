import pytest
from django.test import Client


def directives(header: str) -> dict[str, list[str]]:
    return {name: sources for name, *sources in (part.split() for part in header.split(";") if part.strip())}


@pytest.mark.django_db
def test_public_answers_carry_the_strict_policy(client: Client) -> None:
    response = client.get("/healthz")
    policy = directives(response["Content-Security-Policy"])
    assert policy == {
        "default-src": ["'self'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "img-src": ["'self'", "data:"],
        "object-src": ["'none'"],
        "base-uri": ["'none'"],
        "form-action": ["'self'"],
        "frame-ancestors": ["'self'"],
    }
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Referrer-Policy"] == "strict-origin-when-cross-origin"
    assert response["Cross-Origin-Opener-Policy"] == "same-origin"
    assert "camera=()" in response["Permissions-Policy"]


@pytest.mark.django_db
def test_admin_answers_carry_their_own_policy(client: Client) -> None:
    policy = directives(client.get("/admin/login/")["Content-Security-Policy"])
    assert policy["script-src"] == ["'self'", "'unsafe-inline'"]
    assert policy["object-src"] == ["'none'"]
    assert policy["frame-ancestors"] == ["'self'"]


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/fi/%00", "/fi/?q=%00", "/fi/?%00=1", "/fi/?q=1&q=%00", "/admin/login/?next=%00"])
def test_null_byte_in_an_address_is_a_bad_request(client: Client, path: str) -> None:
    assert client.get(path).status_code == 400
    assert client.post(path).status_code == 400


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_bad_request_is_answered_in_the_language_of_the_address(client: Client, language: str) -> None:
    response = client.get(f"/{language}/?q=%00")
    assert response.status_code == 400
    assert f'<html lang="{language}">' in response.content.decode()


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_form_that_is_too_large_or_foreign_is_told_so_in_the_language_of_the_address(language: str) -> None:
    stranger = Client(enforce_csrf_checks=True)
    foreign = stranger.post(f"/{language}/")
    large = stranger.post(f"/{language}/search/", "x=1&" * 3_000, content_type="application/x-www-form-urlencoded")
    for response in (foreign, large):
        assert response.status_code in (400, 403, 405)
        assert f'<html lang="{language}">' in response.content.decode()


@pytest.mark.django_db
def test_null_byte_in_a_cookie_is_a_bad_request(client: Client) -> None:
    assert client.get("/admin/", headers={"cookie": r'sessionid="\000"'}).status_code == 400


@pytest.mark.django_db
def test_broken_utf8_in_an_address_is_no_error(client: Client) -> None:
    assert client.get("/fi/?q=%ff%fe").status_code < 500
    assert client.get("/fi/%ff%fe/").status_code == 404
