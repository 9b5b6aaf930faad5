"""What editors upload: refused, or given to visitors as something that no browser opens on the site's behalf."""

from io import BytesIO
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from django.contrib.auth.models import User
from django.core.files.base import ContentFile
from django.core.files.images import ImageFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image as Picture
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import Collection, CollectionViewRestriction

pytestmark = pytest.mark.django_db
HTML = b"<!DOCTYPE html><script>alert(document.domain)</script>"
SVG = b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>"


def png(padding: int = 0) -> bytes:
    file = BytesIO()
    Picture.new("RGB", (2, 2)).save(file, "PNG")
    return file.getvalue() + b"\0" * padding


@pytest.fixture
def editor(client: Client) -> Client:
    client.force_login(User.objects.create_superuser("admin"))
    return client


@pytest.mark.parametrize(
    ("name", "content"),
    [("a.html", HTML), ("a.svg", SVG), ("a.exe", b"MZ\x90\0"), ("a.png", HTML), ("a.jpg", SVG),
     ("a.png", png(11 * 1024 * 1024))],
)  # fmt: skip
def test_what_is_no_picture_is_refused(editor: Client, name: str, content: bytes) -> None:
    answer = editor.post("/admin/images/add/", {"title": "a", "file": SimpleUploadedFile(name, content)})
    assert answer.status_code == 200  # the form again
    assert not get_image_model().objects.exists()


@pytest.mark.parametrize("end", [20, 40])
def test_picture_that_is_cut_off_is_refused_and_a_stored_one_is_shown_as_missing(editor: Client, end: int) -> None:
    """Fuzz: the upload of a damaged picture was an error, as were the pages that show one."""
    cut = png()[:end]
    answer = editor.post("/admin/images/add/", {"title": "a", "file": SimpleUploadedFile("a.png", cut)})
    assert [error.code for error in answer.context["form"].errors["file"].as_data()] == ["invalid_image"]
    image = get_image_model().objects.create(title="a", file=ImageFile(BytesIO(png()), name="a.png"))
    with image.file.storage.open(image.file.name, "wb") as stored:
        stored.write(cut)
    assert editor.get(f"/admin/images/{image.pk}/").status_code == 200


@pytest.mark.parametrize(
    ("name", "content"), [("a.html", HTML), ("a.svg", SVG), ("a.exe", b"MZ\x90\0"), ("a.png", HTML)]
)
def test_what_is_no_document_is_refused(editor: Client, name: str, content: bytes) -> None:
    answer = editor.post("/admin/documents/add/", {"title": "a", "file": SimpleUploadedFile(name, content)})
    assert answer.status_code == 200
    assert not get_document_model().objects.exists()


def archive(*sizes: int) -> bytes:
    """An archive whose parts unpack to so many bytes each, of zeros: a thousandth of that."""
    file = BytesIO()
    with ZipFile(file, "w", ZIP_DEFLATED) as made:
        for number, size in enumerate(sizes):
            with made.open(f"xl/{number}.xml", "w", force_zip64=True) as part:
                for _ in range(size // 2**20):
                    part.write(bytes(2**20))
    return file.getvalue()


@pytest.mark.parametrize(("sizes", "is_taken"), [((2**20, 2**20), True), ((101 * 2**20, 101 * 2**20), False)])
def test_document_that_unpacks_to_more_than_a_document_ever_does_is_refused(
    editor: Client, sizes: tuple[int, ...], is_taken: bool
) -> None:
    content = archive(*sizes)
    assert len(content) < 2**20
    editor.post("/admin/documents/add/", {"title": "a", "file": SimpleUploadedFile("a.xlsx", content)})
    assert get_document_model().objects.exists() == is_taken


def test_archive_that_cannot_be_opened_is_no_error(editor: Client) -> None:
    """Fuzz: an archive that asks for a later version of ZIP, and one that is cut off."""
    later = bytearray(archive(2**20))
    later[later.index(b"PK\x01\x02") + 6] = 255
    for content in (bytes(later), b"PK\x03\x04"):
        answer = editor.post("/admin/documents/add/", {"title": "a", "file": SimpleUploadedFile("a.xlsx", content)})
        with get_document_model().objects.latest("pk").open_file() as stored:
            assert (answer.status_code, stored.read()) == (302, content)


def document(name: str, content: bytes, **fields: Any) -> Any:
    return get_document_model().objects.create(title="Asiakirja", file=ContentFile(content, name=name), **fields)


@pytest.mark.parametrize("name", ["kutsu.pdf", "muistio.txt", "taulukko.csv"])
def test_document_is_an_attachment_in_a_sandbox_whatever_it_holds(client: Client, name: str) -> None:
    answer = client.get(document(name, HTML).url)
    assert answer.status_code == 200
    assert answer["Content-Disposition"].startswith("attachment;")
    assert answer["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "text/html" not in answer["Content-Type"]


def test_document_of_a_private_collection_is_for_its_readers_alone(client: Client) -> None:
    collection = Collection.get_first_root_node().add_child(name="Johtoryhmä")
    CollectionViewRestriction.objects.create(collection=collection, restriction_type="login")
    kept = document("muistio.txt", b"Luottamuksellinen", collection=collection)
    answer = client.get(kept.url)
    assert answer.status_code == 302
    assert "Luottamuksellinen" not in answer.content.decode()
    client.force_login(User.objects.create_user("jasen"))
    answer = client.get(kept.url)
    assert b"".join(answer.streaming_content) == b"Luottamuksellinen"
    assert answer["Cache-Control"] == "private, no-store"
