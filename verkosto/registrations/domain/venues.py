"""The venues among which people choose: which one a list is about."""

from collections.abc import Mapping

from verkosto.registrations.models import Desk
from verkosto.registrations.models.querysets import RegistrationQuerySet


def venue_options(desk: Desk) -> list[tuple[str, str]]:
    """Return the venues of a desk as (key, location); [] for an event with one location."""
    stored = desk.version().get("venues")
    return list(stored["locations"].items()) if stored else []


def chosen_venue(desk: Desk, query: Mapping[str, str]) -> str:
    """Return the key of the venue that a request names; "" for all of them."""
    named = query.get("venue", "")
    return named if named in dict(venue_options(desk)) else ""


def at_venue(rows: RegistrationQuerySet, desk: Desk, venue: str) -> RegistrationQuerySet:
    """Return the registrations of a venue; all of them for ""."""
    stored = desk.version().get("venues")
    return rows.with_answer("answers", stored["question"], [venue]) if stored and venue else rows
