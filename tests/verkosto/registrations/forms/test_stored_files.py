"""A form that changes a registration keeps, replaces or removes its files, also on the disk."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from tests.factories.registrations import desk_of, event_with_desk, question
from tests.verkosto.registrations.forms.change_forms import open_change_form
from verkosto.registrations.models import AnswerFile, Registration
from verkosto.registrations.models.answers import private_storage

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.7 a"


def files_on_disk():
    storage = private_storage()
    folders = storage.listdir("answers")[0] if storage.exists("answers") else []
    return sorted(name for folder in folders for name in storage.listdir(f"answers/{folder}")[1])


def registered_with_file(client, *questions, **values):
    desk = desk_of(event_with_desk(questions=list(questions)))
    stamp = client.get(f"/fi/registrations/{desk.translation_key}/").context["form"].stamp
    form = {"name": "Aino", "email": "a@example.fi", "rendered": stamp, **values}
    assert client.post(f"/fi/registrations/{desk.translation_key}/", form).status_code == 302
    return Registration.objects.get()


def test_file_of_a_question_that_is_hidden_by_the_change_is_removed_everywhere(
    client, sent, django_capture_on_commit_callbacks
):
    before = files_on_disk()
    speaks = question("yes_no", "Puhutko?")
    slides = question("file", "Diat", required=True, shown_if={"question": "Puhutko?", "answers": "Kyllä"})
    names = {"speaks": f"q-{speaks['id']}", "slides": f"q-{slides['id']}"}
    given = {names["speaks"]: "yes", names["slides"]: SimpleUploadedFile("a.pdf", PDF)}
    registration = registered_with_file(client, speaks, slides, **given)
    assert len(files_on_disk()) == len(before) + 1
    with django_capture_on_commit_callbacks(execute=True):
        assert sent(registration, **{names["speaks"]: "no"}).status_code == 302
    registration.refresh_from_db()
    assert registration.answers == {speaks["id"]: False}
    assert AnswerFile.objects.count() == 0
    assert files_on_disk() == before


def test_optional_file_can_be_removed_and_replaced_and_leaves_the_disk(
    client, sent, django_capture_on_commit_callbacks
):
    before = files_on_disk()
    asked = question("file", "Liite")
    name = f"q-{asked['id']}"
    registration = registered_with_file(client, asked, **{name: SimpleUploadedFile("a.pdf", PDF)})
    assert sent(registration).status_code == 302
    registration.refresh_from_db()
    assert registration.answers == {asked["id"]: {"name": "a.pdf", "size": len(PDF)}}
    with django_capture_on_commit_callbacks(execute=True):
        assert sent(registration, **{name: SimpleUploadedFile("b.pdf", PDF)}).status_code == 302
    assert [file.name for file in AnswerFile.objects.all()] == ["b.pdf"]
    assert len(files_on_disk()) == len(before) + 1
    with django_capture_on_commit_callbacks(execute=True):
        assert sent(registration, **{f"{name}-clear": "on"}).status_code == 302
    registration.refresh_from_db()
    assert registration.answers == {}
    assert AnswerFile.objects.count() == 0
    assert files_on_disk() == before


def test_required_file_can_be_replaced_and_not_removed(client):
    asked = question("file", "Liite", required=True)
    name = f"q-{asked['id']}"
    registration = registered_with_file(client, asked, **{name: SimpleUploadedFile("a.pdf", PDF)})
    address = open_change_form(client, None, "own", registration)
    html = client.get(address).content.decode()
    assert "Lähettämäsi tiedosto: a.pdf" in html
    assert f"{name}-clear" not in html
    assert client.post(address, {"name": "Aino", f"{name}-clear": "on"}).status_code == 302
    assert [file.name for file in AnswerFile.objects.all()] == ["a.pdf"]
