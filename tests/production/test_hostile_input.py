"""Hostile texts and requests to a running site."""

import csv
import io
import json
import re

import openpyxl
import pytest
from bs4 import BeautifulSoup
from icalendar import Calendar

from tests.browsing import Visit
from tests.journeys import test_hostile_input, test_outside_checks
from tests.journeys.conftest import Web
from tests.journeys.signing_up import filled_in
from tests.production.conftest import Staff
from tests.production.site import ProductionSite
from tests.verkosto.registrations.test_markup import EVIL, harmless

pytestmark = pytest.mark.production
FORMULAS = ('=HYPERLINK("x")', "+1", "-1", "@x", "\tx", "=1+1|'cmd'!A1")
MARKUP = "<script>alert(1)"
DESK = "SELECT id FROM verkosto_registrations_desk WHERE translation_key = ?"


def register(site: ProductionSite, web: Web, name: str, email: str) -> int:
    """Post the form of the hostile event. Return the response's status."""
    path = f"/fi/registrations/{site.made['hostile_key']}/"
    return web.post(path, filled_in(web.get(path).text, name=name, email=email)).status_code


def test_formulas_in_names_are_harmless_in_exports(production: ProductionSite, web: Web) -> None:
    """A name that is an address of the web is refused, so the formula with one is tested without."""
    for number, formula in enumerate(FORMULAS):
        assert register(production, web, formula, f"formula-{number}@example.fi") == 302
    assert register(production, web, '=HYPERLINK("http://x")', "linked@example.fi") == 422
    ((desk,),) = production.rows(DESK, production.made["hostile_key"])
    export = f"/admin/registrations/{desk}/export/"
    with Staff(production.url, "admin") as staff:
        as_csv, as_xlsx = (
            staff.send_form(export, {"language": "fi", "format": name}).content for name in ("csv", "xlsx")
        )
    text = as_csv.decode("utf-8-sig")
    cells = [cell for sign in ",;" for row in csv.reader(io.StringIO(text), delimiter=sign) for cell in row]
    assert [cell for cell in cells if cell[:1] in ("=", "+", "-", "@", "\t", "\r")] == []
    sheet = openpyxl.load_workbook(io.BytesIO(as_xlsx)).active
    found = [cell for row in sheet.iter_rows() for cell in row]
    assert "f" not in {cell.data_type for cell in found}
    assert {formula.strip() for formula in FORMULAS} <= {str(cell.value) for cell in found}


def test_line_breaks_add_nothing_to_calendars_and_mails(production: ProductionSite, web: Web) -> None:
    name = "Aino\r\nBcc: x@evil.example\r\nATTENDEE:mailto:x@evil.example"
    assert register(production, web, name, "crlf@example.fi") == 302
    calendar = web.get(f"{production.made['hostile_url']}event.ics").content
    assert all(len(line) <= 75 for line in calendar.split(b"\r\n"))
    (event,) = Calendar.from_ical(calendar).walk("VEVENT")
    assert "ATTENDEE" not in event
    assert "evil.example" in event["SUMMARY"]
    (mail,) = production.mails("crlf@example.fi")
    assert {"Bcc", "Cc"}.isdisjoint(mail.keys())
    assert [str(value) for value in mail.get_all("To", [])] == ["crlf@example.fi"]
    assert production.mails("x@evil.example") == []


def test_markup_in_titles_names_and_rich_text_stays_text_everywhere(
    production: ProductionSite, web: Web, browse: Visit
) -> None:
    """On the page, in structured data, feeds, the receipt, the mail, and the lists and the editor of the admin."""
    own = production.made["hostile_url"]
    page = BeautifulSoup(web.get(own).text, "html.parser")
    assert page.h1
    assert f"</script>{MARKUP}</script>" in page.h1.get_text()
    data = page.select("script[type='application/ld+json']")
    assert any(MARKUP in json.dumps(json.loads(script.string or ""), ensure_ascii=False) for script in data)
    # Each rich text shows what was typed: the body, the fact box, the notice, the text before the form.
    assert page.get_text().count(EVIL) >= 4
    path = f"/fi/registrations/{production.made['hostile_key']}/"
    form = filled_in(web.get(path).text, name=f"{MARKUP}</script>", email="markup@example.fi")
    receipt = web.post(path, form).headers["Location"]
    ((desk,),) = production.rows(DESK, production.made["hostile_key"])
    ((page_id,),) = production.rows(
        "SELECT id FROM wagtailcore_page WHERE translation_key = ?", production.made["hostile_key"]
    )
    with Staff(production.url, "admin") as staff:
        admin = (
            "/admin/registrations/",
            f"/admin/registrations/{desk}/",
            "/admin/translations/",
            f"/admin/pages/{page_id}/edit/",
        )
        shown = {path: staff.get(path).text for path in admin}
    shown |= {path: web.get(path).text for path in (own, path, receipt, production.made["index"])}
    html = production.mails("markup@example.fi")[0].get_body(("html",))
    assert html
    shown["mail"] = html.get_content()
    for place, text in shown.items():
        assert "alert(1)" in text, place
        assert harmless(text), place
    for name in ("events.rss", "events.atom"):
        feed = web.get(f"{production.made['index']}{name}").text
        assert "alert(1)" in feed
        assert MARKUP not in feed
    # A browser runs nothing, and has nothing to refuse.
    dialogs: list[str] = []
    visited = browse("/fi/")
    visited.on("dialog", lambda dialog: (dialogs.append(dialog.message), dialog.dismiss()))
    for address in (own, path, receipt):
        visited.goto(production.url + address)
    assert (dialogs, browse.problems) == ([], [])


def test_foreign_hosts_are_refused_and_forged_addresses_reset_no_limit(production: ProductionSite, web: Web) -> None:
    test_outside_checks.test_foreign_host_is_refused_and_its_name_is_in_no_link(production, web)
    test_outside_checks.test_forged_client_address_resets_no_limit(web)


def server_errors(log: str) -> list[str]:
    """Return the lines of the proxy's log whose status is 500 or more."""
    return re.findall(r"^.* 5\d\d \d+ [\d.]+$", log, re.MULTILINE)


def test_odd_requests_to_every_address_make_no_error(production: ProductionSite, web: Web) -> None:
    """Nor did any request of the tests before, but the queue page, with 503, where many registered at once."""
    path_of_log = production.folder / "access.log"
    before = path_of_log.read_text()
    test_hostile_input.test_no_query_makes_an_error(production, web)
    for path in ("/%00", "/fi/%00/", "/fi/%C3%28/", "/%FF%FE/", "/sv/" + "a/" * 500, "/fi/..%2f..%2fetc/passwd"):
        test_hostile_input.test_no_path_makes_an_error(web, path)
    for kind in test_hostile_input.BODIES:
        test_hostile_input.test_no_form_makes_an_error(production, web, kind)
    for value in ("a" * 1_000_000, "a\0b"):
        test_hostile_input.test_no_answer_to_a_question_makes_an_error(production, web, value)
    assert server_errors(path_of_log.read_text().removeprefix(before)) == []
    assert [line for line in server_errors(before) if " 503 " not in line] == []
