"""docs/operators.md, followed line by line, gives a running site over TLS."""

import os
import time
from collections.abc import Iterator

import pytest
from bs4 import BeautifulSoup

from tests.databases import migrations_digest
from tests.deploy.guide import HOST, Machine, installation, installed
from tests.journeys.conftest import Web
from tests.production.conftest import Staff
from tests.production.net import network
from tests.verkosto.accounts.conftest import code_now

pytestmark = [pytest.mark.minutes, pytest.mark.postgresql, pytest.mark.nginx]
URL = f"https://{HOST}"
DELIVERING = 120  # seconds that the worker may take on a busy machine


@pytest.fixture(scope="module")
def machine(tmp_path_factory: pytest.TempPathFactory, django_db_setup: None) -> Iterator[Machine]:
    """The machine after the guide. ``django_db_setup`` makes the migrated database, if it does not exist yet."""
    migrated = f"{os.environ['DATABASE_URL'].rpartition('/')[0]}/verkosto_template_{migrations_digest()}"
    with (
        installed(tmp_path_factory.mktemp("machine"), migrated) as machine,
        network(machine.ports["https"], machine.certificate),
    ):
        yield machine


@pytest.fixture
def web(machine: Machine) -> Iterator[Web]:
    with Web(URL) as client:
        yield client


def test_home_page_is_there_in_each_language_over_tls(web: Web) -> None:
    start = web.get("/", headers={"Accept-Language": "sv"})
    assert (start.status_code, start.headers["Location"]) == (302, "/sv/")
    summaries = {
        "fi": "Verkostot, tapahtumat ja uutiset.",
        "sv": "Nätverk, evenemang och nyheter.",
        "en": "Networks, events and news.",
    }
    for language, summary in summaries.items():
        page = web.get(f"/{language}/")
        assert (page.status_code, summary in page.text) == (200, True)
        assert f'<link rel="canonical" href="{URL}/{language}/">' in page.text
        assert page.headers["Strict-Transport-Security"] == "max-age=31536000"
        styles = BeautifulSoup(page.text, "html.parser").select("link[rel=stylesheet]")
        assert [web.get(str(style["href"])).status_code for style in styles] == [200] * len(styles) != []


def test_proxy_keeps_public_pages_and_leads_to_tls(web: Web, machine: Machine) -> None:
    assert [web.get("/fi/").headers["X-Cache"] for _time in range(2)][1] == "HIT"
    plain = web.get(f"http://127.0.0.1:{machine.ports['http']}/fi/?page=2", headers={"Host": HOST})
    assert (plain.status_code, plain.headers["Location"]) == (308, f"{URL}/fi/?page=2")


def test_administrator_signs_in_and_adds_an_authenticator_app(machine: Machine) -> None:
    with Staff(URL, "admin") as staff:
        assert (staff.answer.status_code, staff.answer.headers["Location"]) == (302, "/admin/")
        assert staff.get("/admin/").headers["Location"].startswith("/accounts/2fa/")
        path = "/accounts/2fa/totp/activate/"
        form = BeautifulSoup(staff.get(path).text, "html.parser")  # each page shows another secret
        secret, token = form.select_one("p code"), form.select_one("[name=csrfmiddlewaretoken]")
        assert secret
        assert token
        code = code_now(secret.get_text(strip=True))
        assert staff.post(path, {"code": code, "csrfmiddlewaretoken": str(token["value"])}).status_code == 302
        assert staff.get("/admin/").status_code == 200


def test_worker_delivers_mail(web: Web, machine: Machine) -> None:
    """Whoever asks to follow the site gets a mail with a link, which the worker sends."""
    form = BeautifulSoup(web.get("/fi/").text, "html.parser").select_one('form[action="/fi/follow/"]')
    assert form
    fields = {str(field["name"]): str(field.get("value", "")) for field in form.select("input[name]")}
    fields |= {"email": "aino@example.fi", "frequency": "weekly"}
    answer = web.post("/fi/follow/", fields)
    assert (answer.status_code, answer.headers["Location"]) == (302, "/fi/follow/sent/")
    deadline = time.monotonic() + DELIVERING
    while "aino@example.fi" not in machine.mail_server.recipients and time.monotonic() < deadline:
        time.sleep(0.1)
    [email] = [email for recipient, email in machine.mail_server.emails if recipient == "aino@example.fi"]
    body = email.get_body(("plain",))
    assert body
    assert f"{URL}/fi/follow/confirm/" in body.get_content()
    assert email["From"] == "Verkosto <verkosto@verkosto.example.fi>"


def test_doctor_is_content_where_the_guide_ends(machine: Machine) -> None:
    """The guide's last line, after which the script would have stopped with an error."""
    assert installation().rstrip().endswith("deploy/run doctor")
    assert machine.log().count("All is well.") == 1


def test_nothing_has_failed(machine: Machine) -> None:
    assert [line for line in machine.log().splitlines() if "Traceback" in line or " ERROR " in line] == []
