"""The job that makes an archive, and the mail that says that it is ready."""

import hashlib
import json
import zipfile

import pytest
from django.contrib.auth.models import User
from django.core import mail
from django.core.files.storage import FileSystemStorage

from tests.factories.registrations import register
from tests.verkosto.registrations.archives import archived_desk, make_archive
from verkosto.registrations.domain.roles import give_role
from verkosto.registrations.mail import delivery
from verkosto.registrations.models import Job, Message, RegistrationArchive, RoleAssignment

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def store(tmp_path, monkeypatch):
    storage = FileSystemStorage(location=tmp_path, base_url=None)
    monkeypatch.setattr(RegistrationArchive._meta.get_field("file"), "storage", storage)


@pytest.fixture
def officer():
    return User.objects.create_user("officer", "officer@example.fi", first_name="Tietosuojavastaava")


def test_job_stores_the_file_its_size_and_its_digest():
    desk = archived_desk()
    register(desk, "aino@example.fi")
    archive = make_archive(desk)
    content = archive.file.open("rb").read()
    assert (archive.size, archive.sha256) == (len(content), hashlib.sha256(content).hexdigest())
    with zipfile.ZipFile(archive.file.open("rb")) as parts:
        manifest = json.loads(parts.read("manifest.json"))
    assert (manifest["made_at"], manifest["erased_on"]) == (archive.made_at.isoformat(), archive.due_on.isoformat())
    job = Job.objects.get(kind="archive")
    assert (job.state, job.done, job.total, job.result) == ("done", 1, 1, {"made": 1})
    assert archive.file.name.startswith("archives/")
    assert "webinaari" not in archive.file.name


def test_who_answers_for_personal_data_gets_a_mail_without_any_registrant(officer):
    desk = archived_desk()
    give_role(assignment=RoleAssignment(user=officer, role="data_protection", desk=desk))
    User.objects.create_user("editor", "editor@example.fi")
    register(desk, "aino@example.fi")
    make_archive(desk)
    Message.objects.exclude(kind="archive_ready").delete()
    delivery.deliver_due()
    (sent,) = mail.outbox
    assert sent.to == ["officer@example.fi"]
    assert "Webinaari" in sent.subject
    assert "/admin/registrations/archives/" in sent.body
    assert "aino" not in sent.body.lower()


@pytest.mark.parametrize("change", ["role", "archive"])
def test_mail_is_dropped_when_the_role_or_the_archive_is_gone(officer, change):
    desk = archived_desk()
    role = give_role(assignment=RoleAssignment(user=officer, role="data_protection", desk=desk))
    register(desk, "aino@example.fi")
    archive = make_archive(desk)
    (role if change == "role" else archive).delete()
    Message.objects.exclude(kind="archive_ready").delete()
    delivery.deliver_due()
    assert (Message.objects.get().state, mail.outbox) == ("dropped", [])
