"""A file that the store has lost (findings: “a fault is survived, its remains are not”)."""

import logging

import pytest
from django.core.files.base import ContentFile

from tests.factories.registrations import desk_of, event_with_desk, question, register
from verkosto.registrations.tokens import issue_token

pytestmark = pytest.mark.django_db


def test_file_that_the_store_has_lost_is_not_found_and_logged_without_its_name(client, admin_client, caplog):
    asked = question("file", "Liite")
    registration = register(desk_of(event_with_desk(questions=[asked])), "a@example.fi")
    given = registration.files.create(
        question_key=asked["id"], name="aino.pdf", size=1, file=ContentFile(b"x", name="aino.pdf")
    )
    given.remove_from_store()
    client.get(f"/fi/registrations/open/{issue_token(registration=registration)}/")

    with caplog.at_level(logging.ERROR):
        answers = [
            client.get(f"/fi/registrations/manage/{registration.reference}/file/{asked['id']}/"),
            admin_client.get(f"/admin/registrations/{registration.desk_id}/{registration.pk}/files/{given.pk}/"),
        ]

    assert [answer.status_code for answer in answers] == [404, 404]
    lost = [record.getMessage() for record in caplog.records if record.name == "verkosto.core.downloads"]
    assert lost == [f"{given.file.name} is not in its store"] * 2
    assert "aino" not in caplog.text
