import gzip
import tempfile
from collections.abc import Iterator
from contextlib import nullcontext
from io import BytesIO
from typing import Any
from urllib.parse import urlencode

import pytest
from django.core.exceptions import BadRequest
from django.core.handlers.wsgi import WSGIHandler
from django.http import FileResponse, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect
from django.test import Client, RequestFactory
from django.urls import NoReverseMatch, reverse
from wagtail.fields import StreamField
from wagtail.test.utils.form_data import querydict_from_html

from cms import middleware
from cms.middleware import (
    CompressTextMiddleware,
    LeaveOutBodyMiddleware,
    ReadWholeRequestMiddleware,
    RefuseMalformedFormsMiddleware,
    StreamLengthMiddleware,
)
from home.models import StandardPage


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
        "frame-src": ["'self'"],
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
    for response in (client.get(path), client.post(path)):
        assert response.status_code == 400
        assert '<main class="container narrow">' in response.content.decode()


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
    response = client.get("/admin/", headers={"cookie": r'sessionid="\000"'})
    assert (response.status_code, response.cookies["sessionid"].value) == (400, "")


@pytest.mark.django_db
def test_broken_utf8_in_an_address_is_no_error(client: Client) -> None:
    page = client.get("/fi/?q=%ff%fe")
    assert (page.status_code, "<h1" in page.content.decode()) == (200, True)
    missing = client.get("/fi/%ff%fe/")
    assert (missing.status_code, "404.html" in {template.name for template in missing.templates}) == (404, True)


@pytest.mark.django_db
def test_exports_of_wagtail_have_a_length_over_http_1_0(admin_client: Client) -> None:
    asked = {"SERVER_SOFTWARE": "gunicorn/27.0.1", "SERVER_PROTOCOL": "HTTP/1.0"}
    answer = admin_client.get("/admin/reports/site-history/?export=csv", **asked)  # type: ignore[arg-type]
    assert answer.status_code == 200
    assert answer["Content-Length"] == str(len(b"".join(answer.streaming_content)))


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """The temporary files that the code opened."""
    files: list[Any] = []
    make = tempfile.TemporaryFile

    def open_one(*args: Any, **kwargs: Any) -> Any:
        files.append(make(*args, **kwargs))
        return files[-1]

    monkeypatch.setattr(tempfile, "TemporaryFile", open_one)
    return files


@pytest.mark.django_db  # which the end of any answer looks at
def test_a_measured_answer_leaves_no_file(opened: list[Any]) -> None:
    middleware = StreamLengthMiddleware(lambda request: StreamingHttpResponse([b"a" * 100_000, b"b"]))
    answer = middleware(RequestFactory().get("/"))
    assert isinstance(answer, StreamingHttpResponse)
    assert (answer["Content-Length"], b"".join(answer)) == ("100001", b"a" * 100_000 + b"b")
    answer.close()
    assert [file.closed for file in opened] == [True]


def test_an_answer_that_fails_while_it_is_measured_is_an_error(opened: list[Any]) -> None:
    def broken(request: HttpRequest) -> StreamingHttpResponse:
        def content() -> Iterator[bytes]:
            yield b"a"
            raise OSError("The database went away.")

        return StreamingHttpResponse(content())

    with pytest.raises(OSError, match="went away"):
        StreamLengthMiddleware(broken)(RequestFactory().get("/"))
    assert [file.closed for file in opened] == [True]


def test_what_has_a_length_or_no_body_is_not_written_to_a_file(opened: list[Any]) -> None:
    def measured(request: HttpRequest) -> StreamingHttpResponse:
        return StreamingHttpResponse([b"abc"], headers={"Content-Length": "3"})

    assert StreamLengthMiddleware(measured)(RequestFactory().get("/"))["Content-Length"] == "3"
    StreamLengthMiddleware(lambda request: StreamingHttpResponse([b"abc"]))(RequestFactory().head("/"))
    assert opened == []


def answer_of(method: str, path: str) -> tuple[str, str, bytes]:
    """Return the status, the length that is stated, and the body that the server gets (the test client drops it)."""
    started: list[Any] = []
    request = RequestFactory().generic(method, path)
    answer = WSGIHandler()(request.environ, lambda status, headers: started.extend([status, dict(headers)]))
    body = b"".join(answer)
    answer.close()
    return started[0], started[1].get("Content-Length", ""), body


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/healthz", "/fi/ei-ole/", "/fi/?q=%00", "/admin/login/"])
def test_head_is_answered_as_get_without_the_body(path: str) -> None:
    status, _length, body = answer_of("GET", path)
    head_status, head_length, nothing = answer_of("HEAD", path)
    assert (head_status, nothing) == (status, b"")
    assert int(head_length) == pytest.approx(len(body), abs=200)  # tokens and nonces differ
    assert int(head_length) > 0


@pytest.mark.django_db  # which the end of any answer looks at
def test_head_reads_nothing_of_a_file_and_closes_it() -> None:
    file = BytesIO(b"abc")
    answer = LeaveOutBodyMiddleware(lambda request: FileResponse(file))(RequestFactory().head("/"))
    assert isinstance(answer, FileResponse)
    assert (b"".join(answer), file.tell(), answer["Content-Length"]) == (b"", 0, "3")
    answer.close()
    assert file.closed


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/admin/pages/999999/edit/", "/admin/registrations/999999/", "/admin/no-such-page/"])
@pytest.mark.parametrize("method", ["get", "post"])
def test_a_page_of_the_admin_that_does_not_exist_is_404(admin_client: Client, path: str, method: str) -> None:
    response = getattr(admin_client, method)(path)
    assert (response.status_code, response.get("Location")) == (404, None)


