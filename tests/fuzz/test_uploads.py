"""Images, documents and answers that are files, right and broken: never an error, and never kept if they are none."""

from io import BytesIO
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image as Picture
from wagtail.documents import get_document_model
from wagtail.images import get_image_model

from tests.factories.registrations import desk_of, event_with_desk, question
from tests.fuzz.files import ODD_BOOKS, books, damaged
from tests.fuzz.texts import bounded, raw_bytes, texts
from tests.verkosto.registrations.form_posts import address, fill
from verkosto.registrations.models import Registration

pytestmark = [pytest.mark.django_db, pytest.mark.minutes]
FORMATS = {"png": "PNG", "jpg": "JPEG", "gif": "GIF", "webp": "WEBP", "avif": "AVIF"}


def picture(kind: str) -> bytes:
    file = BytesIO()
    Picture.new("RGB", (8, 8)).save(file, FORMATS[kind])
    return file.getvalue()


PICTURES = {kind: picture(kind) for kind in FORMATS}


@pytest.fixture
def staff(client: Client) -> Client:
    client.force_login(User.objects.create_superuser("admin"))
    return client


def kept(client: Client, path: str, name: str, content: bytes, title: str, model: Any) -> Any:
    """Upload a file. Return what was kept; None if it was refused with the form."""
    answer = client.post(path, {"title": title, "file": SimpleUploadedFile(name, content)})
    assert answer.status_code in (200, 302)
    assert (answer.status_code == 302) == model.objects.exists()
    if answer.status_code == 200:
        assert answer.context["form"].errors
    return model.objects.first()


def test_no_image_is_an_error(staff: Client) -> None:
    """One that is kept can be edited, whatever is in it."""

    @given(kind=st.sampled_from(sorted(FORMATS)), title=texts, data=st.data())
    @bounded(20)
    def send(kind: str, title: str, data: Any) -> None:
        content = data.draw(st.one_of(damaged(PICTURES[kind]), raw_bytes, st.just(PICTURES[kind])))
        with transaction.atomic():
            image = kept(staff, "/admin/images/add/", f"a.{kind}", content, title, get_image_model())
            if image:
                assert staff.get(f"/admin/images/{image.pk}/").context["object"] == image
                assert image in staff.get("/admin/images/").context["object_list"]
            transaction.set_rollback(True)

    send()


def test_no_document_is_an_error(staff: Client) -> None:
    @given(content=st.one_of(books, raw_bytes), name=texts, title=texts, kind=st.sampled_from(["xlsx", "pdf", "txt"]))
    @bounded(20)
    def send(content: bytes, name: str, title: str, kind: str) -> None:
        with transaction.atomic():
            file = f"a{name[:50]}.{kind}"
            document = kept(staff, "/admin/documents/add/", file, content, title, get_document_model())
            if document:
                assert b"".join(staff.get(document.url)) == content
            transaction.set_rollback(True)

    send()


@pytest.mark.parametrize("name", sorted(ODD_BOOKS.keys() - {"a bomb"}))
def test_odd_archive_is_no_error(staff: Client, name: str) -> None:
    """As a document, and as an answer."""
    content = ODD_BOOKS[name]()
    kept(staff, "/admin/documents/add/", "a.xlsx", content, "a", get_document_model())
    asked = question("file", "Liite")
    desk = desk_of(event_with_desk(questions=[asked]))
    sent = {f"q-{asked['id']}": SimpleUploadedFile("a.xlsx", content)}
    answer = staff.post(address(desk), fill(desk, **sent))
    assert answer.status_code in (302, 422)
    assert Registration.objects.exists() == (answer.status_code == 302)
