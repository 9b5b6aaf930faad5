"""Generated answers: the person's page, the staff's page, every export and the person's own data say the same."""

from __future__ import annotations

import csv
import io
import json
import re
from typing import Any

import openpyxl
import pytest
from bs4 import BeautifulSoup
from django.contrib.auth.models import User
from django.db import transaction
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from tests.factories.registrations import desk_of, event_with_desk, question
from tests.fuzz.texts import bounded, texts
from tests.verkosto.registrations.form_posts import address, fill
from verkosto.core.text import clean_line
from verkosto.registrations.models import Desk, Registration
from verkosto.registrations.privacy.data_export import data_of_address
from verkosto.registrations.tokens import issue_token

pytestmark = [pytest.mark.django_db, pytest.mark.minutes]
NO_ANSWER = "–"
EMAIL = "aino@example.fi"
CHOICES = ["A", "=B", "<b>C</b>"]
#: What people give to each type of question, as the form sends it.
GIVEN: dict[str, Any] = {
    "text": texts.map(lambda text: text[:200]),
    "long_text": texts.map(lambda text: text[:2000]),
    "organisation": texts.map(lambda text: text[:200]),
    "dietary_needs": texts.map(lambda text: text[:2000]),
    "email": st.sampled_from(["", "ÅSA@KÄSE.FI", "a+b@example.fi"]),
    "phone": st.sampled_from(["", "+358 295 00 1234", "(09) 123-456"]),
    "number": st.one_of(st.just(""), st.integers(-(2**53), 2**53).map(str)),
    "date": st.one_of(st.just(""), st.dates().map(lambda day: day.isoformat())),
    "choice": st.sampled_from(["", *range(len(CHOICES))]),
    "several_choices": st.sets(st.sampled_from(range(len(CHOICES)))).map(sorted),
    "yes_no": st.sampled_from(["", "yes", "no"]),
}


def bare(text: object) -> str:
    """Return what a text says, without spaces, line breaks, the apostrophes before what could be a formula, and the
    dash that stands for no answer."""
    said = re.sub(r"'(?=[=+\-@])", "", "".join(clean_line("" if text is None else str(text)).split()))
    said = said.removeprefix("'")
    return "" if said == NO_ANSWER else said


def export(client: Client, desk: Desk, kind: str) -> bytes:
    sent = {"format": kind, "language": "fi", "sensitive": "on"}
    return b"".join(client.post(f"/admin/registrations/{desk.pk}/export/", sent))


def listed(client: Client, path: str) -> dict[str, str]:
    """Return the rows of the page's lists of terms."""
    page = BeautifulSoup(client.get(path).content, "html.parser")
    return {next(term.stripped_strings): str(term.find_next("dd").get_text()) for term in page.select("dt")}  # type: ignore[union-attr]


def readings(client: Client, staff: Client, registration: Registration) -> dict[str, dict[str, str]]:
    """Return what each place says to each question, by the question's label; "" for no answer."""
    desk = registration.desk
    rows = list(csv.reader(io.StringIO(export(staff, desk, "csv").decode("utf-8-sig"))))
    sheet = openpyxl.load_workbook(io.BytesIO(export(staff, desk, "xlsx"))).active
    cells = [[cell.value for cell in row] for row in sheet.iter_rows()]
    exported = json.loads(export(staff, desk, "json"))
    (found,) = exported["registrations"]
    own = json.loads(client.get(f"/fi/registrations/manage/{registration.reference}/data/").content)
    (of_address,) = data_of_address(EMAIL)["registrations"]  # type: ignore[misc]
    said = {
        "manage page": listed(client, f"/fi/registrations/manage/{registration.reference}/"),
        "staff page": listed(staff, f"/admin/registrations/{desk.pk}/{registration.pk}/"),
        "CSV": dict(zip(*rows, strict=True)),
        "XLSX": dict(zip(*cells, strict=True)),
        "JSON": {
            each["label"]: found["answers"].get(each["key"], {}).get("text", "") for each in exported["questions"]
        },
        "own data": {each["question"]: each["answer"] for each in own["answers"]},
        "data of the address": {each["question"]: each["answer"] for each in of_address["answers"]},
    }
    return {place: {label: bare(texts.get(label)) for label in GIVEN} for place, texts in said.items()}


@st.composite
def submissions(draw: Any) -> dict[str, Any]:
    return {kind: draw(given) for kind, given in GIVEN.items()}


def test_any_answer_is_the_same_everywhere(client: Client, settings: Any) -> None:
    settings.REGISTRATION_LIMITS = dict.fromkeys(("address", "desk", "link"), "")
    asked = [
        question(kind, kind, **({"choices": CHOICES} if kind in ("choice", "several_choices") else {}))
        for kind in GIVEN
    ]
    desk = desk_of(event_with_desk(questions=asked))
    keys = {each["type"]: each["id"] for each in asked}
    choices = {each["type"]: [choice["id"] for choice in each["value"].get("choices", ())] for each in asked}
    staff = Client()
    staff.force_login(User.objects.create_superuser("root"))
    seen: set[int] = set()

    def as_sent(kind: str, value: Any) -> Any:
        if isinstance(value, list):
            return [choices[kind][each] for each in value]
        return choices[kind][value] if isinstance(value, int) else value

    @given(answers=submissions())
    @bounded(12)
    def register(answers: dict[str, Any]) -> None:
        with transaction.atomic():
            sent = {f"q-{keys[kind]}": as_sent(kind, value) for kind, value in answers.items()}
            status = client.post(address(desk), fill(desk, email=EMAIL, **sent)).status_code
            seen.add(status)
            if status == 302:
                registration = Registration.objects.get(email=EMAIL)
                client.get(f"/fi/registrations/open/{issue_token(registration=registration)}/")
                said = readings(client, staff, registration)
                same = said.pop("manage page")
                assert said == dict.fromkeys(said, same)
            transaction.set_rollback(True)

    register()
    assert 302 in seen
