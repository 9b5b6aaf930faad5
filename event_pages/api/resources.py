"""The events, series, venues and topics in the API (``verkosto.api``)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar, cast

from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone
from wagtail.models import Page

from event_pages.api.relations import networks_of, organisers_of, public_networks, series_of
from event_pages.api.schemas import (
    EventAttendance,
    EventDateItem,
    EventItem,
    EventQuery,
    RegistrationInfo,
    RegistrationState,
    SeriesItem,
    TopicItem,
    VenueItem,
)
from event_pages.enums import DatePrecision, SeriesKind
from event_pages.event_rows import places_of
from event_pages.filters import select
from event_pages.models import EventPage, EventSeriesPage
from event_pages.querysets import LIST_COLUMNS, EventQuerySet
from event_pages.time_views import time_view_of
from verkosto.api.resources import AnyResource, Resource, Scope, page_fields, topics_of
from verkosto.api.schemas import Link, ListQuery
from verkosto.core.locales import language_code_of
from verkosto.directory.models import Topic, TopicLink, Venue
from verkosto.registrations.enums import EventStatus
from verkosto.registrations.public.available_places import Places

#: What a response has besides the columns of a list.
API_COLUMNS = (
    *("event_languages", "status_note", "first_published_at", "last_published_at", "external_registration_url"),
    *("venue__translation_key", "venue__country"),
)


class Events(Resource[EventPage, EventQuery]):
    name = "events"
    one = "event"
    description = "The public events in the language, with the filters of the event list."
    item = EventItem
    query: ClassVar[type[ListQuery]] = EventQuery

    def public(self, scope: Scope) -> EventQuerySet:
        events: EventQuerySet = EventPage.objects.visible().of_site(scope.home).chronological()
        return events.select_related("venue").only(*LIST_COLUMNS, *API_COLUMNS)

    def narrow(self, rows: QuerySet[EventPage], query: EventQuery, scope: Scope) -> EventQuerySet:
        """Return the events that match, in the order of the view by time."""
        events: EventQuerySet = rows  # type: ignore[assignment]  # of ``public``
        network = None
        if query.network:
            network = public_networks(scope).filter(translation_key=query.network).first()
            if network is None:
                return events.none()
        events = select(events, query.choices, network)
        if query.time == "all" and not query.month:
            return events
        return time_view_of({"month": query.month} if query.month else {"time": query.time}).narrow(events)

    def items(self, rows: Sequence[EventPage], scope: Scope) -> list[EventItem]:
        """Return the items. Seven queries."""
        topics, organisers, networks = topics_of(rows), organisers_of(rows), networks_of(rows, scope)
        series, places = series_of(rows), places_of(rows, timezone.now())
        return [
            EventItem(
                **page_fields(event, event.summary, topics, scope),
                kind=event.kind,
                number=event.number,
                status=EventStatus(event.status),
                status_note=event.status_note,
                date=_date_item(event),
                attendance=cast("EventAttendance", event.current_attendance.value),
                venue=_venue_item(event.venue) if event.venue and not event.is_online_only else None,
                room=event.room,
                event_languages=list(event.event_languages),
                organisers=organisers[event.pk],
                networks=networks[event.pk],
                series=_link(series.get(_parent_path(event))),
                registration=_registration_item(event, places.get(event.pk), series.get(_parent_path(event))),
            )
            for event in rows
        ]


class Series(Resource[EventSeriesPage, ListQuery]):
    name = "series"
    one = "series"
    description = "The public series in the language, the latest first: seasons, tours and courses."
    item = SeriesItem

    def public(self, scope: Scope) -> QuerySet[EventSeriesPage]:
        found = scope.pages(EventSeriesPage.objects.order_by("-first_year", "-path"))
        return found.defer_streamfields()

    def items(self, rows: Sequence[EventSeriesPage], scope: Scope) -> list[SeriesItem]:
        """Return the items. Four queries."""
        topics, organisers, networks = topics_of(rows), organisers_of(rows), networks_of(rows, scope)
        return [
            SeriesItem(
                **page_fields(series, series.summary, topics, scope),
                kind=SeriesKind(series.kind),
                first_year=series.first_year,
                last_year=series.last_year,
                term=series.term,
                event_languages=list(series.event_languages),
                organisers=organisers[series.pk],
                networks=networks[series.pk],
            )
            for series in rows
        ]


class VenuesOfEvents(Resource[Venue, ListQuery]):
    name = "venues"
    one = "venue"
    description = "The venues where the public events in the language are held. Others are not listed."
    item = VenueItem

    def public(self, scope: Scope) -> QuerySet[Venue]:
        events = EventPage.objects.visible().of_site(scope.home).filter(venue=OuterRef("pk"))
        return Venue.objects.filter(Exists(events)).order_by("name", "pk")

    def items(self, rows: Sequence[Venue], scope: Scope) -> list[VenueItem]:
        return [_venue_item(venue) for venue in rows]


class Topics(Resource[Topic, ListQuery]):
    name = "topics"
    one = "topic"
    description = "The topics that a public page in the language has."
    item = TopicItem

    def public(self, scope: Scope) -> QuerySet[Topic]:
        pages = scope.pages(Page.objects.all()).values("pk")
        linked = TopicLink.objects.filter(topic=OuterRef("pk"), page__in=pages)
        return Topic.objects.filter(Exists(linked)).order_by("name", "pk")

    def items(self, rows: Sequence[Topic], scope: Scope) -> list[TopicItem]:
        return [
            TopicItem(
                id=topic.translation_key,
                language=language_code_of(topic),
                slug=topic.slug,
                name=topic.name,
                description=topic.description,
                same_as=topic.concept_url or None,
            )
            for topic in rows
        ]


#: In the order of the document.
RESOURCES: list[AnyResource] = [Events(), Series(), VenuesOfEvents(), Topics()]


def _parent_path(event: EventPage) -> str:
    return str(event.path[: -event.steplen])


def _date_item(event: EventPage) -> EventDateItem:
    date = event.current_date
    days = date.days or (None, None)
    return EventDateItem(
        precision=DatePrecision(date.precision),
        text=date.text(),
        starts_at=date.local_start,
        ends_at=date.local_end,
        first_day=days[0],
        last_day=days[1],
        timezone=date.zone,
    )


def _venue_item(venue: Venue) -> VenueItem:
    return VenueItem(
        id=venue.translation_key,
        name=venue.name,
        street_address=venue.street_address,
        postal_code=venue.postal_code,
        city=venue.city,
        country=venue.country,
    )


def _link(page: Page | None) -> Link | None:
    return Link(id=page.translation_key, title=page.title, url=page.full_url) if page else None


def _registration_item(
    event: EventPage, places: Places | None, series: EventSeriesPage | None
) -> RegistrationInfo | None:
    """Return where people register: at the event, its series or on another website; None where they do not."""
    if places:
        at_series = series is not None and places.desk.translation_key == series.translation_key
        page: Page = series if at_series else event
        return RegistrationInfo(
            state=cast("RegistrationState", places.state), places_left=places.left, url=page.full_url
        )
    if event.registers_elsewhere:
        return RegistrationInfo(state="elsewhere", places_left=None, url=event.external_registration_url)
    if event.needs_no_registration:
        return RegistrationInfo(state="not_needed", places_left=None, url=event.full_url)
    return None
