"""The lists and single objects of the API, as JSON."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from urllib.parse import urlencode
from uuid import UUID

from django.db.models import Q
from django.http import Http404

from event_pages.models import EventPage
from event_pages.querysets import is_over
from verkosto.core.page_urls import absolute_url
from verkosto.directory.models import Topic, Venue
from verkosto.linked_events.documents.base import Document
from verkosto.linked_events.documents.languages import language_documents
from verkosto.linked_events.documents.venues import internet_document
from verkosto.linked_events.identifiers import INTERNET, key_of, keyword_id, own_id
from verkosto.linked_events.reading.events import narrow, public_events, topics_by_ids
from verkosto.linked_events.reading.parameters import EventParameters, Portion
from verkosto.linked_events.reading.related import (
    event_documents,
    internet_usage,
    keyword_documents,
    place_documents,
    topics_of_events,
)
from verkosto.linked_events.reading.scope import SiteScope


def event_list(asked: EventParameters, scope: SiteScope, now: datetime) -> tuple[int, list[Document]]:
    """Return how many events match, and those of the portion."""
    rows = narrow(public_events(scope), asked, scope)
    count, offset = rows.order_by().count(), asked.portion.offset
    keys = list(rows[offset : offset + asked.portion.size].values_list("translation_key", flat=True))
    return count, event_documents(keys, scope, asked.include, now)


def one_event(identifier: str, scope: SiteScope, include: Collection[str], now: datetime) -> Document:
    """Return an event by its id. Raise Http404 if there is none that is public."""
    key = key_of(identifier)
    found = event_documents([key], scope, include, now) if key else []
    if not found:
        raise Http404("There is no such event.")
    return found[0]


def place_list(
    text: str, portion: Portion, scope: SiteScope, now: datetime, *, only_upcoming: bool = False
) -> tuple[int, list[Document]]:
    """Return how many places public events have, and those of the portion, by name; the internet comes last."""
    events = scope.pages(EventPage.objects.all())
    events = events.exclude(is_over(now)) if only_upcoming else events
    venues = Venue.objects.filter(translation_key__in=events.values("venue__translation_key"))
    if text:
        venues = venues.filter(Q(name__icontains=text) | Q(street_address__icontains=text))
    keys: list[UUID | None] = list(
        dict.fromkeys(venues.order_by("name", "pk").values_list("translation_key", flat=True))
    )
    usage = internet_usage(scope, now)
    if not text and (usage.has_upcoming if only_upcoming else usage.events):
        keys.append(None)
    shown = keys[portion.offset : portion.offset + portion.size]
    places = place_documents([key for key in shown if key], scope, now)
    found = [places[own_id(key)] for key in shown if key]
    return len(keys), [*found, *([internet_document(usage)] if None in shown else [])]


def one_place(identifier: str, scope: SiteScope, now: datetime) -> Document:
    """Return a place of public events by its id. Raise Http404 if there is none."""
    if identifier == own_id(INTERNET):
        return internet_document(internet_usage(scope, now))
    key = key_of(identifier)
    events = scope.pages(EventPage.objects.filter(venue__translation_key=key))
    if key is None or not events.exists():
        raise Http404("There is no such place.")
    return place_documents([key], scope, now)[own_id(key)]


def keyword_list(
    text: str, portion: Portion, scope: SiteScope, now: datetime, *, only_upcoming: bool = False
) -> tuple[int, list[Document]]:
    """Return how many keywords public events have, and those of the portion, by name."""
    named = Topic.objects.filter(name__icontains=text) if text else Topic.objects.all()
    topics = topics_of_events(named, scope, now, only_upcoming=only_upcoming).order_by("name", "pk")
    keys: dict[str, UUID] = {}
    for topic in topics.only("name", "translation_key", "concept_url"):
        keys.setdefault(keyword_id(topic), topic.translation_key)
    shown = list(keys)[portion.offset : portion.offset + portion.size]
    found = keyword_documents([keys[identifier] for identifier in shown], scope, now)
    return len(keys), [found[identifier] for identifier in shown]


def one_keyword(identifier: str, scope: SiteScope, now: datetime) -> Document:
    """Return a keyword of public events by its id. Raise Http404 if there is none."""
    topics = topics_of_events(topics_by_ids([identifier]), scope, now)
    keys = list(dict.fromkeys(topics.order_by("pk").values_list("translation_key", flat=True)))
    found = keyword_documents(keys[:1], scope, now)
    if identifier not in found:
        raise Http404("There is no such keyword.")
    return found[identifier]


def one_language(code: str) -> Document:
    """Return a language by its code. Raise Http404 if it is none of the site's."""
    found = next((each for each in language_documents() if each["id"] == code), None)
    if found is None:
        raise Http404("There is no such language.")
    return found


def write_list(path: str, given: Mapping[str, str], portion: Portion, count: int, found: Sequence[Document]) -> bytes:
    """Return a portion of a list as JSON, with the addresses of its neighbours. Raise Http404 beyond the last one."""
    if portion.page > 1 and portion.offset >= count:
        raise Http404("Invalid page.")

    def address(page: int) -> str:
        return absolute_url(f"{path}?{urlencode({**given, 'page': page})}")

    meta = {
        "count": count,
        "next": address(portion.page + 1) if portion.offset + portion.size < count else None,
        "previous": address(portion.page - 1) if portion.page > 1 else None,
    }
    return write_json({"meta": meta, "data": list(found)})


def write_json(content: Document) -> bytes:
    """Return an object as JSON."""
    return json.dumps(content, ensure_ascii=False).encode()
