import csv
import io
import zipfile
from xml.etree import ElementTree

import pytest
from django.urls import reverse
from wagtail.models import ModelLogEntry, Page

from tests.verkosto.registrations.admin.answers import is_refused
from verkosto.registrations.exports import Export, export_formats
from verkosto.registrations.models import SensitiveAnswers

HOSTILE = ['=HYPERLINK("http://x")', "+1", "-1", "@x", "\tx", "\rx"]
MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


def export(desk, kind, language="fi", **options):
    made = Export(desk=desk, registrations=desk.registrations.all(), language=language, **options)
    return b"".join(export_formats()[kind].stream(made))


def read_csv(data):
    return list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")))


def sheet_of(data):
    text = zipfile.ZipFile(io.BytesIO(data)).read("xl/worksheets/sheet1.xml")
    return ElementTree.fromstring(text)  # noqa: S314 - our own file


@pytest.fixture
def sensitive(desk, make_question, make_registration):
    question = make_question(desk, "Ruokavalio", "dietary_needs", sensitive=True)
    SensitiveAnswers.objects.create(registration=make_registration(desk), answers={question.key: "Pähkinäallergia"})


def body(response):
    return b"".join(response.streaming_content).decode()


def test_sensitive_answers_need_their_own_right(client, desk, sensitive, make_staff):
    root = Page.objects.get(depth=1)
    url = reverse("verkosto_registrations_admin:export", args=[desk.pk])
    client.force_login(make_staff(root, "see", "export"))
    asked = {"format": "csv", "language": "fi", "sensitive": "on"}
    assert "Pähkinäallergia" not in body(client.post(url, asked))
    client.force_login(make_staff(root, "see", "export", "read_sensitive", username="kitchen"))
    assert "Pähkinäallergia" in body(client.post(url, asked))
    assert "Pähkinäallergia" not in body(client.post(url, {**asked, "sensitive": ""}))


def test_an_export_is_in_the_audit_log(admin_client, admin, desk, make_registration):
    make_registration(desk)
    url = reverse("verkosto_registrations_admin:export", args=[desk.pk])
    admin_client.get(url)
    assert not ModelLogEntry.objects.filter(action="registrations.export").exists()
    admin_client.post(url, {"format": "xlsx", "language": "fi"})
    entry = ModelLogEntry.objects.get(action="registrations.export")
    assert (entry.user, entry.data) == (admin, {"format": "xlsx", "sensitive": False, "rows": 1})


def test_a_file_has_as_many_rows_as_its_log_says(admin_client, desk, make_registration):
    for number in range(3):
        make_registration(desk, name=f"Aino {number}")
    url = reverse("verkosto_registrations_admin:export", args=[desk.pk])
    asked = {"format": "csv", "language": "fi"}
    response = admin_client.post(url, asked, SERVER_SOFTWARE="gunicorn", SERVER_PROTOCOL="HTTP/1.1")
    make_registration(desk, name="Björn")  # while the file goes out
    assert [row[1] for row in read_csv(body(response).encode())[1:]] == ["Aino 0", "Aino 1", "Aino 2"]
    assert ModelLogEntry.objects.get(action="registrations.export").data["rows"] == 3


def test_the_page_says_how_many_rows_to_expect(admin_client, desk, make_registration):
    for number in range(3):
        make_registration(desk, name=f"Aino {number}")
    page = " ".join(
        admin_client.get(reverse("verkosto_registrations_admin:export", args=[desk.pk])).content.decode().split()
    )
    assert "<p> 3 ilmoittautumista, kaikki kielet ja tilat. </p>" in page
    assert (
        "<p> Tiedostossa on otsikkorivin alla yhtä monta riviä. Jos selain ilmoittaa, että lataus epäonnistui, "
        "tiedosto on vajaa: poista se ja lataa se uudelleen. </p>"
    ) in page


@pytest.mark.parametrize("kind", ["csv", "json", "xlsx"])
def test_an_export_has_a_length_unless_the_server_marks_its_end(admin_client, desk, make_registration, kind):
    make_registration(desk)
    url = reverse("verkosto_registrations_admin:export", args=[desk.pk])

    def ask(software, protocol):
        asked = {"format": kind, "language": "fi"}
        response = admin_client.post(url, asked, SERVER_SOFTWARE=software, SERVER_PROTOCOL=protocol)
        data = b"".join(response.streaming_content)
        if kind != "xlsx":  # which holds the time at which it was made
            assert data == export(desk, kind)
        return response.get("Content-Length"), str(len(data))

    for length, size in (ask("gunicorn/27.0.1", "HTTP/1.0"), ask("WSGIServer/0.2", "HTTP/1.1")):
        assert length == size
    assert ask("gunicorn/27.0.1", "HTTP/1.1")[0] is None


def test_exporting_needs_its_permission(client, desk, make_registration, make_staff):
    make_registration(desk, name="Salainen Henkilö")
    client.force_login(make_staff(Page.objects.get(depth=1), "see", "change"))
    url = reverse("verkosto_registrations_admin:export", args=[desk.pk])
    for ask in (client.get, client.post):
        response = ask(url, {"format": "csv", "language": "fi"})
        assert is_refused(client, response)
        assert "Salainen" not in response.content.decode()


def test_a_selection_is_exported(admin_client, desk, make_registration):
    make_registration(desk, name="Aino")
    make_registration(desk, name="Björn", status="waiting")
    url = reverse("verkosto_registrations_admin:export", args=[desk.pk])
    rows = body(admin_client.post(f"{url}?status=waiting", {"format": "csv", "language": "fi"}))
    assert "Björn" in rows
    assert "Aino" not in rows
    nobody = body(admin_client.post(f"{url}?status=bad", {"format": "csv", "language": "fi"}))
    assert len(read_csv(nobody.encode())) == 1
