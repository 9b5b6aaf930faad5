"""Files of registrants in a bucket: written, read, deleted, and never public (moto stands for the service)."""

from collections.abc import Iterator
from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

import boto3
import pytest
from botocore.exceptions import EndpointConnectionError
from django.contrib.auth.models import User
from django.core.exceptions import ImproperlyConfigured
from django.core.files.base import ContentFile
from django.core.files.storage import FileSystemStorage, storages
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone
from moto import mock_aws
from storages.backends.s3 import S3File

from cms import checks, health
from cms.private_storage import PrivateS3Storage
from cms.service_urls import FILES, media_settings, private_storage_settings
from tests.factories.registrations import desk_of, event_with_desk, question
from tests.verkosto.registrations.form_posts import address, fill
from verkosto.registrations.models import AnswerFile, Registration
from verkosto.registrations.privacy import orphan_files

BUCKET = "verkosto-private"
URL = f"s3://key:sec%2Fret@s3.eu-north-1.amazonaws.com/{BUCKET}?region=eu-north-1"
ANSWER = b"%PDF-1.7 an answer"


@pytest.fixture
def bucket(settings, tmp_path, monkeypatch) -> Iterator:
    """A bucket as the private storage of the site."""
    with mock_aws():
        region = {"LocationConstraint": "eu-north-1"}
        made = boto3.resource("s3", region_name="eu-north-1").create_bucket(
            Bucket=BUCKET, CreateBucketConfiguration=region
        )
        settings.STORAGES = {**settings.STORAGES, "private": private_storage_settings(URL, tmp_path)}
        monkeypatch.setattr(AnswerFile._meta.get_field("file"), "storage", storages["private"])
        yield made


def names_in(bucket) -> list[str]:
    return sorted(summary.key for summary in bucket.objects.all())


@pytest.fixture
def answer(client, db):
    """A function that registers with a file. It returns the response."""
    upload = question("file", "Liite")
    desk = desk_of(event_with_desk(questions=[upload]))
    return lambda: client.post(
        address(desk), fill(desk, **{f"q-{upload['id']}": SimpleUploadedFile("cv.pdf", ANSWER)})
    )


def test_file_of_a_registrant_is_served_by_our_view_to_those_with_permission(bucket, answer, client) -> None:
    assert answer().status_code == 302
    file = AnswerFile.objects.get()
    assert names_in(bucket) == [file.file.name]
    grants = bucket.Object(file.file.name).Acl().grants
    assert [grant["Grantee"]["Type"] for grant in grants] == ["CanonicalUser"]
    registration = Registration.objects.get()
    path = reverse("verkosto_registrations_admin:file", args=[registration.desk_id, registration.pk, file.pk])

    assert client.get(path).status_code == 302
    client.force_login(User.objects.create_superuser("registrar"))
    got = client.get(path)

    assert b"".join(got.streaming_content) == ANSWER
    assert got["Content-Disposition"] == 'attachment; filename="cv.pdf"'
    assert {"no-store", "private"} <= set(got["Cache-Control"].split(", "))
    client.logout()
    assert client.get(path).status_code == 302


def test_orphan_files_are_deleted_after_a_day(bucket, answer, time_machine) -> None:
    answer()
    kept = names_in(bucket)
    storages["private"].save("answers/aa/left", ContentFile(b"x"))
    assert orphan_files.delete_orphan_files() == 0
    time_machine.move_to(timezone.now() + timedelta(days=2))
    assert orphan_files.delete_orphan_files() == 1
    assert names_in(bucket) == kept


def test_service_that_is_away_gives_the_form_again(bucket, answer) -> None:
    bucket.delete()
    response = answer()
    assert response.status_code == 503
    assert "Tiedostoa ei voitu tallentaa" in response.content.decode()
    assert (Registration.objects.count(), AnswerFile.objects.count()) == (0, 0)


def test_lost_file_is_not_found_and_another_error_is_an_os_error(bucket) -> None:
    with pytest.raises(FileNotFoundError):
        storages["private"].open("answers/aa/none")
    bucket.delete()
    with pytest.raises(OSError, match="NoSuchBucket"):
        storages["private"].save("answers/aa/one", ContentFile(b"x"))


