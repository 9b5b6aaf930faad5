"""The pictures of shared pages (findings: costly work for strangers)."""

import uuid
from unittest import mock

from django.core.files.storage import default_storage
from django.test import Client

from home.models import HomePage
from tests.factories import StandardPageFactory
from verkosto.core import constellation_image


def test_picture_of_a_page_is_drawn_once(client: Client, homes: dict[str, HomePage]) -> None:
    path = f"/share/{homes['fi'].translation_key}.png"
    first = client.get(path)
    with mock.patch.object(constellation_image, "constellation_png", side_effect=AssertionError):
        second = client.get(path)

    assert first.content[:4] == b"\x89PNG"
    assert second.content == first.content
    assert second["Cache-Control"] == "public, max-age=31536000, immutable"


def test_picture_of_any_other_key_is_missing_and_not_drawn(client: Client, homes: dict[str, HomePage]) -> None:
    private = StandardPageFactory(parent=homes["fi"])
    private.view_restrictions.create(restriction_type="login")
    with mock.patch.object(constellation_image, "constellation_png", side_effect=AssertionError):
        for key in (uuid.uuid4(), private.translation_key):
            answer = client.get(f"/share/{key}.png")
            assert (answer.status_code, answer["Content-Type"]) == (404, "text/html; charset=utf-8")


def test_picture_is_served_although_it_cannot_be_stored(client: Client, homes: dict[str, HomePage]) -> None:
    with mock.patch.object(default_storage, "save", side_effect=OSError):
        assert client.get(f"/share/{homes['fi'].translation_key}.png").content[:4] == b"\x89PNG"
