"""Certificates of attendance as a PDF, read back."""

import re
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.template.loader import get_template

from tests.verkosto.registrations.pdf_reader import Pdf
from verkosto.registrations.domain.certificates import Certificate
from verkosto.registrations.exports.certificate_pdf import BOLD, REGULAR, certificate_pdf, has_all_letters

ANNA = Certificate(
    name="Åsa Öhman-Šířová",
    language="sv",
    title="Svåra beslut",
    when="16 september 2026",
    where="Granhuset, Bergsgatan 1",
    issuer="Ämbetsverket",
    day=date(2026, 11, 27),
    reference="ABC2345678",
)
LINES = [
    "Deltagarintyg",
    "Åsa Öhman-Šířová",
    "deltog i evenemanget",
    "Svåra beslut",
    "16 september 2026",
    "Granhuset, Bergsgatan 1",
    "27 november 2026",
    "Ämbetsverket",
    "Referens ABC2345678",
]


def test_certificate_says_the_same_as_its_page_in_its_language():
    pdf = Pdf(certificate_pdf([ANNA]))
    assert (pdf.language, pdf.title) == ("sv", "Deltagarintyg: Svåra beslut")
    assert pdf.pages == [LINES]
    assert pdf.embedded_fonts == 2
    assert b"/DisplayDocTitle true" in pdf.content


def test_each_person_has_a_page_and_a_file_in_two_languages_claims_neither():
    matti = replace(ANNA, name="Matti Mäki", language="fi", when="16.9.2026", where="")
    pdf = Pdf(certificate_pdf([ANNA, matti]))
    assert [page[1] for page in pdf.pages] == ["Åsa Öhman-Šířová", "Matti Mäki"]
    assert pdf.pages[1][0] == "Osallistumistodistus"
    assert pdf.language == ""


def test_many_meetings_and_long_titles_go_on_to_the_next_page():
    meetings = tuple(f"Tapaaminen {number}, ti 5.5.2026 klo 9.30" for number in range(40))
    pdf = Pdf(certificate_pdf([replace(ANNA, title="Pitkä otsikko " * 18, meetings=meetings)]))
    assert len(pdf.pages) == 2
    lines = [line for page in pdf.pages for line in page]
    assert [line for line in lines if line.startswith("Tapaaminen")] == list(meetings)
    assert lines[-1] == "Referens ABC2345678"


def test_letters_that_the_font_lacks_are_known():
    assert has_all_letters([ANNA, replace(ANNA, name="Þóra Łukasz Nguyễn Őz’s – 1")])
    assert not has_all_letters([ANNA, replace(ANNA, name="Ελένη")])
    assert not has_all_letters([replace(ANNA, meetings=("会議",))])


@pytest.mark.parametrize("name", ["certificate", "admin/certificates", "admin/badges", "admin/attendance_list"])
def test_what_a_browser_prints_has_the_fonts_of_the_file(name: str) -> None:
    page = Path(get_template(f"verkosto_registrations/{name}.html").origin.name).read_text("utf-8")  # type: ignore[attr-defined]
    first, second = re.findall(r"static '(verkosto_registrations/css/[^']+)'", page)
    fonts, sheet = (Path(str(finders.find(path))) for path in (first, second))
    named = re.findall(r'url\("([^"]+)"\)', fonts.read_text("utf-8"))
    assert [(fonts.parent / path).resolve() for path in named] == [REGULAR, BOLD]
    assert REGULAR.exists()
    family = re.findall(r"font-family: (\"[^\"]+\")", fonts.read_text("utf-8"))
    assert f"{family[0]}, system-ui" in sheet.read_text("utf-8")
