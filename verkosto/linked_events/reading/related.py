"""What is read for the objects that an answer shows, for all of them at once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from uuid import UUID

from django.db.models import Case, Count, F, Q, QuerySet, UUIDField, Value, When
from django.db.models.expressions import Combinable
from wagtail.models import Page
from wagtail.query import PageQuerySet

from event_pages.dates import EventDate
from event_pages.models import EventPage, EventSeriesPage, Organiser
from event_pages.querysets import is_over
from verkosto.core.renditions import prefetch_image
from verkosto.directory.models import Topic, TopicLink, Venue
from verkosto.linked_events.documents.base import Document
from verkosto.linked_events.documents.events import EventVersion, Related, event_document, place_id_of
from verkosto.linked_events.documents.keywords import keyword_document
from verkosto.linked_events.documents.venues import Usage, internet_document, place_document
from verkosto.linked_events.identifiers import INTERNET, keyword_id, own_id
from verkosto.linked_events.reading.events import public_versions
from verkosto.linked_events.reading.scope import SiteScope

Versions = Mapping[UUID, Sequence[EventVersion]]
#: What the date of an event is made of.
DATE_COLUMNS = (
    *(
        "path",
        "depth",
        "translation_key",
        "date_precision",
        "starts_at",
        "ends_at",
        "starts_on",
        "ends_on",
        "timezone",
    ),
    *("status", "postponed_until", "sort_start"),
)


def event_documents(keys: Sequence[UUID], scope: SiteScope, include: Collection[str], now: datetime) -> list[Document]:
    """Return events and series by their keys, in that order. The number of queries does not depend on theirs."""
    versions = _versions(keys, scope)
    shown = [versions[key] for key in keys if key in versions]
    topics = _topics_of([found[0] for found in shown])
    included: dict[str, Document] = {}
    if "keywords" in include:
        included |= keyword_documents({topic.translation_key for row in topics.values() for topic in row}, scope, now)
    if "location" in include:
        events = [found[0] for found in shown if isinstance(found[0], EventPage)]
        included |= place_documents({event.venue.translation_key for event in events if event.venue}, scope, now)
        if any(place_id_of(event) == own_id(INTERNET) for event in events):
            included[own_id(INTERNET)] = internet_document(internet_usage(scope, now))
    below, spans = _events_of(versions, scope)
    related = Related(
        keywords={key: list(dict.fromkeys(keyword_id(topic) for topic in row)) for key, row in topics.items()},
        organisers=_organisers_of([page.pk for found in shown for page in found]),
        series=_series_of(versions, scope),
        events=below,
        spans=spans,
        included=included,
    )
    return [event_document(found, related) for found in shown]


def place_documents(keys: Collection[UUID], scope: SiteScope, now: datetime) -> dict[str, Document]:
    """Return the places of venues by their ids. Two queries."""
    versions: dict[UUID, list[Venue]] = defaultdict(list)
    for venue in Venue.objects.filter(translation_key__in=keys).order_by("pk"):
        versions[venue.translation_key].append(venue)
    events = scope.pages(EventPage.objects.filter(venue__translation_key__in=keys))
    usages = _usages(events, F("venue__translation_key"), now)
    return {own_id(key): place_document(versions[key], usages.get(key, Usage())) for key in keys if key in versions}


def internet_usage(scope: SiteScope, now: datetime) -> Usage:
    """Return how many events are only online. One query."""
    online = scope.pages(EventPage.objects.filter(Q(attendance="online") | Q(status="moved_online")))
    counts = online.aggregate(**_counts(now))
    return Usage(events=counts["events"], has_upcoming=bool(counts["upcoming"]))


def keyword_documents(keys: Collection[UUID], scope: SiteScope, now: datetime) -> dict[str, Document]:
    """Return the keywords of topics by their ids. Two queries. Topics that are the same concept are one keyword."""
    versions: dict[str, list[Topic]] = defaultdict(list)
    for topic in _topics_and_same(keys, scope):
        versions[keyword_id(topic)].append(topic)
    groups = [list(dict.fromkeys(topic.translation_key for topic in found)) for found in versions.values()]
    every_key = [key for group in groups for key in group]
    events = scope.pages(EventPage.objects.filter(topic_links__topic__translation_key__in=every_key))
    usages = _usages(events, _first_of_each("topic_links__topic__translation_key", groups), now)
    return {
        identifier: keyword_document(found, usages.get(group[0], Usage()))
        for (identifier, found), group in zip(versions.items(), groups, strict=True)
    }


def topics_of_events(
    topics: QuerySet[Topic], scope: SiteScope, now: datetime, *, only_upcoming: bool = False
) -> QuerySet[Topic]:
    """Select the topics, in all languages, that a public event or series has, or one that is not over."""
    upcoming = scope.pages(EventPage.objects.exclude(is_over(now)))
    links = TopicLink.objects.filter(page__in=(upcoming if only_upcoming else public_versions(scope)).values("pk"))
    return topics.filter(translation_key__in=links.values("topic__translation_key"))


def _topics_and_same(keys: Collection[UUID], scope: SiteScope) -> QuerySet[Topic]:
    """Return topics by their keys, in all languages, with those of other keys that are the same concept and public."""
    asked = Topic.objects.filter(translation_key__in=keys)
    links = TopicLink.objects.filter(page__in=public_versions(scope).values("pk"))
    same = Q(
        concept_url__in=asked.exclude(concept_url="").values("concept_url"),
        translation_key__in=links.values("topic__translation_key"),
    )
    return Topic.objects.filter(Q(translation_key__in=keys) | same).order_by("pk")


def _first_of_each(field: str, groups: Sequence[Sequence[UUID]]) -> Combinable:
    """Return an expression for a key: the first key of its group, so that the rows of a group are counted together."""
    large = [
        When(Q((f"{field}__in", group)), then=Value(group[0], output_field=UUIDField()))
        for group in groups
        if len(group) > 1
    ]
    return Case(*large, default=F(field), output_field=UUIDField()) if large else F(field)


def _counts(now: datetime) -> dict[str, Count]:
    return {
        "events": Count("translation_key", distinct=True),
        "upcoming": Count("pk", filter=~is_over(now)),
    }


def _usages(events: PageQuerySet, by: Combinable, now: datetime) -> dict[UUID, Usage]:
    rows = events.order_by().values(by_key=by).annotate(**_counts(now)).values_list("by_key", "events", "upcoming")
    return {key: Usage(events=count, has_upcoming=bool(upcoming)) for key, count, upcoming in rows}


def _versions(keys: Sequence[UUID], scope: SiteScope) -> Versions:
    """Return the public versions of events and series by their keys, the oldest first."""
    found: dict[UUID, list[EventVersion]] = defaultdict(list)
    images = [prefetch_image("listing_image"), prefetch_image("share_image")]
    events, series = EventPage.objects.select_related("venue"), EventSeriesPage.objects.all()
    for rows in (events, series):
        shown = scope.pages(rows).filter(translation_key__in=keys).defer_streamfields().order_by("pk")
        for page in shown.prefetch_related(*images):
            found[page.translation_key].append(page)
    return found


def _topics_of(pages: Sequence[EventVersion]) -> dict[UUID, list[Topic]]:
    """Return the topics of events by their keys, in the editor's order. One query."""
    found: dict[UUID, list[Topic]] = defaultdict(list)
    keys = {page.pk: page.translation_key for page in pages}
    links = TopicLink.objects.filter(page__in=keys).select_related("topic").order_by("sort_order", "pk")
    for link in links:
        found[keys[link.page_id]].append(link.topic)
    return found


