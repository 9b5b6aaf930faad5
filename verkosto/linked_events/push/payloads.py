"""What is sent of an event: as we publish it, with the references of the server."""

from __future__ import annotations

from uuid import UUID

from django.db.models import Q
from django.utils import timezone
from wagtail.models import Page, Site

from event_pages.models import EventPage, EventSeriesPage
from verkosto.core.text import shorten
from verkosto.core.view_restrictions import public_q
from verkosto.directory.concepts import short_concept_id
from verkosto.directory.models import TopicLink
from verkosto.linked_events import conf
from verkosto.linked_events.documents.base import Document, moment
from verkosto.linked_events.documents.events import EventVersion
from verkosto.linked_events.enums import PushProblem
from verkosto.linked_events.models import ImportedPlace, PushedEvent
from verkosto.linked_events.reading.related import event_documents
from verkosto.linked_events.reading.scope import SiteScope

LONGEST_SHORT_DESCRIPTION = 160  # characters; the server refuses longer ones
FIELDS = (
    *("name", "description", "info_url", "provider", "location_extra_info", "start_time", "end_time"),
    *("super_event_type", "maximum_attendee_capacity", "enrolment_start_time", "enrolment_end_time"),
)
CANCELLED, POSTPONED = "EventCancelled", "EventPostponed"


class NotReady(Exception):
    """An event that lacks what the server demands."""

    def __init__(self, problem: PushProblem, detail: str = "") -> None:
        super().__init__(problem)
        self.problem, self.detail = problem, detail


def site_scope() -> SiteScope:
    """Return the public pages of the default site. Two queries."""
    site = Site.objects.filter(is_default_site=True).first()
    paths = [root.root_path for root in Site.get_site_root_paths() if site and root.site_id == site.pk]
    homes = Page.objects.live().filter(public_q(), url_path__in=paths)
    return SiteScope(tuple(homes.values_list("path", flat=True)))


def public_version(row: PushedEvent, scope: SiteScope) -> EventVersion | None:
    """Return the oldest public version of an event or a series; None if it is not public."""
    for rows in (EventPage.objects.select_related("venue"), EventSeriesPage.objects.all()):
        versions = scope.pages(rows).filter(translation_key=row.translation_key)
        found: EventVersion | None = versions.defer_streamfields().order_by("pk").first()
        if found is not None:
            return found
    return None


def document_of(row: PushedEvent, scope: SiteScope) -> Document:
    """Return a public event or series as we publish it, with our references."""
    (document,) = event_documents([row.translation_key], scope, (), timezone.now())
    return document


def is_over(page: EventVersion, document: Document) -> bool:
    """Return whether an event, or each event of a series, is over."""
    if isinstance(page, EventPage):
        return page.is_over
    last = str(document["end_time"] or document["start_time"] or "")
    return bool(last) and last < str(moment(timezone.now()))[: len(last)]


def body_of(row: PushedEvent, page: EventVersion, document: Document, scope: SiteScope) -> Document:
    """Return what the server is to have. Raise NotReady for an event that lacks what the server demands.

    The server sets the status of an event by itself, except for a cancellation: one that loses its date is postponed,
    another date makes it rescheduled. It refuses these two statuses from us, and "EventScheduled" afterwards.
    """
    status = document["event_status"]
    if not document["start_time"] and not (row.is_on_server and status in (CANCELLED, POSTPONED)):
        raise NotReady(PushProblem.NO_DATE)
    short = document["short_description"]
    texts = short.items() if isinstance(short, dict) else ()
    return {
        **{name: document[name] for name in FIELDS},
        **({"event_status": status} if status == CANCELLED else {}),
        "id": row.remote_id,
        "data_source": conf.data_source(),
        **({"publisher": conf.publisher()} if conf.publisher() else {}),
        "publication_status": "public",
        "type_id": "General",
        "short_description": {code: shorten(text, LONGEST_SHORT_DESCRIPTION) for code, text in texts},
        # The server demands an offer. One that is not free and has no price says that we know none.
        "offers": document["offers"] or [{"is_free": False, "info_url": document["info_url"]}],
        "location": _reference("place", _place_id(page, scope)),
        "keywords": [_reference("keyword", identifier) for identifier in _keyword_ids(page)],
        "in_language": [_reference("language", code) for code in page.event_languages],
        "super_event": _series(page, scope),
    }


def image_reference(identifier: int) -> dict[str, str]:
    """Return how the server names one of its images."""
    return _reference("image", str(identifier))


def _reference(kind: str, identifier: str) -> dict[str, str]:
    return {"@id": f"{conf.server_url()}{kind}/{identifier}/"}


def _series(page: EventVersion, scope: SiteScope) -> dict[str, str] | None:
    """Return the series of an event, if it is public and the server has it: the server refuses others."""
    if not isinstance(page, EventPage):
        return None
    versions = scope.pages(EventPage.objects.filter(translation_key=page.translation_key))
    parents = [path[: -page.steplen] for path in versions.values_list("path", flat=True)]
    public = scope.pages(EventSeriesPage.objects.filter(path__in=parents)).values("translation_key")
    row = PushedEvent.objects.filter(translation_key__in=public, is_on_server=True).first()
    return _reference("event", row.remote_id) if row else None


def _place_id(page: EventVersion, scope: SiteScope) -> str:
    """Return the place of an event; of a series that of its next event whose place the server knows."""
    if isinstance(page, EventPage):
        return _place_of_event(page)
    problem = NotReady(PushProblem.NO_VENUE)
    for event in sorted(events_of_series(page.translation_key, scope), key=lambda event: event.is_over):
        try:
            return _place_of_event(event)
        except NotReady as error:
            problem = error
    raise problem


def events_of_series(key: UUID, scope: SiteScope) -> list[EventPage]:
    """Return the public events of a series in all its languages, in the order of their dates. Two queries."""
    paths = EventSeriesPage.objects.filter(translation_key=key).values_list("path", flat=True)
    below = Q(pk__in=[])
    for path in paths:
        below |= Q(path__startswith=path)
    events = scope.pages(EventPage.objects.filter(below)).select_related("venue").defer_streamfields()
    return list(events.order_by("sort_start", "pk"))


def _place_of_event(event: EventPage) -> str:
    if event.is_online_only:
        return conf.online_place()
    if event.venue is None:
        raise NotReady(PushProblem.NO_VENUE)
    found = ImportedPlace.objects.filter(venue_key=event.venue.translation_key).first()
    if found is None:
        raise NotReady(PushProblem.UNKNOWN_VENUE, str(event.venue))
    return found.place_id


def _keyword_ids(page: EventVersion) -> list[str]:
    links = TopicLink.objects.filter(page=page.pk).order_by("sort_order", "pk")
    concepts = [short_concept_id(url) for url in links.values_list("topic__concept_url", flat=True)]
    found = list(dict.fromkeys([*filter(None, concepts), *conf.keywords()]))
    if not found:
        raise NotReady(PushProblem.NO_KEYWORD)
    return found
