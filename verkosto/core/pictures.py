"""Pictures on public pages: each form of them in several widths, as AVIF and WebP, of which the browser takes one."""

from functools import partial

from django.core.cache import cache
from django.db import transaction
from django.utils.safestring import SafeString
from django_tasks import task
from wagtail.images import get_image_model
from wagtail.images.models import AbstractImage, AbstractRendition, Filter, Picture
from wagtail.images.shortcuts import get_renditions_or_not_found

from verkosto.core.content_cache import renew_content_version

#: The crops of each form, the smallest first. The focal point of the image stays in them.
CROPS = {
    "lead": ("width-480", "width-960", "width-1600"),
    "text": ("width-480", "width-800", "width-1200"),
    "tile": ("fill-360x240", "fill-720x480"),
    "portrait": ("fill-120x120", "fill-240x240"),
    "logo": ("max-160x80", "max-320x160"),
}
#: How wide each form is shown (HTML, ``sizes``); a template may say more exactly.
SIZES = {
    "lead": "100vw",
    "text": "(min-width: 60rem) 45rem, 100vw",
    "tile": "(min-width: 60rem) 22rem, (min-width: 40rem) 45vw, 100vw",
    "portrait": "7.5rem",
    "logo": "10rem",
}
#: How long a picture is not asked for again as AVIF, in seconds: the worker may be behind.
PATIENCE = 3600


def specs(form: str, image_format: str) -> tuple[str, ...]:
    """Return the filter specifications of a form in "webp" or "avif"."""
    return tuple(f"format-{image_format}|{crop}" for crop in CROPS[form])


def picture(image: AbstractImage, form: str, attributes: dict[str, object]) -> SafeString:
    """Return a ``<picture>``, with ``attributes`` on its ``<img>``. No query if its renditions were read before, else two.

    WebP is made at once; AVIF, which takes seconds, by the worker, and shown as soon as it is there.
    """
    avif, webp = specs(form, "avif"), specs(form, "webp")
    has_avif = len(image.find_existing_renditions(*(Filter(spec=spec) for spec in avif))) == len(avif)
    renditions = get_renditions_or_not_found(image, [*avif, *webp] if has_avif else webp)
    file_is_there = all(rendition.width for rendition in renditions.values())
    if not has_avif and file_is_there and cache.add(f"avif-{image.pk}-{form}", 1, PATIENCE):
        transaction.on_commit(partial(make_avif.enqueue, image.pk, form), robust=True)
    attributes = {"sizes": SIZES[form]} | attributes
    return SafeString(Picture(_once_each_width(renditions), attributes).__html__())


def _once_each_width(renditions: dict[str, AbstractRendition]) -> dict[str, AbstractRendition]:
    """Return the renditions, the widest first, and of those of one format and width only one."""
    by_width = {(spec.partition("|")[0], rendition.width): spec for spec, rendition in renditions.items()}
    return {spec: renditions[spec] for _, spec in sorted(by_width.items(), key=lambda item: -item[0][1])}


@task()
def make_avif(image_id: int, form: str) -> None:
    """Make the AVIF renditions of a form of an image, and let pages show them. Nothing if the image is gone."""
    image = get_image_model().objects.filter(pk=image_id).first()
    if image is not None:
        get_renditions_or_not_found(image, specs(form, "avif"))
        renew_content_version()
