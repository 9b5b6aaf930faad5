"""What the objects of LinkedEvents have in common."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime
from typing import TypeAlias

from verkosto.core.text import clean_text
from verkosto.linked_events import conf
from verkosto.linked_events.identifiers import address_of

CONTEXT = "http://schema.org"

#: An object as JSON.
Document: TypeAlias = dict[str, object]


def by_language(texts: Iterable[tuple[str, str]]) -> dict[str, str] | None:
    """Return texts by their languages, such as {"fi": "…", "sv": "…"}; None without any. Empty ones are left out."""
    cleaned = ((code.replace("-", "_"), clean_text(text).strip()) for code, text in texts)
    return {code: text for code, text in cleaned if text} or None


def moment(value: datetime | None) -> str | None:
    """Return a time as LinkedEvents writes it: "2027-01-31T10:00:00Z"."""
    return value.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ") if value else None


def identity(kind: str, identifier: str, json_ld_type: str, *, data_source: str | None = None) -> Document:
    """Return the fields by which an object is known."""
    return {
        "id": identifier,
        "origin_id": identifier.partition(":")[2],
        "data_source": data_source or conf.data_source(),
        "publisher": conf.publisher(),
        "@id": address_of(kind, identifier),
        "@context": CONTEXT,
        "@type": json_ld_type,
    }
