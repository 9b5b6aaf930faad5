import time
from unittest import mock

import pytest
from django.db import OperationalError, connection
from django.http import HttpResponse
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext

from home.models import HomePage
from tests.factories import StandardPageFactory
from verkosto.core import page_cache as page_cache_module
from verkosto.core.page_cache import mark_public
from verkosto.core.view_restrictions import private_page_paths

pytestmark = pytest.mark.usefixtures("page_cache")


def queries(client: Client, path: str) -> int:
    with CaptureQueriesContext(connection) as captured:
        assert client.get(path).status_code == 200
    return len(captured)


def test_second_visitor_gets_the_same_page_without_a_query(client: Client, homes: dict[str, HomePage]) -> None:
    first = client.get("/fi/")
    with CaptureQueriesContext(connection) as captured:
        second = client.get("/fi/")

    assert len(captured) == 0
    assert second.content == first.content
    del first.headers["X-Request-ID"], second.headers["X-Request-ID"]  # each request has its own
    assert dict(second.items()) == dict(first.items())
    assert second["Cache-Control"] == "public, max-age=5, s-maxage=60"
    assert second["Vary"] == "Accept-Encoding"
    assert not second.cookies


def test_change_is_shown_at_once(client: Client, homes: dict[str, HomePage]) -> None:
    client.get("/fi/")
    homes["fi"].title = "Uusi otsikko"
    homes["fi"].save_revision().publish()

    assert "Uusi otsikko" in client.get("/fi/").content.decode()


def test_restricted_page_is_never_kept(client: Client, homes: dict[str, HomePage]) -> None:
    page = StandardPageFactory(parent=homes["fi"])
    assert client.get(page.url).status_code == 200
    page.view_restrictions.create(restriction_type="login")

    assert private_page_paths() == (page.path,)
    assert client.get(page.url).status_code == 302


def test_page_of_one_who_is_signed_in_is_private(
    client: Client, admin_client: Client, homes: dict[str, HomePage]
) -> None:
    mine = admin_client.get("/fi/")

    assert mine["Cache-Control"] == "private"
    assert "wagtail-userbar" not in client.get("/fi/").content.decode()
    assert "wagtail-userbar" in admin_client.get("/fi/").content.decode()


def test_what_came_with_a_cookie_is_not_kept(client: Client, homes: dict[str, HomePage]) -> None:
    client.cookies["of-somebody"] = "else"
    assert queries(client, "/fi/") > 0
    assert queries(client, "/fi/") > 0


@pytest.mark.parametrize("query", ["?utm_source=letter", f"?topic={'x' * 300}"])
def test_query_of_a_strangers_making_fills_no_cache(client: Client, homes: dict[str, HomePage], query: str) -> None:
    client.get(f"/fi/{query}")

    assert queries(client, f"/fi/{query}") > 0


def test_page_is_served_while_the_database_restarts(
    client: Client, homes: dict[str, HomePage], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A stored page, ten minutes old at most, is better than an error (RFC 5861 §4, stale-if-error)."""
    first = client.get("/fi/")
    client.raise_request_exception = False
    later = time.time() + page_cache_module.SECONDS + 1
    monkeypatch.setattr(page_cache_module.time, "time", lambda: later)

    with mock.patch.object(connection, "cursor", side_effect=OperationalError):
        assert (client.get("/fi/").status_code, client.get("/fi/").content) == (200, first.content)
        assert client.get("/sv/").status_code == 500  # not stored


def test_stored_page_is_made_anew_after_a_minute(
    client: Client, homes: dict[str, HomePage], monkeypatch: pytest.MonkeyPatch
) -> None:
    client.get("/fi/")
    assert queries(client, "/fi/") == 0
    later = time.time() + page_cache_module.SECONDS + 1
    monkeypatch.setattr(page_cache_module.time, "time", lambda: later)
    assert queries(client, "/fi/") > 0


def test_page_with_a_nonce_is_in_no_cache(client: Client, homes: dict[str, HomePage], settings: object) -> None:
    """Security finding P: a cached page would have kept its nonce, which then protects nothing."""
    policy = "script-src 'nonce-abc'"

    def add_policy(get_response):  # type: ignore[no-untyped-def]
        def middleware(request):  # type: ignore[no-untyped-def]
            response = get_response(request)
            response["Content-Security-Policy"] = policy
            return response

        return middleware

    cached = page_cache_module.PageCacheMiddleware(add_policy(lambda request: mark_public(HttpResponse(b"page"))))
    request = RequestFactory().get("/fi/")
    answer = cached(request)
    assert "no-store" in answer["Cache-Control"]
    assert "public" not in answer["Cache-Control"]
    policy = "script-src 'self'"
    assert cached(request)["Cache-Control"] == "public, max-age=5, s-maxage=60"  # not the stored one
