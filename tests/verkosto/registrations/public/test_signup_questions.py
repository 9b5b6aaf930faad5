"""The questions of a form that a visitor sends, and what is stored of their answers."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from tests.factories.registrations import desk_of, event_with_desk, question
from tests.verkosto.registrations.form_posts import address, fill
from verkosto.registrations.models import AnswerFile, Registration, SensitiveAnswers

pytestmark = pytest.mark.django_db


def test_every_type_of_question_is_asked_and_stored(client):
    choice = question("choice", "Työpaja", choices=["A", "B"], required=True)
    several = question("several_choices", "Aiheet", choices=["X", "Y"])
    a, x = choice["value"]["choices"][0]["id"], several["value"]["choices"][0]["id"]
    asked = {
        "text": question("text", "Titteli"),
        "long": question("long_text", "Terveiset"),
        "mail": question("email", "Toinen osoite"),
        "phone": question("phone", "Puhelin"),
        "number": question("number", "Luku", smallest=1, largest=9),
        "date": question("date", "Päivä"),
        "choice": choice,
        "several": several,
        "yes": question("yes_no", "Tuletko lounaalle?"),
        "org": question("organisation", "Organisaatio"),
        "file": question("file", "Liite", megabytes=1),
        "diet": question("dietary_needs", "Ruokavalio"),
        "heading": question("heading", "Muuta"),
    }
    desk = desk_of(event_with_desk(questions=list(asked.values())))
    ids = {name: block["id"] for name, block in asked.items()}
    given = {
        "text": "Johtaja",
        "long": "Hei\nvaan",
        "mail": "b@example.fi",
        "phone": "+358 295 00 1234",
        "number": "4",
        "date": "3.6.2026",
        "choice": a,
        "several": [x],
        "yes": "no",
        "org": "Kunta X",
        "file": SimpleUploadedFile("cv.pdf", b"%PDF-1.7 ..."),
        "diet": "Ei pähkinää",
    }
    answer = client.post(address(desk), fill(desk, **{f"q-{ids[name]}": value for name, value in given.items()}))
    assert answer.status_code == 302
    registration = Registration.objects.get()
    assert registration.answers == {
        ids["text"]: "Johtaja",
        ids["long"]: "Hei\nvaan",
        ids["mail"]: "b@example.fi",
        ids["phone"]: "+358 295 00 1234",
        ids["number"]: 4,
        ids["date"]: "2026-06-03",
        ids["choice"]: a,
        ids["several"]: [x],
        ids["yes"]: False,
        ids["org"]: {"key": "", "name": "Kunta X"},
        ids["file"]: {"name": "cv.pdf", "size": 12},
    }
    assert SensitiveAnswers.objects.get().answers == {ids["diet"]: "Ei pähkinää"}
    stored = AnswerFile.objects.get()
    assert (stored.content_type, stored.name) == ("application/pdf", "cv.pdf")
    assert "cv" not in stored.file.name


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("page.pdf", b"<!DOCTYPE html><script>alert(1)</script>"),
        ("picture.png", b"<html></html>"),
        ("image.svg", b"<svg xmlns='http://www.w3.org/2000/svg'/>"),
        ("run.pdf", b"MZ\x90\x00\x03"),
        ("big.pdf", b"%PDF-" + b"x" * 1_100_000),
    ],
)
def test_file_is_known_by_its_content(client, name, content):
    upload = question("file", "Liite", megabytes=1)
    desk = desk_of(event_with_desk(questions=[upload]))
    answer = client.post(address(desk), fill(desk, **{f"q-{upload['id']}": SimpleUploadedFile(name, content)}))
    assert answer.status_code == 422
    assert AnswerFile.objects.count() == 0


def test_unknown_choice_is_refused(client):
    choice = question("choice", "Työpaja", choices=["A"])
    desk = desk_of(event_with_desk(questions=[choice]))
    answer = client.post(address(desk), fill(desk, **{f"q-{choice['id']}": "zzz"}))
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, [f"q-{choice['id']}"])
    assert not Registration.objects.exists()


def test_conditional_question_is_required_only_of_whom_it_is_asked(client):
    lunch = question("yes_no", "Tuletko lounaalle?", required=True)
    diet = question(
        "text", "Mitä syöt?", required=True, shown_if={"question": "Tuletko lounaalle?", "answers": "Kyllä"}
    )
    desk = desk_of(event_with_desk(questions=[lunch, diet]))
    stored = desk.questions.get(key=diet["id"])
    assert (stored.shown_if_key, stored.shown_if_values) == (lunch["id"], [True])
    lunch_name, diet_name = f"q-{lunch['id']}", f"q-{diet['id']}"
    assert client.post(address(desk), fill(desk, **{lunch_name: "yes"})).status_code == 422
    hidden = fill(desk, **{lunch_name: "no", diet_name: "Kalaa"})
    assert client.post(address(desk), hidden).status_code == 302
    assert Registration.objects.get().answers == {lunch["id"]: False}
