"""Whatever anybody sends, the site refuses it or takes no account of it, and never breaks."""

from concurrent.futures import ThreadPoolExecutor

import pytest
import requests

from tests.instance import Instance
from tests.journeys.conftest import Web
from tests.journeys.endpoints import endpoints
from tests.journeys.signing_up import OPEN, filled_in

pytestmark = pytest.mark.journey

QUERIES = [
    "%00",
    "page=%00",
    "page=99999999999999999999",
    "page=-1",
    "page=1&page=2&page=x",
    "q=%C3%28&page=%FF",
    "month=0000-00&time=%ED%A0%80",
    "month=99999-99",
    "month=9999-12",
    "q=" + "a" * 3000,
    "q=%22%27%28%29%3A%2A%26%7C%21&topic=%27%3B--",
    "offset=18446744073709551616&limit=-5",
]


def test_no_query_makes_an_error(instance: Instance, web: Web) -> None:
    addresses = [f"{path}?{query}" for path in endpoints(instance) for query in QUERIES]
    with ThreadPoolExecutor(4) as pool:
        codes = dict(zip(addresses, (answer.status_code for answer in pool.map(web.get, addresses)), strict=True))
    assert {address: code for address, code in codes.items() if code >= 500} == {}


@pytest.mark.parametrize(
    "path",
    ["/%00", "/fi/%00/", "/fi/%C3%28/", "/%FF%FE/", "/sv/" + "a/" * 500, "/fi/..%2f..%2fetc/passwd", "/fi/%2e%2e/"],
)
def test_no_path_makes_an_error(web: Web, path: str) -> None:
    answer = web.get(path)
    assert answer.status_code < 500
    assert "root:" not in answer.text  # no file of the machine


BODIES: dict[str, bytes] = {
    "nul": b"name=a%00b&email=a%00@example.fi&rendered=%00",
    "broken utf-8": b"name=%C3%28&email=%FF@example.fi&rendered=%ED%A0%80",
    "megabyte": b"name=" + b"a" * 1_000_000 + b"&email=big@example.fi",
    "repeated": b"name=a&name=b&email=a@example.fi&email=b@example.fi&rendered=x&rendered=y",
    "many fields": b"&".join(b"f%d=x" % number for number in range(2000)),
    "nothing": b"",
}


@pytest.mark.parametrize("kind", BODIES)
def test_no_form_makes_an_error(instance: Instance, web: Web, kind: str) -> None:
    form = {"Content-Type": "application/x-www-form-urlencoded"}
    broken = {"Content-Type": "multipart/form-data; boundary=x"}
    for path in endpoints(instance):
        for headers in (form, broken):
            try:
                assert web.post(path, BODIES[kind], headers={**headers, "Connection": "close"}).status_code < 500, path
            except requests.ConnectionError:  # an answer before all was read: the rest is cut off
                assert kind == "megabyte", path
    assert web.get("/readyz").status_code == 200


@pytest.mark.parametrize(
    "value", ["a\0b", "\ufffe\ud7ff", "a" * 1_000_000, "\r\nBcc: victim@example.fi", "\u202e evil"]
)
def test_no_answer_to_a_question_makes_an_error(instance: Instance, web: Web, value: str) -> None:
    desk = instance.desk(OPEN, "fi")
    form = filled_in(web.get(desk).text, name="Aino Esimerkki", email="odd@example.fi")
    for field in form:
        answer = web.post(desk, form | {"email": "not an address", field: value})
        assert answer.status_code in (400, 413, 422), field
        assert ('aria-invalid="true"' in answer.text) == (answer.status_code == 422), field


@pytest.mark.parametrize("method", ["TRACE", "PUT", "DELETE", "PATCH", "OPTIONS", "PROPFIND"])
def test_other_methods_make_no_error_and_echo_nothing(instance: Instance, web: Web, method: str) -> None:
    for path in (
        "/fi/",
        instance.path(OPEN, "fi"),
        instance.desk(OPEN, "fi"),
        "/fi/search/",
        "/healthz",
        "/robots.txt",
    ):
        answer = web.request(method, path, headers={"X-Echo": "echo-of-the-request"})
        assert answer.status_code < 500
        assert "echo-of-the-request" not in answer.text


@pytest.mark.parametrize(
    "path",
    [
        "/.git/config", "/.env", "/metrics", "/django-admin/", "/api/", "/api/v2/pages/", "/__debug__/", "/var/db.sqlite3",
        "/media/documents/", "/media/original_images/", "/static/../cms/settings/base.py", "/static/", "/media/images/",
    ],
)  # fmt: skip
def test_internal_files_and_unused_paths_are_not_served(instance: Instance, path: str) -> None:
    answer = requests.get(instance.url + path, timeout=60)
    assert answer.status_code == 404
    assert "<h1" in answer.text  # our own page, in the visitor's language


@pytest.mark.parametrize(
    "path", ["/admin/", "/admin/pages/", "/admin/registrations/", "/admin/reports/", "/admin/users/"]
)
def test_admin_asks_who_is_there(web: Web, path: str) -> None:
    answer = web.get(path)
    assert answer.status_code in (302, 404)
    assert "/admin/login/" in answer.headers.get("Location", "/admin/login/")


def test_error_pages_tell_nothing_of_the_machine(web: Web) -> None:
    for path in ("/fi/nowhere/", "/fi/%00"):
        text = web.get(path).text
        assert "Traceback" not in text
        assert "DEBUG" not in text
        assert "cms.urls" not in text