def test_reading_from_a_service_that_fails_meanwhile_is_an_os_error_that_the_visitor_is_told(
    bucket, answer, client, monkeypatch, caplog
) -> None:
    answer()
    file = AnswerFile.objects.get()
    opened = storages["private"].open(file.file.name)
    bucket.Object(file.file.name).delete()
    with pytest.raises(FileNotFoundError):  # opened, and gone when it is read
        opened.read()

    def broken(self, *args, **kwargs):
        raise EndpointConnectionError(endpoint_url="https://s3.example.fi")

    storages["private"].save(file.file.name, ContentFile(ANSWER))
    found = storages["private"].open(file.file.name)
    monkeypatch.setattr(S3File, "_get_file", broken)
    with pytest.raises(OSError, match="Could not connect"):
        found.read()
    client.force_login(User.objects.create_superuser("registrar"))
    got = client.get(
        reverse("verkosto_registrations_admin:file", args=[file.registration.desk_id, file.registration_id, file.pk])
    )
    assert (got.status_code, got["Retry-After"], "no-store" in got["Cache-Control"]) == (503, "60", True)
    text = "Tiedostoa ei voi juuri nyt avata. Se on tallessa. Yritä uudelleen muutaman minuutin kuluttua."
    assert got.content.decode() == text
    assert "cv.pdf" not in caplog.text


def test_readyz_writes_to_the_bucket_and_leaves_nothing(bucket) -> None:
    assert health.CHECKS["private_storage"]() == health.OK
    assert names_in(bucket) == []


def test_addresses_are_signed_and_hold_for_a_minute() -> None:
    storage = PrivateS3Storage(**private_storage_settings(URL, None)["OPTIONS"])
    parts = urlsplit(storage.url("answers/aa/one"))
    query = parse_qs(parts.query)
    assert (query["X-Amz-Expires"], "X-Amz-Signature" in query) == (["60"], True)
    assert "sec/ret" not in parts.geturl()


def test_folder_is_the_default(tmp_path) -> None:
    options = {"location": tmp_path, "base_url": None}
    assert private_storage_settings("", tmp_path) == {"BACKEND": FILES, "OPTIONS": options}
    elsewhere = private_storage_settings(f"file://{tmp_path}/shared", tmp_path)
    assert elsewhere["OPTIONS"]["location"] == tmp_path / "shared"


@pytest.mark.parametrize("url", ["ftp://host/x", "s3://host", "s3://key:secret@host/bucket?domain=media.example.fi"])
def test_storage_that_might_be_public_or_nowhere_is_refused(url, tmp_path) -> None:
    with pytest.raises(ImproperlyConfigured, match="PRIVATE_STORAGE_URL"):
        private_storage_settings(url, tmp_path)


def test_check_warns_of_a_folder_beside_a_bucket(settings, tmp_path) -> None:
    folder = private_storage_settings("", tmp_path)
    settings.STORAGES = {**settings.STORAGES, "default": {"BACKEND": FILES}, "private": folder}
    assert checks.servers_share_private_files(None) == []
    settings.STORAGES = {**settings.STORAGES, "default": private_storage_settings(URL, tmp_path)}
    assert [found.id for found in checks.servers_share_private_files(None)] == ["cms.W003"]
    settings.STORAGES = {**settings.STORAGES, "private": private_storage_settings(URL, tmp_path)}
    assert checks.servers_share_private_files(None) == []


def test_check_finds_files_that_another_server_has(answer, settings, tmp_path, monkeypatch) -> None:
    folders = [{"BACKEND": FILES, "OPTIONS": {"location": tmp_path / name, "base_url": None}} for name in "ab"]
    settings.STORAGES = {**settings.STORAGES, "private": folders[0]}
    monkeypatch.setattr(
        AnswerFile._meta.get_field("file"), "storage", FileSystemStorage(location=tmp_path / "a", base_url=None)
    )
    answer()
    assert checks.private_files_are_here(None, databases=["default"]) == []
    settings.STORAGES = {**settings.STORAGES, "private": folders[1]}
    [found] = checks.private_files_are_here(None, databases=["default"])
    assert (found.id, found.msg) == (
        "cms.E002",
        "1 of the latest 1 files of registrants are not in the private storage of this server.",
    )
    assert checks.private_files_are_here(None) == []


def test_bucket_of_the_pictures_is_refused(settings, tmp_path) -> None:
    def found(media: str) -> list[str]:
        storage = media_settings(media, tmp_path)[0]
        private = private_storage_settings(URL, tmp_path)
        settings.STORAGES = {**settings.STORAGES, "default": storage, "private": private}
        return [message.id for message in checks.private_files_have_their_own_bucket(None)]

    assert found(URL) == ["cms.E003"]
    assert found(URL.replace(BUCKET, "verkosto-media")) == found("") == []
