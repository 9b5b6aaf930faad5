"""The files of a part of the access matrix."""

from io import BytesIO
from typing import Any

from django.core.files.base import ContentFile
from django.core.files.images import ImageFile
from PIL import Image as Picture
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import Collection


def files_of(word: str) -> dict[str, Any]:
    """Make a collection of a part, with a document and a picture."""
    collection = Collection.get_first_root_node().add_child(name=f"{word}kokoelma")
    picture = BytesIO()
    Picture.new("RGB", (20, 20)).save(picture, "PNG")
    note = ContentFile(word.encode(), name="note.txt")
    document = get_document_model()(title=f"{word}muistio", file=note, collection=collection)
    drawn = ImageFile(BytesIO(picture.getvalue()), name="a.png")
    image = get_image_model()(title=f"{word}kuva", file=drawn, collection=collection)
    # As the form of an upload does: otherwise whoever looks at them first stores it.
    document._set_document_file_metadata()
    image._set_image_file_metadata()
    document.save()
    image.save()
    return {"collection": collection, "document": document, "image": image}


def addresses_of_files(files: dict[str, Any]) -> dict[str, Any]:
    """Return what the addresses of these files take."""
    rendition = files["image"].get_rendition("width-10")
    return {
        **{name: row.pk for name, row in files.items()},
        "document_name": files["document"].filename,
        "rendition": rendition.file.name.removeprefix("images/"),
    }
