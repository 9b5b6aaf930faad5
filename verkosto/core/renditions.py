"""Renditions of many images in one query."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from django.db.models import Prefetch, Q, QuerySet
from wagtail.images import get_image_model
from wagtail.images.models import AbstractImage, AbstractRendition


def prefetch_image(lookup: str) -> Prefetch:
    """Return a prefetch of the images behind a foreign key, with their renditions. Two queries for all rows."""
    return Prefetch(lookup, queryset=get_image_model().objects.prefetch_renditions())


def renditions_of(*image_ids: Any) -> QuerySet[AbstractRendition]:
    """Return the renditions of images; each argument is a list of pks or a subquery."""
    chosen = Q()
    for ids in image_ids:
        chosen |= Q(image__in=ids)
    model = get_image_model().get_rendition_model()
    return model.objects.filter(chosen) if image_ids else model.objects.none()


def give_renditions(images: Iterable[AbstractImage | None], renditions: Iterable[AbstractRendition]) -> None:
    """Assign the renditions to their images, so that Wagtail does not query for them."""
    own: dict[int, list[AbstractRendition]] = defaultdict(list)
    for rendition in renditions:
        own[rendition.image_id].append(rendition)
    for image in images:
        if image is not None:
            image.prefetched_renditions = own[image.pk]
            for rendition in own[image.pk]:
                rendition.image = image
