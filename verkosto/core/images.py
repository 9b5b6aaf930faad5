"""Renditions without metadata, so that the site does not publish where and by whom a photo was taken."""

from PIL import Image, ImageOps
from wagtail.images.models import SourceImageIOError
from willow.image import ImageFile
from willow.plugins.pillow import PillowImage

from verkosto.core import upstream

# Keys of `Image.info` that hold metadata and that Pillow would write again.
METADATA = ("exif", "xmp", "XML:com.adobe.xmp", "comment", "photoshop", "iptc", "Raw profile type exif", "metadata")


def open_without_metadata(file: ImageFile) -> PillowImage:
    """Return an image as Willow's own converter does, but rotated upright and without metadata.

    The colour profile stays. Raise SourceImageIOError for a damaged file, which Wagtail shows as a missing image.
    """
    file.f.seek(0)
    try:
        image: Image.Image = Image.open(file.f)
        image.load()
    except Image.DecompressionBombError:
        raise  # Wagtail says how large the image may be
    except Exception as error:  # each format has its own
        raise SourceImageIOError(str(error)) from error
    if getattr(image, "n_frames", 1) == 1:
        # The orientation is metadata too, so it is applied before the metadata is removed.
        image = ImageOps.exif_transpose(image)
    image.info = {name: value for name, value in image.info.items() if name not in METADATA}
    image.getexif().clear()
    return PillowImage(image)


def drop_metadata_from_renditions() -> None:
    """Make all renditions from `open_without_metadata`. Willow would copy the EXIF data, GPS coordinates included."""
    upstream.open_images_with(open_without_metadata)
