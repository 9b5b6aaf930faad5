"""Places as the server describes them, checked."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from hashlib import sha256

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import URLValidator

from verkosto.core.text import clean_line
from verkosto.directory.models import Venue
from verkosto.linked_events.documents.base import Document

LONGEST_ID = 100
is_web_address = URLValidator(schemes=["http", "https"])


@dataclass(frozen=True)
class PlaceTexts:
    """A place in one language, with the fields of a venue."""

    name: str
    street_address: str
    postal_code: str
    city: str
    country: str
    map_url: str


@dataclass(frozen=True)
class RemotePlace:
    """A place of the server, in those languages of the site in which it has a name, the site's first language first."""

    identifier: str
    texts: Mapping[str, PlaceTexts]

    @property
    def name(self) -> str:
        """Its name in the first of these languages."""
        return next(iter(self.texts.values())).name

    @property
    def address(self) -> str:
        """Its street and town in that language."""
        first = next(iter(self.texts.values()))
        return ", ".join(part for part in (first.street_address, first.city) if part)

    @property
    def digest(self) -> str:
        """A fingerprint: another as soon as the server has something else."""
        texts = {code: asdict(text) for code, text in sorted(self.texts.items())}
        return sha256(json.dumps(texts, sort_keys=True).encode()).hexdigest()


def places_of(documents: Iterable[Document]) -> list[RemotePlace]:
    """Return the places that can be venues: they have an id and a name. Each once."""
    found = {place.identifier: place for document in documents if (place := place_of(document))}
    return list(found.values())


def place_of(document: Document) -> RemotePlace | None:
    """Return a place of the server; None for one without an id or a name, and for one that was deleted there."""
    identifier = document.get("id")
    if not isinstance(identifier, str) or not 0 < len(identifier) <= LONGEST_ID or document.get("deleted"):
        return None
    codes = [code for code, _name in settings.LANGUAGES]
    texts = {code: text for code in codes if (text := _texts(document, code)).name}
    return RemotePlace(identifier, texts) if texts else None


def _texts(document: Document, code: str) -> PlaceTexts:
    country = str(document.get("address_country") or "FI").upper()
    return PlaceTexts(
        name=_line(document.get("name"), code, "name"),
        street_address=_line(document.get("street_address"), code, "street_address"),
        postal_code=_line(document.get("postal_code"), code, "postal_code"),
        city=_line(document.get("address_locality"), code, "city"),
        country=country if len(country) == 2 and country.isalpha() and country.isascii() else "FI",
        map_url=_address(document.get("info_url"), code),
    )


def _line(value: object, code: str, name: str) -> str:
    """Return a text in a language, or one without languages, as long as the field of a venue may be."""
    if isinstance(value, dict):
        value = value.get(code.replace("-", "_"))
    longest: int = Venue._meta.get_field(name).max_length  # type: ignore[union-attr, assignment]  # a CharField
    return clean_line(value)[:longest] if isinstance(value, str) else ""


def _address(value: object, code: str) -> str:
    text = _line(value, code, "map_url")
    try:
        is_web_address(text)
    except ValidationError:
        return ""
    return text
