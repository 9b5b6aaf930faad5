"""The archive before erasure as a ZIP: what is in it, and what is not."""

import csv
import hashlib
import io
import json
import zipfile
from datetime import date

import pytest
from django.utils import timezone

from tests.factories.registrations import desk_of, event_with_desk, in_three_languages, question, register
from verkosto.registrations.domain.guests import GuestData
from verkosto.registrations.exports.archive import digest_of, write_archive
from verkosto.registrations.models import Desk
from verkosto.registrations.privacy.erasure import erase

pytestmark = pytest.mark.django_db


def written(desk: Desk) -> tuple[zipfile.ZipFile, int]:
    file = io.BytesIO()
    rows = write_archive(file, desk=desk, due_on=date(2031, 3, 2), made_at=timezone.now())
    return zipfile.ZipFile(file), rows


def test_archive_has_the_registrations_twice_the_questions_and_a_manifest_with_their_digests():
    diet = question("dietary_needs", "Ruokavalio")
    town = question("choice", "Kunta", choices=["Oulu", "Turku"])
    page = event_with_desk(questions=[diet, town], places_per_registration=2)
    in_three_languages(page)
    desk = desk_of(page)
    oulu = desk.questions.get(key=town["id"]).choices[0].key
    register(
        desk, "aino@example.fi", name="=1+1", places=2, guests=[GuestData(name="Eero", organisation="")],
        answers={town["id"]: oulu}, sensitive={diet["id"]: "gluteeniton"},
    )  # fmt: skip
    erase(registration=register(desk, "gone@example.fi"), cause="own_request")

    archive, rows = written(desk)

    assert (rows, archive.testzip()) == (1, None)
    assert archive.namelist() == ["registrations.csv", "registrations.json", "questions.json", "manifest.json"]
    for name in archive.namelist():
        assert b"gluteeniton" not in archive.read(name)
        assert b"gone@example.fi" not in archive.read(name)
    header, *lines = csv.reader(io.StringIO(archive.read("registrations.csv").decode("utf-8-sig")))
    assert [line[header.index("Sähköposti")] for line in lines] == ["aino@example.fi"]
    assert (lines[0][1], lines[0][header.index("Kunta")]) == ("'=1+1", "Oulu")
    assert "Ruokavalio" not in header

    data = json.loads(archive.read("registrations.json"))
    (registration,) = data["registrations"]
    assert (registration["name"], registration["email"]) == ("=1+1", "aino@example.fi")
    assert registration["answers"] == {town["id"]: {"value": oulu, "text": "Oulu"}}
    assert [guest["name"] for guest in registration["guests"]] == ["Eero"]

    questions = {row["key"]: row for row in json.loads(archive.read("questions.json"))}
    assert questions[diet["id"]]["sensitive"] is True
    assert questions[town["id"]]["labels"]["fi"] == "Kunta"
    assert [choice["labels"]["fi"] for choice in questions[town["id"]]["choices"]] == ["Oulu", "Turku"]

    manifest = json.loads(archive.read("manifest.json"))
    assert (manifest["format"], manifest["version"]) == ("verkosto-registration-archive", 1)
    assert (manifest["registrations"], manifest["erased_on"]) == (1, "2031-03-02")
    assert manifest["event"]["title"] == {"fi": "Webinaari", "sv": "Webbinarium", "en": "Webinar"}
    assert manifest["event"]["address"]["sv"].startswith("http")
    assert "sensitive answers (never archived)" in manifest["not_included"]
    assert [each["name"] for each in manifest["files"]] == archive.namelist()[:3]
    for each in manifest["files"]:
        content = archive.read(each["name"])
        assert (each["size"], each["sha256"]) == (len(content), hashlib.sha256(content).hexdigest())


def test_desk_without_registrations_gives_a_valid_archive():
    archive, rows = written(desk_of(event_with_desk()))
    assert (rows, json.loads(archive.read("registrations.json"))["registrations"]) == (0, [])


def test_digest_leaves_the_file_at_its_beginning():
    file = io.BytesIO(b"abc")
    assert digest_of(file) == hashlib.sha256(b"abc").hexdigest()
    assert file.read() == b"abc"
