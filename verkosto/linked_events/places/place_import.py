"""Places of the server as venues of the directory: what an import would do, and the import. Repeated, it makes no double."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from uuid import UUID

from django.db import transaction
from wagtail.log_actions import log
from wagtail.models import Locale

from verkosto.core.users import AnyUser
from verkosto.directory.models import Venue
from verkosto.linked_events.enums import PlaceState
from verkosto.linked_events.models import ImportedPlace
from verkosto.linked_events.places.remote import RemotePlace


@dataclass(frozen=True)
class PlannedPlace:
    """A place, and how it differs from the directory."""

    place: RemotePlace
    state: PlaceState


def plan(places: Sequence[RemotePlace]) -> list[PlannedPlace]:
    """Return what an import of places would do. Three queries."""
    imported = {row.place_id: row for row in ImportedPlace.objects.filter(place_id__in=[p.identifier for p in places])}
    keys = {row.venue_key for row in imported.values()}
    there = set(Venue.objects.filter(translation_key__in=keys).values_list("translation_key", flat=True))
    names = {text.name for place in places for text in place.texts.values()}
    linked = ImportedPlace.objects.values("venue_key")
    rows = Venue.objects.filter(name__in=names).exclude(translation_key__in=linked)
    namesakes = {(name, street) for name, street in rows.values_list("name", "street_address")}
    return [PlannedPlace(place, _state(place, imported.get(place.identifier), there, namesakes)) for place in places]


def _state(
    place: RemotePlace, row: ImportedPlace | None, there: set[UUID], namesakes: set[tuple[str, str]]
) -> PlaceState:
    if row is not None and row.venue_key in there:
        return PlaceState.UNCHANGED if row.digest == place.digest else PlaceState.CHANGED
    is_known = any((text.name, text.street_address) in namesakes for text in place.texts.values())
    return PlaceState.SAME_NAME if is_known else PlaceState.NEW


@transaction.atomic
def import_place(place: RemotePlace, *, user: AnyUser | None = None) -> PlaceState:
    """Make the venue of a place, or bring it up to date, in all languages. Return what was to be done.

    A venue with the same name and street becomes that of the place, and keeps its texts.
    """
    (planned,) = plan([place])
    row = ImportedPlace.objects.select_for_update().filter(place_id=place.identifier).first()
    if planned.state == PlaceState.UNCHANGED:
        return planned.state
    if planned.state == PlaceState.SAME_NAME:
        key = _namesake_key(place)
    elif planned.state == PlaceState.CHANGED and row is not None:
        key = row.venue_key
        _write_venues(place, key, user)
    else:
        key = _write_venues(place, None, user)
    ImportedPlace.objects.update_or_create(
        place_id=place.identifier, defaults={"venue_key": key, "digest": place.digest}
    )
    return planned.state


def _namesake_key(place: RemotePlace) -> UUID:
    linked = ImportedPlace.objects.values("venue_key")
    for text in place.texts.values():
        rows = Venue.objects.filter(name=text.name, street_address=text.street_address)
        if found := rows.exclude(translation_key__in=linked).order_by("pk").first():
            key: UUID = found.translation_key
            return key
    raise LookupError(place.identifier)


def _write_venues(place: RemotePlace, key: UUID | None, user: AnyUser | None) -> UUID:
    """Write the venue in each language of the place. Return its ``translation_key``."""
    versions = {venue.locale.language_code: venue for venue in _versions(key)} if key else {}
    for locale in Locale.objects.filter(language_code__in=place.texts):
        venue = versions.get(locale.language_code)
        action = "wagtail.edit" if venue else "wagtail.create"
        if venue is None:
            venue = Venue(locale=locale, **({"translation_key": key} if key else {}))
        for name, value in asdict(place.texts[locale.language_code]).items():
            setattr(venue, name, value)
        venue.full_clean()
        venue.save()
        log(instance=venue, action=action, user=user)
        key = venue.translation_key
    if key is None:
        raise LookupError(place.identifier)
    return key


def _versions(key: UUID) -> Sequence[Venue]:
    return list(Venue.objects.filter(translation_key=key).select_related("locale"))
