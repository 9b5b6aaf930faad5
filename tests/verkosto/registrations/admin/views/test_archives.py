"""The list of archives before erasure, their download and their deletion."""

import io
import zipfile
from datetime import timedelta

import pytest
from django.core.files.storage import FileSystemStorage
from django.urls import reverse
from django.utils import timezone
from wagtail.models import ModelLogEntry

from tests.verkosto.registrations.admin.answers import is_refused
from verkosto.core.jobs import engine
from verkosto.registrations.models import Job, RegistrationArchive
from verkosto.registrations.privacy.archives import queue_archives
from verkosto.registrations.privacy.retention import purge

LIST = "/admin/registrations/archives/"
QUERIES = 8


@pytest.fixture(autouse=True)
def store(tmp_path, monkeypatch):
    storage = FileSystemStorage(location=tmp_path, base_url=None)
    monkeypatch.setattr(RegistrationArchive._meta.get_field("file"), "storage", storage)
    return storage


@pytest.fixture
def make_archive(make_desk, make_registration):
    """make_archive("Webinaari"): the archive of one registration at a desk whose retention ends in four days."""

    def make(title, page=None):
        over = {"starts_at": timezone.now() - timedelta(days=97), "ends_at": timezone.now() - timedelta(days=96)}
        desk = make_desk(title, page=page, archive_before_erasure=True, retention_days=100, **over)
        make_registration(desk, email="aino@example.org")
        queue_archives()
        engine.run(Job.objects.get(desk=desk, kind="archive"))
        return RegistrationArchive.objects.get(desk=desk)

    return make


def address(archive, step):
    return reverse(f"verkosto_registrations_admin:archive_{step}", args=[archive.pk])


def test_list_is_empty_at_first(admin_client):
    assert "Arkistoja ei ole." in admin_client.get(LIST).content.decode()


def test_who_answers_for_personal_data_sees_downloads_and_deletes_the_archives_of_their_pages(
    client, make_staff, make_page, make_archive
):
    mine = make_page("A")
    own, foreign = make_archive("Oma", page=mine), make_archive("Vieras")
    client.force_login(make_staff(mine, "protect_data"))
    html = client.get(LIST).content.decode()
    assert "Oma" in html
    assert "Vieras" not in html
    for step in ("download", "delete"):
        assert client.post(address(foreign, step)).status_code == 404

    answer = client.post(address(own, "download"))
    with zipfile.ZipFile(io.BytesIO(b"".join(answer.streaming_content))) as parts:
        assert b"aino@example.org" in parts.read("registrations.csv")
    assert "no-store" in answer["Cache-Control"]
    assert answer["Content-Disposition"] == f'attachment; filename="oma-{own.due_on:%Y-%m-%d}.zip"'
    own.refresh_from_db()
    assert own.downloaded_by.username == "registrar"
    (entry,) = ModelLogEntry.objects.filter(action="registrations.download_archive")
    assert (entry.label, entry.data["rows"]) == ("Oma", 1)

    assert "Kukaan ei ole ladannut sitä." not in client.get(address(own, "delete")).content.decode()
    assert "Arkisto on poistettu." in client.post(address(own, "delete"), follow=True).content.decode()
    assert "Arkistoa ei enää ole." in client.post(address(own, "download"), follow=True).content.decode()
    assert "Arkistoa ei enää ole." in client.post(address(own, "delete"), follow=True).content.decode()
    assert ModelLogEntry.objects.filter(action="registrations.delete_archive").count() == 1
    foreign.refresh_from_db()
    assert foreign.is_made


def test_download_is_a_post_and_the_question_deletes_nothing(admin_client, make_archive):
    archive = make_archive("Webinaari")
    assert admin_client.get(address(archive, "download")).status_code == 405
    assert "Kukaan ei ole ladannut sitä." in admin_client.get(address(archive, "delete")).content.decode()
    archive.refresh_from_db()
    assert (archive.is_made, archive.downloaded_at) == (True, None)


def test_registrars_and_readers_are_refused(client, make_staff, make_page, make_archive):
    mine = make_page("A")
    archive = make_archive("Oma", page=mine)
    client.force_login(make_staff(mine, "see", "change", "export", "read_sensitive", "erase"))
    assert is_refused(client, client.get(LIST))
    for step in ("download", "delete"):
        assert is_refused(client, client.post(address(archive, step)))


def test_store_that_does_not_answer_says_so_and_nothing_is_logged(admin_client, make_archive, monkeypatch):
    archive = make_archive("Webinaari")

    def fail(*args, **kwargs):
        raise OSError

    monkeypatch.setattr(FileSystemStorage, "_open", fail)
    assert admin_client.post(address(archive, "download")).status_code == 503
    assert not ModelLogEntry.objects.filter(action="registrations.download_archive").exists()
    archive.refresh_from_db()
    assert archive.downloaded_at is None


def test_queries_do_not_grow_with_the_archives(admin_client, make_archive, django_assert_num_queries):
    make_archive("Eka")
    admin_client.get(LIST)
    with django_assert_num_queries(QUERIES):
        admin_client.get(LIST)
    for number in range(5):
        make_archive(f"Seuraava {number}")
    with django_assert_num_queries(QUERIES):
        assert "Seuraava 4" in admin_client.get(LIST).content.decode()


def test_retention_says_that_an_erasure_waits(admin_client, make_archive):
    archive = make_archive("Webinaari")
    url = reverse("verkosto_registrations_admin:retention")
    archive.desk.retention_days = 10
    archive.desk.save()
    assert "Odottaa arkistoa" in admin_client.get(url).content.decode()
    archive.desk.archive_before_erasure = False
    archive.desk.save()
    assert "Odottaa arkistoa" not in admin_client.get(url).content.decode()


def test_who_is_only_in_an_archive_is_found_and_erased_by_address(admin_client, make_archive):
    archive = make_archive("Webinaari")
    purge(timezone.now() + timedelta(days=5))
    person, form = reverse("verkosto_registrations_admin:data_subject"), {"email": "aino@example.org"}
    html = admin_client.post(person, form).content.decode()
    assert "Osoite on 1 arkistossa" in html
    html = admin_client.post(person, {**form, "erase": "1", "sure": "1"}, follow=True).content.decode()
    assert "1 arkisto on poistettu." in html
    archive.refresh_from_db()
    assert archive.state == "deleted"
    assert "Tällä osoitteella ei ole tallessa mitään." in admin_client.post(person, form).content.decode()