def _organisers_of(pks: Sequence[int]) -> dict[int, list[str]]:
    """Return the names of organisers, by the primary key of the page. One query."""
    found: dict[int, list[str]] = defaultdict(list)
    rows = Organiser.objects.filter(page__in=pks).order_by("sort_order", "pk")
    for page, name in rows.values_list("page", "organisation__name"):
        found[page].append(name)
    return found


def _series_of(versions: Versions, scope: SiteScope) -> dict[UUID, UUID]:
    """Return the key of the public series of an event, by the key of the event. One query."""
    parents = {
        page.path[: -page.steplen]: key
        for key, found in versions.items()
        for page in found
        if isinstance(page, EventPage)
    }
    rows = scope.pages(EventSeriesPage.objects.filter(path__in=parents))
    series: dict[str, UUID] = dict(rows.values_list("path", "translation_key"))
    return {
        key: series[path]
        for key, found in versions.items()
        for page in found
        if (path := page.path[: -page.steplen]) in series
    }


def _events_of(
    versions: Versions, scope: SiteScope
) -> tuple[dict[UUID, list[UUID]], dict[UUID, tuple[EventDate, EventDate]]]:
    """Return the keys of the public events of each series, and its first and last date. One query."""
    paths = {page.path: key for key, found in versions.items() for page in found if isinstance(page, EventSeriesPage)}
    below = Q(pk__in=[])
    for path in paths:
        below |= Q(path__startswith=path, depth=len(path) // Page.steplen + 1)
    keys: dict[UUID, list[UUID]] = defaultdict(list)
    dates: dict[UUID, list[EventDate]] = defaultdict(list)
    for event in scope.pages(EventPage.objects.filter(below)).only(*DATE_COLUMNS).order_by("sort_start", "pk"):
        series = paths[event.path[: -event.steplen]]
        if event.translation_key not in keys[series]:
            keys[series].append(event.translation_key)
            if event.current_date.is_dated:
                dates[series].append(event.current_date)
    spans = {
        key: (min(found, key=lambda date: date.span[0]), max(found, key=lambda date: date.span[1]))
        for key, found in dates.items()
    }
    return keys, spans
