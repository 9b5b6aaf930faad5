"""Renditions of many images in one query."""

from django.db.models import Prefetch
from wagtail.images import get_image_model


def prefetch_image(lookup: str) -> Prefetch:
    """Return a prefetch of the images behind a foreign key, with their renditions. Two queries for all rows."""
    return Prefetch(lookup, queryset=get_image_model().objects.prefetch_renditions())
