"""Events and series as events of LinkedEvents: one object for all languages."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from wagtail.images.models import AbstractImage
from wagtail.images.shortcuts import get_renditions_or_not_found

from event_pages.dates import EventDate
from event_pages.enums import SeriesKind
from event_pages.models import EventPage, EventSeriesPage
from event_pages.structured_data import status_name
from verkosto.core.locales import language_code_of
from verkosto.core.models import SHARE_FILTER_SPEC
from verkosto.linked_events.documents.base import Document, by_language, identity, moment
from verkosto.linked_events.documents.offers import offers
from verkosto.linked_events.identifiers import INTERNET, own_id, reference

EventVersion = EventPage | EventSeriesPage
#: Fields of an event of LinkedEvents that our events do not have.
WITHOUT_VALUE = (
    *("audience_max_age", "audience_min_age", "custom_data", "environment", "environmental_certificate"),
    *("minimum_attendee_capacity", "provider_contact_info", "replaced_by"),
)
EMPTY = ("audience", "external_links", "videos")
#: A course is the same event again; the events of a season or a tour differ.
RECURRING, UMBRELLA = "recurring", "umbrella"


@dataclass(frozen=True)
class Related:
    """What events say of other rows, read for all of them at once: ids, and objects where they are included."""

    keywords: Mapping[UUID, Sequence[str]] = field(default_factory=dict)
    organisers: Mapping[int, Sequence[str]] = field(default_factory=dict)
    series: Mapping[UUID, UUID] = field(default_factory=dict)
    events: Mapping[UUID, Sequence[UUID]] = field(default_factory=dict)
    spans: Mapping[UUID, tuple[EventDate, EventDate]] = field(default_factory=dict)
    included: Mapping[str, Document] = field(default_factory=dict)


def event_document(versions: Sequence[EventVersion], related: Related) -> Document:
    """Return an event or a series, given in all its public languages, as an event. The first version has its facts."""
    page = versions[0]
    key: UUID = page.translation_key

    def named(kind: str, identifier: str) -> Document:
        return related.included.get(identifier) or {**reference(kind, identifier)}

    parent = related.series.get(key)
    return {
        **identity("event", own_id(key), "Event/LinkedEvent"),
        **dict.fromkeys(WITHOUT_VALUE),
        **{name: [] for name in EMPTY},
        "name": _texts(versions, lambda version: version.title),
        "short_description": _texts(versions, lambda version: version.summary),
        "description": _texts(versions, lambda version: version.summary),
        "info_url": _texts(versions, lambda version: version.full_url or ""),
        "provider": _texts(versions, lambda version: _provider(version, related)),
        "type_id": "General",
        "keywords": [named("keyword", identifier) for identifier in related.keywords.get(key, ())],
        "in_language": [{**reference("language", code)} for code in page.event_languages],
        "images": _images(page),
        "super_event": {**reference("event", own_id(parent))} if parent else None,
        "sub_events": [{**reference("event", own_id(each))} for each in related.events.get(key, ())],
        "deleted": False,
        "local": False,
        "created_time": moment(page.first_published_at),
        "date_published": moment(page.first_published_at),
        "last_modified_time": max(
            filter(None, (moment(version.last_published_at) for version in versions)), default=None
        ),
        **_enrolment(page),
        **(_event_facts(page, versions, named) if isinstance(page, EventPage) else _series_facts(page, related)),
    }


def place_id_of(event: EventPage) -> str | None:
    """Return the id of the place where an event is held now; the internet for one that is only online."""
    if event.is_online_only:
        return own_id(INTERNET)
    return own_id(event.venue.translation_key) if event.venue else None


def times(start: EventDate, end: EventDate) -> Document:
    """Return the first and the last time of dates: of one without a time the day, and its last day if it has several."""
    days = start.days, end.days
    first = moment(start.start) if start.local_start else days[0] and days[0][0].isoformat()
    if end.local_end:
        return {"start_time": first, "end_time": moment(end.end)}
    is_longer = days[0] and days[1] and days[1][1] > days[0][0]
    return {"start_time": first, "end_time": days[1][1].isoformat() if days[1] and is_longer else None}


def event_status(event: EventPage) -> str:
    """Return the status (schema.org/EventStatusType). LinkedEvents does not know events that were moved online."""
    name = status_name(event)
    return "EventScheduled" if name == "EventMovedOnline" else name


def super_event_type(series: EventSeriesPage) -> str:
    """Return how the events of a series belong together."""
    return RECURRING if series.kind == SeriesKind.COURSE else UMBRELLA


def _event_facts(
    event: EventPage, versions: Sequence[EventVersion], named: Callable[[str, str], Document]
) -> Document:
    place = place_id_of(event)
    return {
        **times(event.current_date, event.current_date),
        "event_status": event_status(event),
        "super_event_type": None,
        "location": named("place", place) if place else None,
        "location_extra_info": _texts(versions, lambda version: getattr(version, "room", "")),
        "offers": offers([version for version in versions if isinstance(version, EventPage)]),
    }


def _series_facts(series: EventSeriesPage, related: Related) -> Document:
    span = related.spans.get(series.translation_key)
    return {
        **(times(*span) if span else {"start_time": None, "end_time": None}),
        "event_status": "EventScheduled",
        "super_event_type": super_event_type(series),
        "location": None,
        "location_extra_info": None,
        "offers": [],
    }


def _enrolment(page: EventVersion) -> Document:
    takes = page.registration_enabled
    return {
        "maximum_attendee_capacity": page.capacity if takes else None,
        "enrolment_start_time": moment(page.registration_opens_at) if takes else None,
        "enrolment_end_time": moment(page.registration_closes_at) if takes else None,
    }


def _provider(version: EventVersion, related: Related) -> str:
    """Return who holds an event, a provider outside the organisation first."""
    outside = getattr(version, "provider_name", "")
    return ", ".join([*([outside] if outside else []), *related.organisers.get(version.pk, ())])


def _texts(versions: Sequence[EventVersion], text: Callable[[EventVersion], str]) -> dict[str, str] | None:
    return by_language((language_code_of(version), text(version)) for version in versions)


def _images(page: EventVersion) -> list[Document]:
    image = page.share_image or page.listing_image
    return [_image(image, page)] if image else []


def _image(image: AbstractImage, page: EventVersion) -> Document:
    rendition = get_renditions_or_not_found(image, [SHARE_FILTER_SPEC])[SHARE_FILTER_SPEC]
    alternative = page.listing_image_alt if image == page.listing_image else ""
    return {
        "id": image.pk,
        "name": image.title,
        "alt_text": alternative or image.description or None,
        "url": rendition.full_url,
        "photographer_name": None,
        "license": "event_only",
        "created_time": moment(image.created_at),
        "last_modified_time": None,
        "@id": rendition.full_url,
        "@type": "ImageObject",
    }
