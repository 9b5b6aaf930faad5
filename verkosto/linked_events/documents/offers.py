"""The prices of events as offers of LinkedEvents. A price is a text in each language."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import override

from event_pages.models import EventPage
from event_pages.models.offer import Price
from verkosto.core.locales import language_code_of
from verkosto.linked_events.documents.base import Document, by_language


def offers(versions: Sequence[EventPage]) -> list[Document]:
    """Return the prices of an event, given in all its languages, in their order."""
    found = [(version, _prices(version)) for version in versions]
    longest = max((len(prices) for _version, prices in found), default=0)
    return [
        _offer([(version, prices[index]) for version, prices in found if index < len(prices)])
        for index in range(longest)
    ]


def _prices(version: EventPage) -> list[Price]:
    with override(language_code_of(version)):
        return version.prices


def _offer(prices: Sequence[tuple[EventPage, Price]]) -> Document:
    return {
        "is_free": any(price.is_free for _version, price in prices),
        "price": by_language((language_code_of(version), price.text) for version, price in prices),
        "description": by_language((language_code_of(version), price.note) for version, price in prices),
        "info_url": by_language(
            (language_code_of(version), version.external_registration_url or version.full_url or "")
            for version, _price in prices
        ),
    }
