"""Renditions without metadata: visitors get an image's pixels and colours, not where and by whom it was taken."""

from typing import Any

from PIL import Image, ImageOps
from willow.plugins.pillow import PillowImage

from verkosto.core import upstream

# What decoders keep of a file beyond its pixels, and encoders would write again.
METADATA = ("exif", "xmp", "XML:com.adobe.xmp", "comment", "photoshop", "iptc", "Raw profile type exif", "metadata")


def open_without_metadata(file: Any) -> PillowImage:
    """Return an image as Willow's own converter opens it, upright and without metadata. Its colour profile stays."""
    file.f.seek(0)
    picture: Any = Image.open(file.f)
    picture.load()
    if getattr(picture, "n_frames", 1) == 1:
        # How the camera was held is metadata too: it is applied before it is dropped.
        picture = ImageOps.exif_transpose(picture)
    picture.info = {name: value for name, value in picture.info.items() if name not in METADATA}
    picture.getexif().clear()
    return PillowImage(picture)


def drop_metadata_from_renditions() -> None:
    """Have every rendition made from `open_without_metadata`: Willow would copy EXIF, coordinates included."""
    upstream.open_images_with(open_without_metadata)
