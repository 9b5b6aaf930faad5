"""The private API of Wagtail and Willow that this app relies on; `tests/verkosto/core/test_upstream.py` watches it."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from wagtail.models import Site
from wagtail.url_routing import RouteResult
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

IMAGE_FILES = (
    AvifImageFile, BMPImageFile, GIFImageFile, HeicImageFile, JPEGImageFile, PNGImageFile, TIFFImageFile, WebPImageFile,
)  # fmt: skip


def set_site(request: HttpRequest, site: Site | None) -> None:
    """Store the request's site where `Site.find_for_request` looks first (`_wagtail_site`)."""
    request._wagtail_site = site  # type: ignore[attr-defined]  # Wagtail's own attribute


def set_route(request: HttpRequest, route: RouteResult | None) -> None:
    """Store the request's route where `Page.route_for_request` looks first (`_wagtail_route_for_request`)."""
    request._wagtail_route_for_request = route  # type: ignore[attr-defined]  # Wagtail's own attribute


def open_images_with(converter: Any) -> None:
    """Have Willow open every kind of image file with a function that returns a `PillowImage`."""
    for kind in IMAGE_FILES:
        registry.register_converter(kind, PillowImage, converter)
