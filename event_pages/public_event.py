"""Events as linked data: the EU's Core Public Event Vocabulary 1.1 (CPEV) as JSON-LD, with its context written out.

One document for all public languages of an event. https://semiceu.github.io/Core-Public-Event-Vocabulary/releases/1.1.0/
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime
from typing import Any

from django.utils.html import strip_tags
from django.utils.text import capfirst
from django.utils.translation import override

from event_pages.models import EventPage, Organiser
from event_pages.structured_data import SCHEMA, status_name
from verkosto.core.locales import language_code_of
from verkosto.core.text import clean_line, clean_text
from verkosto.directory.models import Topic, TopicLink

CONTENT_TYPE = "application/ld+json"
LANGUAGE_AUTHORITY = "http://publications.europa.eu/resource/authority/language/"
#: ISO 639-3 codes, by which the authority table of the Publications Office of the EU names languages.
LANGUAGES = {
    "ar": "ARA",
    "da": "DAN",
    "de": "DEU",
    "en": "ENG",
    "es": "SPA",
    "et": "EST",
    "fi": "FIN",
    "fr": "FRA",
    "is": "ISL",
    "it": "ITA",
    "nb": "NOB",
    "nl": "NLD",
    "pl": "POL",
    "ru": "RUS",
    "se": "SME",
    "so": "SOM",
    "sv": "SWE",
    "uk": "UKR",
}


def _texts(iri: str) -> dict[str, str]:
    return {"@id": iri, "@container": "@language"}


def _iri(iri: str) -> dict[str, str]:
    return {"@id": iri, "@type": "@id"}


#: Where a client finds the meaning of each name, without asking another server.
CONTEXT: dict[str, object] = {
    "cv": "http://data.europa.eu/m8g/",
    "dct": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "locn": "http://www.w3.org/ns/locn#",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "time": "http://www.w3.org/2006/time#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
    "PublicEvent": "cv:PublicEvent",
    "Participation": "cv:Participation",
    "Agent": "foaf:Agent",
    "Address": "locn:Address",
    "Concept": "skos:Concept",
    "TemporalEntity": "time:TemporalEntity",
    "Instant": "time:Instant",
    "title": _texts("dct:title"),
    "description": _texts("dct:description"),
    "identifier": "dct:identifier",
    "language": _iri("dct:language"),
    "topic": _iri("dct:subject"),
    "homepage": _iri("foaf:homepage"),
    "registrationPage": _iri("cv:registrationPage"),
    "eventStatus": _iri("cv:eventStatus"),
    "parentEvent": _iri("cv:parentEvent"),
    "accessibility": _texts("cv:accessibility"),
    "hasParticipation": "cv:hasParticipation",
    "hasParticipant": "cv:hasParticipant",
    "role": "cv:role",
    "prefLabel": _texts("skos:prefLabel"),
    "address": "locn:address",
    "locatorName": _texts("locn:locatorName"),
    "thoroughfare": _texts("locn:thoroughfare"),
    "postCode": "locn:postCode",
    "postName": _texts("locn:postName"),
    "fullAddress": _texts("locn:fullAddress"),
    "hasTime": "time:hasTime",
    "hasBeginning": "time:hasBeginning",
    "hasEnd": "time:hasEnd",
    "date": {"@id": "time:inXSDDate", "@type": "xsd:date"},
    "moment": {"@id": "time:inXSDDateTimeStamp", "@type": "xsd:dateTimeStamp"},
}

Node = dict[str, Any]


def public_event(page: EventPage) -> bytes:
    """Return the event of a public page as JSON-LD. Six queries."""
    rows = EventPage.objects.visible().filter(translation_key=page.translation_key, alias_of__isnull=True)
    versions = list(rows.select_related("venue").defer_streamfields().order_by("pk")) or [page]
    data = {"@context": CONTEXT, **_event(page, versions)}
    return json.dumps({key: value for key, value in data.items() if value}, ensure_ascii=False).encode()


def event_iri(page: EventPage) -> str:
    """Return the IRI of an event: the same in all languages, and it never changes (RFC 9562 §4)."""
    return f"urn:uuid:{page.translation_key}"


def _event(page: EventPage, versions: Sequence[EventPage]) -> Node:
    series = page.series
    return {
        "@id": event_iri(page),
        "@type": "PublicEvent",
        "identifier": str(page.translation_key),
        "title": _by_language(versions, lambda version: clean_line(version.title)),
        "description": _by_language(versions, lambda version: clean_text(version.summary)),
        "homepage": [version.full_url for version in versions],
        "registrationPage": page.external_registration_url or (page.full_url if page.registration_enabled else None),
        "language": [f"{LANGUAGE_AUTHORITY}{LANGUAGES[code]}" for code in page.event_languages if code in LANGUAGES],
        # The authority table of event statuses is a recommendation; search engines know these.
        "eventStatus": SCHEMA + status_name(page),
        "topic": _topics(page),
        "parentEvent": f"urn:uuid:{series.translation_key}" if series else None,
        "hasTime": _time(page),
        "address": None if page.is_online_only else _address(versions),
        "accessibility": None if page.is_online_only else _by_language(versions, _accessibility),
        "hasParticipation": _participations(page, versions),
    }


def _by_language(rows: Iterable[Any], text: Callable[[Any], str]) -> dict[str, str]:
    found = {language_code_of(row): text(row) for row in rows}
    return {code: value for code, value in found.items() if value}


def _topics(page: EventPage) -> list[str | Node]:
    """Return the concepts of an ontology by their IRIs, and other topics with their names. Two queries."""
    keys = list(
        TopicLink.objects.filter(page=page.pk)
        .order_by("sort_order", "pk")
        .values_list("topic__translation_key", flat=True)
    )
    versions: dict[object, list[Topic]] = {key: [] for key in keys}
    for topic in Topic.objects.filter(translation_key__in=keys).order_by("pk"):
        versions[topic.translation_key].append(topic)
    return [
        found[0].concept_url
        or {"@type": "Concept", "prefLabel": _by_language(found, lambda topic: clean_line(topic.name))}
        for found in versions.values()
    ]


def _time(page: EventPage) -> Node | None:
    when = page.current_date
    if when.days is None:
        return None
    end = when.local_end or (when.days[1] if when.local_start is None else None)
    time = {"@type": "TemporalEntity", "hasBeginning": _instant(when.local_start or when.days[0])}
    return {**time, "hasEnd": _instant(end)} if end else time


def _instant(value: datetime | date) -> Node:
    return {"@type": "Instant", "moment" if isinstance(value, datetime) else "date": value.isoformat()}


def _address(versions: Sequence[EventPage]) -> Node | None:
    if not versions[0].venue:
        return None
    return {
        "@type": "Address",
        "locatorName": _by_language(versions, _venue_text("name")),
        "thoroughfare": _by_language(versions, _venue_text("street_address")),
        "postCode": versions[0].venue.postal_code,
        "postName": _by_language(versions, _venue_text("city")),
        "fullAddress": _by_language(versions, _venue_text("address")),
    }


def _venue_text(name: str) -> Callable[[EventPage], str]:
    return lambda version: clean_line(getattr(version.venue, name, ""))


def _accessibility(version: EventPage) -> str:
    return clean_line(strip_tags(version.venue.accessibility)) if version.venue else ""


def _participations(page: EventPage, versions: Sequence[EventPage]) -> list[Node]:
    """Return who holds the event, in the editor's order. One query."""
    rows = Organiser.objects.filter(page__in=[version.pk for version in versions]).select_related("organisation")
    found: dict[object, list[Organiser]] = {}
    for row in rows.order_by("sort_order", "pk"):
        found.setdefault(row.translation_key, []).append(row)
    return [
        {
            "@type": "Participation",
            "role": {"@type": "Concept", "prefLabel": _by_language(group, _role)},
            "hasParticipant": {
                "@type": "Agent",
                "title": _by_language(group, lambda row: clean_line(row.organisation.name)),
            },
        }
        for group in found.values()
    ]


def _role(row: Organiser) -> str:
    with override(language_code_of(row)):
        return row.role_label or capfirst(str(Organiser._meta.verbose_name))
