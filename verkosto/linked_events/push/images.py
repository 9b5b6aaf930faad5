"""Images on the LinkedEvents server: added once, named by the events that show them, deleted after the last of these."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from contextlib import suppress

from django.db import transaction

from verkosto.core.http_client import RequestFailed, Response
from verkosto.linked_events import client
from verkosto.linked_events.documents.base import Document
from verkosto.linked_events.models import PushedEvent, PushedImage

#: Characters; the server refuses longer ones.
LONGEST_NAME, LONGEST_ALTERNATIVE, LONGEST_URL = 255, 320, 400
NOT_THERE = (404, 410)


class ImageRefused(Exception):
    """The server did not take an image."""

    def __init__(self, response: Response) -> None:
        super().__init__(response.status)
        self.response = response


def put_image(row: PushedEvent, images: Sequence[Document]) -> PushedImage | None:
    """Have the server know the first of an event's images, and store that the event shows it; None for no image.

    Raise ImageRefused if the server does not take it, and RequestFailed if it does not answer.
    """
    body = _body_of(images[0]) if images else None
    if body is None or len(str(body["url"])) > LONGEST_URL:
        _show(row, None)
        return None
    digest = hashlib.sha256(json.dumps(body, sort_keys=True).encode()).hexdigest()
    with transaction.atomic():
        known = PushedImage.objects.select_for_update().filter(digest=digest).first()
        if known:
            _show(row, known)
            return known
    image_id = _add(body)
    with transaction.atomic():
        image, is_new = PushedImage.objects.select_for_update().get_or_create(
            digest=digest, defaults={"image_id": image_id}
        )
        if not is_new:  # another worker was faster: ours is deleted with the next that nobody shows
            PushedImage.objects.create(image_id=image_id)
        _show(row, image)
    return image


def delete_unused(limit: int = 20) -> int:
    """Have the server delete images that no event shows, at most ``limit``. Return how many it has deleted."""
    deleted = 0
    for pk in list(PushedImage.objects.filter(events=None).values_list("pk", flat=True)[:limit]):
        with suppress(RequestFailed):
            deleted += _delete(pk)
    return deleted


def _body_of(image: Document) -> Document:
    return {
        "name": str(image["name"])[:LONGEST_NAME],
        "alt_text": str(image["alt_text"] or "")[:LONGEST_ALTERNATIVE],
        "url": image["url"],
        "license": image["license"],
    }


def _show(row: PushedEvent, image: PushedImage | None) -> None:
    row.image = image
    PushedEvent.objects.filter(pk=row.pk).update(image=image)


def _add(body: Document) -> int:
    """Add an image. Return its id on the server."""
    response = client.write("POST", "image/", body)
    if not 200 <= response.status < 300:
        raise ImageRefused(response)
    try:
        found = json.loads(response.content)
        return int(found["id"])
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise RequestFailed("The answer names no image.") from error


def _delete(pk: int) -> bool:
    with transaction.atomic():  # an event that begins to show it meanwhile waits, and then adds it anew
        image = PushedImage.objects.select_for_update().filter(pk=pk).first()
        if image is None or image.events.exists():
            return False
        PushedImage.objects.filter(pk=pk).update(digest=None)
    response = client.write("DELETE", f"image/{image.image_id}/")
    if not (200 <= response.status < 300 or response.status in NOT_THERE):
        return False
    image.delete()
    return True
