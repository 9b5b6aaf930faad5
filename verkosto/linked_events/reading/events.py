"""The public events and series of a site, in one list: which there are, and which match filters."""

from __future__ import annotations

from collections.abc import Sequence

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce, Length, Substr
from wagtail.models import Page
from wagtail.query import PageQuerySet

from event_pages.dates import FAR_FUTURE
from event_pages.enums import Attendance, SeriesKind
from event_pages.models import EventPage
from verkosto.directory.concepts import CONCEPT
from verkosto.directory.models import Topic, TopicLink
from verkosto.linked_events.documents.events import RECURRING, UMBRELLA
from verkosto.linked_events.identifiers import INTERNET, key_of, own_id
from verkosto.linked_events.reading.parameters import EventParameters, split_ids
from verkosto.linked_events.reading.scope import SiteScope
from verkosto.registrations.enums import EventStatus

NONE = {"none", "null"}  # what clients write for events without something
NOTHING = Q(pk__in=[])
ONLINE = Q(eventpage__attendance=Attendance.ONLINE) | Q(eventpage__status=EventStatus.MOVED_ONLINE)


def public_versions(scope: SiteScope) -> PageQuerySet:
    """Return the public events and series in all languages."""
    return scope.pages(Page.objects.filter(Q(eventpage__isnull=False) | Q(eventseriespage__isnull=False)))


def public_events(scope: SiteScope) -> PageQuerySet:
    """Return the public events and series, of each the oldest public version."""
    older = _same_event(scope).filter(pk__lt=OuterRef("pk"))
    return public_versions(scope).filter(~Exists(older))


def narrow(rows: PageQuerySet, asked: EventParameters, scope: SiteScope) -> PageQuerySet:
    """Return the events that match all filters, in the order that is asked for."""
    filters = {name: [value] if name == "text" else split_ids(value) for name, value in asked.filters.items()}
    for name, values in filters.items():
        rows = rows.filter(_condition(name, values, scope))
    return _in_order(_within(rows, asked, scope), asked.sort, scope)


def topics_by_ids(ids: Sequence[str]) -> QuerySet[Topic]:
    """Return the topics, in all languages, of ids of keywords."""
    keys = [key for identifier in ids if (key := key_of(identifier))]
    urls = [f"http://www.yso.fi/onto/{identifier.replace(':', '/', 1)}" for identifier in ids]
    concepts = Topic.objects.filter(concept_url__in=[url for url in urls if CONCEPT.fullmatch(url)])
    return Topic.objects.filter(Q(translation_key__in=keys) | Q(pk__in=concepts.values("pk")))


def _condition(name: str, values: Sequence[str], scope: SiteScope) -> Q:
    if name == "text":
        return Q(Exists(_same_event(scope).filter(_holds(values[0]))))
    if name == "location":
        return _held_at(values)
    if name in ("keyword", "keyword_OR"):
        topics = topics_by_ids(values).values("pk")
        return Q(Exists(TopicLink.objects.filter(page=OuterRef("pk"), topic__in=topics)))
    if name == "super_event":
        return _below(values, scope)
    if name == "super_event_type":
        return _of_type(values)
    return _in_languages(values, scope, with_texts=name == "language")


def _same_event(scope: SiteScope) -> PageQuerySet:
    """Return the public versions of the event of the outer query."""
    return public_versions(scope).filter(translation_key=OuterRef("translation_key"))


def _holds(text: str) -> Q:
    summary = Q(eventpage__summary__icontains=text) | Q(eventseriespage__summary__icontains=text)
    venue = Q(eventpage__venue__name__icontains=text) | Q(eventpage__venue__street_address__icontains=text)
    return Q(title__icontains=text) | summary | venue


def _held_at(ids: Sequence[str]) -> Q:
    keys = [key for identifier in ids if (key := key_of(identifier))]
    at_venue = Q(eventpage__venue__translation_key__in=keys) & ~ONLINE
    return at_venue | (ONLINE if own_id(INTERNET) in ids else NOTHING)


def _below(ids: Sequence[str], scope: SiteScope) -> Q:
    """Return the condition that an event is in one of some series; "none" is for those in no public one."""
    keys = [key for identifier in ids if (key := key_of(identifier))]
    series = scope.pages(Page.objects.filter(eventseriespage__isnull=False))
    above = series.filter(path=Substr(OuterRef("path"), 1, Length(OuterRef("path")) - Page.steplen))
    chosen = Q(Exists(above.filter(translation_key__in=keys)))
    return chosen | ~Q(Exists(above)) if NONE.intersection(ids) else chosen


def _of_type(types: Sequence[str]) -> Q:
    """Return the condition that a series is of one of some types; "none" is for events."""
    is_course = Q(eventseriespage__kind=SeriesKind.COURSE)
    known = {
        RECURRING: is_course,
        UMBRELLA: Q(eventseriespage__isnull=False) & ~is_course,
        **dict.fromkeys(NONE, Q(eventseriespage__isnull=True)),
    }
    found = NOTHING
    for name in types:
        found |= known.get(name, NOTHING)
    return found


def _in_languages(codes: Sequence[str], scope: SiteScope, *, with_texts: bool) -> Q:
    """Return the condition that an event is held in one of some languages, or as well has its texts in it."""
    found = NOTHING
    for code in codes:
        held = f" {code} "
        found |= Q(eventpage__event_languages__contains=held) | Q(eventseriespage__event_languages__contains=held)
    if with_texts:
        found |= Q(Exists(_same_event(scope).filter(locale__language_code__in=codes)))
    return found


def _events_below(scope: SiteScope) -> PageQuerySet:
    """Return the public events of the series of the outer query."""
    parent = Substr("path", 1, Length("path") - Page.steplen)
    return scope.pages(EventPage.objects.annotate(parent=parent)).filter(parent=OuterRef("path"))


def _within(rows: PageQuerySet, asked: EventParameters, scope: SiteScope) -> PageQuerySet:
    """Select what is not over at the start, and has begun at the end. A series counts by its events.

    Without an end, postponed events are later than everything, as in LinkedEvents; other events without a date are
    left out.
    """
    if not (asked.start or asked.end):
        return rows
    own, below = Q(sort_start__lt=FAR_FUTURE), Q(eventpage__sort_start__lt=FAR_FUTURE)
    if asked.start:
        own, below = own & Q(sort_end__gt=asked.start), below & Q(eventpage__sort_end__gt=asked.start)
    if asked.end:
        own, below = own & Q(sort_start__lte=asked.end), below & Q(eventpage__sort_start__lte=asked.end)
    else:
        own, below = own | Q(status=EventStatus.POSTPONED), below | Q(eventpage__status=EventStatus.POSTPONED)
    is_series = Q(eventseriespage__isnull=False)
    return rows.filter(below | (is_series & Q(Exists(_events_below(scope).filter(own)))))


def _in_order(rows: PageQuerySet, sort: str, scope: SiteScope) -> PageQuerySet:
    name = sort.removeprefix("-")
    if name in ("start_time", "end_time"):
        column = {"start_time": "sort_start", "end_time": "sort_end"}[name]
        nearest = _events_below(scope).order_by(column if name == "start_time" else f"-{column}")
        rows = rows.annotate(moment=Coalesce(f"eventpage__{column}", Subquery(nearest.values(column)[:1])))
    field = {"name": "title", "last_modified_time": "last_published_at"}.get(name, "moment")
    key = F(field).desc(nulls_last=True) if sort.startswith("-") else F(field).asc(nulls_last=True)
    return rows.order_by(key, "pk")
