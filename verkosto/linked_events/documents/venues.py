"""Venues as places of LinkedEvents."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.conf import settings
from django.utils.translation import gettext, override

from verkosto.core.locales import language_code_of
from verkosto.directory.models import Venue
from verkosto.linked_events.documents.base import Document, by_language, identity
from verkosto.linked_events.identifiers import INTERNET, own_id

#: Fields of a place of LinkedEvents that our venues do not have.
WITHOUT_VALUE = (
    *("address_region", "contact_type", "created_time", "custom_data", "description", "email", "image"),
    *("last_modified_time", "parent", "position", "post_office_box_num", "replaced_by", "telephone"),
)


@dataclass(frozen=True)
class Usage:
    """How many public events name something, and whether any of them is still to come."""

    events: int = 0
    has_upcoming: bool = False


def place_document(versions: Sequence[Venue], usage: Usage) -> Document:
    """Return a venue, given in all its languages, as a place."""

    def texts(name: str) -> dict[str, str] | None:
        return by_language((language_code_of(venue), getattr(venue, name)) for venue in versions)

    venue = versions[0]
    return {
        **identity("place", own_id(venue.translation_key), "Place"),
        **dict.fromkeys(WITHOUT_VALUE),
        "name": texts("name"),
        "street_address": texts("street_address"),
        "postal_code": venue.postal_code or None,
        "address_locality": texts("city"),
        "address_country": venue.country or None,
        "info_url": texts("map_url"),
        **_usage(usage),
    }


def internet_document(usage: Usage) -> Document:
    """Return the place of events that are only online."""
    codes = [code for code, _name in settings.LANGUAGES]
    return {
        **identity("place", own_id(INTERNET), "Place"),
        **dict.fromkeys(WITHOUT_VALUE),
        "name": by_language((code, _online(code)) for code in codes),
        "street_address": None,
        "postal_code": None,
        "address_locality": None,
        "address_country": None,
        "info_url": None,
        **_usage(usage),
    }


def _online(code: str) -> str:
    with override(code):
        return gettext("Online")


def _usage(usage: Usage) -> Document:
    return {
        "divisions": [],
        "deleted": False,
        "n_events": usage.events,
        "has_upcoming_events": usage.has_upcoming,
    }
