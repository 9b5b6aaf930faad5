"""Renditions are upright and without metadata."""

from io import BytesIO

import pytest
from django.core.files.images import ImageFile
from PIL import ExifTags, Image, PngImagePlugin
from wagtail.images import get_image_model

XMP = b'<x:xmpmeta xmlns:x="adobe:ns:meta/"><exif:GPSLatitude>60,10N</exif:GPSLatitude></x:xmpmeta>'
SECRET = "kirjoittajan oma muistiinpano"
ORIENTATION, ROTATED = 0x0112, 6  # EXIF 2.3


def image_file_with_metadata(kind: str) -> ImageFile:
    """Return a rotated image of 60 × 40 pixels with coordinates and a comment in every kind of metadata."""
    exif = Image.Exif()
    exif[ORIENTATION], exif[0x010E] = ROTATED, SECRET
    exif.get_ifd(ExifTags.IFD.GPSInfo).update({1: "N", 2: (60.0, 10.0, 11.0), 3: "E", 4: (24.0, 56.0, 22.0)})
    options: dict[str, object] = {"exif": exif.tobytes()}
    if kind == "PNG":
        texts = PngImagePlugin.PngInfo()
        texts.add_text("Comment", SECRET)
        texts.add_itxt("XML:com.adobe.xmp", XMP.decode())
        options["pnginfo"] = texts
    else:
        options |= {"xmp": XMP, "comment": SECRET.encode()}
    file = BytesIO()
    Image.new("RGB", (60, 40), "seagreen").save(file, kind, **options)
    for secret in (XMP, SECRET.encode()):
        assert secret[-20:] in file.getvalue()
    return ImageFile(BytesIO(file.getvalue()), name=f"picture.{kind.lower()}")


@pytest.mark.django_db
@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "AVIF"])
def test_renditions_have_no_metadata(kind: str) -> None:
    image = get_image_model().objects.create(title="Kuva", file=image_file_with_metadata(kind))
    for spec in ("original", "width-30", "width-30|format-jpeg", "width-30|format-png", "width-30|format-webp",
                 "width-30|format-avif"):  # fmt: skip
        data = image.get_rendition(spec).file.read()
        made = Image.open(BytesIO(data))
        assert not made.getexif(), spec
        assert b"GPSLatitude" not in data, spec
        assert SECRET.encode() not in data, spec
        assert made.height > made.width, spec  # upright
