"""Images whose file has been lost."""

from io import BytesIO

import pytest
from django.core.files.images import ImageFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from PIL import Image as Picture
from wagtail.images import get_image_model
from wagtail.images.models import AbstractImage


def png() -> bytes:
    file = BytesIO()
    Picture.new("RGB", (8, 8)).save(file, "PNG")
    return file.getvalue()


@pytest.fixture
def lost(db: None) -> AbstractImage:
    image: AbstractImage = get_image_model().objects.create(title="Kuva", file=ImageFile(BytesIO(png()), name="a.png"))
    image.file.storage.delete(image.file.name)
    return image


def test_lost_file_is_asked_for_again_and_nothing_typed_is_lost(admin_client: Client, lost: AbstractImage) -> None:
    """Fuzz: saving the title of such an image was status 500."""
    path, typed = reverse("wagtailimages:edit", args=[lost.pk]), {"title": "Uusi", "collection": lost.collection_id}
    refused = admin_client.post(path, typed)
    form = refused.context["form"]
    assert (refused.status_code, form["title"].value(), form.errors.as_data()["file"][0].code) == (
        200,
        "Uusi",
        "missing",
    )
    answer = admin_client.post(path, {**typed, "file": SimpleUploadedFile("b.png", png())})
    assert answer.status_code == 302
    stored = get_image_model().objects.get()
    assert (stored.title, stored.file.read()) == ("Uusi", png())


def test_preview_and_choice_of_a_lost_file_are_not_found(
    admin_client: Client, lost: AbstractImage, caplog: pytest.LogCaptureFixture
) -> None:
    for path in (
        reverse("wagtailimages:preview", args=[lost.pk, "width-11"]),
        reverse("wagtailimages_chooser:chosen", args=[lost.pk]),
    ):
        assert admin_client.get(path).status_code == 404, path
    assert [record.getMessage().partition(":")[0] for record in caplog.records if record.name == "cms.middleware"] == [
        "The file of an image is missing or damaged"
    ] * 2
