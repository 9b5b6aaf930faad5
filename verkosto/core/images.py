"""What of an uploaded picture reaches visitors: its pixels and colours, not where and by whom it was taken."""

from typing import Any

from PIL import Image, ImageOps
from willow.image import (
    AvifImageFile,
    BMPImageFile,
    GIFImageFile,
    HeicImageFile,
    JPEGImageFile,
    PNGImageFile,
    TIFFImageFile,
    WebPImageFile,
)
from willow.plugins.pillow import PillowImage
from willow.registry import registry

FILES = (
    AvifImageFile, BMPImageFile, GIFImageFile, HeicImageFile, JPEGImageFile, PNGImageFile, TIFFImageFile, WebPImageFile,
)  # fmt: skip
# What decoders note beside the pixels, and encoders would write again: place, camera, names, comments, former versions.
NOTES = ("exif", "xmp", "XML:com.adobe.xmp", "comment", "photoshop", "iptc", "Raw profile type exif", "metadata")


def open_without_notes(file: Any) -> PillowImage:
    """A picture as Willow's own converter opens it, upright and without metadata. Its colour profile stays."""
    file.f.seek(0)
    picture: Any = Image.open(file.f)
    picture.load()
    if getattr(picture, "n_frames", 1) == 1:
        # How the camera was held is metadata too: it is applied before it is dropped.
        picture = ImageOps.exif_transpose(picture)
    picture.info = {name: value for name, value in picture.info.items() if name not in NOTES}
    picture.getexif().clear()
    return PillowImage(picture)


def drop_notes_from_renditions() -> None:
    """Have every rendition made from ``open_without_notes``: Willow would copy EXIF, coordinates included."""
    for kind in FILES:
        registry.register_converter(kind, PillowImage, open_without_notes)