@pytest.mark.django_db
def test_only_a_visitor_who_left_out_the_language_is_redirected_to_it(client: Client, homes: dict[str, Any]) -> None:
    """A view without a language in its path has said 404 itself, and the redirect of a POST would lose what was sent."""
    response = client.get("/tapahtumat/", headers={"accept-language": "sv"})
    assert (response.status_code, response["Location"]) == (302, "/sv/tapahtumat/")
    for path in ("/documents/999999/a.pdf", "/share/00000000-0000-0000-0000-000000000000.png", "/media/images/no.png"):
        assert client.get(path).status_code == 404
    assert client.post("/tapahtumat/").status_code == 404


@pytest.mark.django_db
def test_a_page_editors_form_that_was_cut_off_is_refused_and_changes_nothing(
    admin_client: Client, homes: dict[str, Any]
) -> None:
    """Status 400 or the form with its errors, wherever the body ends; never an error of the server."""
    page = homes["fi"].add_child(instance=StandardPage(title="Sivu", slug="sivu", summary="Lyhyesti"))
    url = reverse("wagtailadmin_pages:edit", args=[page.pk])
    data = querydict_from_html(admin_client.get(url).content.decode(), form_id="page-edit-form")
    streams = {f"{field.name}-count": "0" for field in page._meta.fields if isinstance(field, StreamField)}
    body = urlencode({**data.dict(), **streams, "title": "Uusi"})
    cuts = [0, 40, *range(60, len(body) - 30, 200), body.index("body-count=") + 11]
    for cut in cuts:
        response = admin_client.post(url, body[:cut], content_type="application/x-www-form-urlencoded")
        assert response.status_code in (200, 400), (cut, response.status_code)
    page.refresh_from_db()
    assert (page.title, page.revisions.count()) == ("Sivu", 0)


RICH_TEXT = {
    "body-count": "1",
    "body-0-deleted": "",
    "body-0-order": "0",
    "body-0-type": "rich_text",
    "body-0-value-text": '{"blocks": [], "entityMap": {}}',
}


@pytest.mark.django_db
@pytest.mark.parametrize(
    "changed",
    [
        *({"body-0-value-text": text} for text in ("", "x", "[]", '{"blocks": 1}', "[" * 100_000)),
        *({"body-0-order": order} for order in ("x", "", "1e3")),
        *({"body-count": count} for count in ("99999", "x", "")),
    ],
)
def test_a_form_with_what_no_script_writes_is_refused_and_changes_nothing(
    admin_client: Client, homes: dict[str, Any], changed: dict[str, str]
) -> None:
    """Fuzz: Wagtail's editor failed on the JSON of rich text and on the numbers of blocks."""
    page = homes["fi"].add_child(instance=StandardPage(title="Sivu", slug="sivu", summary="Lyhyesti"))
    url = reverse("wagtailadmin_pages:edit", args=[page.pk])
    data = querydict_from_html(admin_client.get(url).content.decode(), form_id="page-edit-form")
    streams = {f"{field.name}-count": "0" for field in page._meta.fields if isinstance(field, StreamField)}
    right = {**data.dict(), **streams, **RICH_TEXT}
    assert admin_client.post(url, {**right, **changed}).status_code == 400
    assert page.revisions.count() == 0


def test_an_address_to_return_to_that_is_no_path_is_refused() -> None:
    """Fuzz: Wagtail's confirmations failed on “next=members”, which they took for the name of a view."""
    middleware = RefuseMalformedFormsMiddleware(lambda request: HttpResponse())
    for following, is_ours in (("no-such-view", True), ("/admin/", False)):
        request = RequestFactory().post("/", {"next": following})
        with pytest.raises(NoReverseMatch) as failed:
            redirect("no-such-view")
        with pytest.raises(BadRequest) if is_ours else nullcontext():
            middleware.process_exception(request, failed.value)


@pytest.mark.parametrize(("largest", "left"), [(100_000, b""), (99_999, b"x")])
def test_rest_of_a_request_is_read_before_it_is_answered(monkeypatch, largest: int, left: bytes) -> None:
    """Behind nginx a large form to a page that takes none was 502: gunicorn closed the connection with unread data."""
    monkeypatch.setattr(middleware, "LARGEST_BODY", largest)
    request = RequestFactory().post("/", b"x" * 100_000, content_type="application/octet-stream")
    response = HttpResponse(status=405)
    assert ReadWholeRequestMiddleware(lambda _request: response)(request) is response
    assert request.read(1) == left


def test_request_is_read_to_its_end_by_every_response_of_the_site(settings) -> None:
    assert settings.MIDDLEWARE[0] == "cms.middleware.ReadWholeRequestMiddleware"


@pytest.mark.django_db
def test_pages_are_compressed_and_files_to_save_are_not(homes: object, client: Client) -> None:
    page = client.get("/fi/", headers={"Accept-Encoding": "gzip"})
    assert page["Content-Encoding"] == "gzip"
    assert b"<!doctype html>" in gzip.decompress(page.content)
    assert "Accept-Encoding" in page["Vary"]
    plain = client.get("/fi/")
    assert plain.content.startswith(b"<!doctype html>")
    assert "Content-Encoding" not in plain

    answers = {
        "text/csv": StreamingHttpResponse([b"a;b\r\n" * 1000], content_type="text/csv"),
        "image/webp": HttpResponse(b"\0" * 1000, content_type="image/webp"),
    }
    for response in answers.values():
        request = RequestFactory().get("/", headers={"Accept-Encoding": "gzip"})
        assert "Content-Encoding" not in CompressTextMiddleware(lambda _, answer=response: answer)(request)
