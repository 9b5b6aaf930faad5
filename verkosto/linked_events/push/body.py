"""What is sent of an event: as we publish it, with the references of the server."""

from __future__ import annotations

from django.utils import timezone
from wagtail.models import Page, Site

from event_pages.models import EventPage
from verkosto.core.text import shorten
from verkosto.core.view_restrictions import public_q
from verkosto.directory.concepts import short_concept_id
from verkosto.directory.models import TopicLink
from verkosto.linked_events import conf
from verkosto.linked_events.documents.base import Document
from verkosto.linked_events.enums import PushProblem
from verkosto.linked_events.models import ImportedPlace, PushedEvent
from verkosto.linked_events.reading.related import event_documents
from verkosto.linked_events.reading.scope import SiteScope

LONGEST_SHORT_DESCRIPTION = 160  # characters; the server refuses longer ones
FIELDS = (
    *("name", "description", "info_url", "provider", "location_extra_info", "start_time", "end_time", "event_status"),
    *("offers", "maximum_attendee_capacity", "enrolment_start_time", "enrolment_end_time"),
)


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


def public_version(row: PushedEvent, scope: SiteScope) -> EventPage | None:
    """Return the oldest public version of an event; None if it is not public."""
    versions = scope.pages(EventPage.objects.filter(translation_key=row.translation_key))
    found: EventPage | None = versions.select_related("venue").defer_streamfields().order_by("pk").first()
    return found


def body_of(row: PushedEvent, event: EventPage, scope: SiteScope) -> Document:
    """Return what the server is to have. Raise NotReady for an event that lacks what the server demands."""
    (document,) = event_documents([row.translation_key], scope, (), timezone.now())
    if not document["start_time"] and document["event_status"] == "EventScheduled":
        raise NotReady(PushProblem.NO_DATE)
    short = document["short_description"]
    texts = short.items() if isinstance(short, dict) else ()
    return {
        **{name: document[name] for name in FIELDS},
        "id": row.remote_id,
        "data_source": conf.data_source(),
        **({"publisher": conf.publisher()} if conf.publisher() else {}),
        "publication_status": "public",
        "type_id": "General",
        "short_description": {code: shorten(text, LONGEST_SHORT_DESCRIPTION) for code, text in texts},
        # The server demands a price. An event without one on its page costs nothing.
        "offers": document["offers"] or [{"is_free": True}],
        "location": _reference("place", _place_id(event)),
        "keywords": [_reference("keyword", identifier) for identifier in _keyword_ids(event)],
        "in_language": [_reference("language", code) for code in event.event_languages],
    }


def _reference(kind: str, identifier: str) -> dict[str, str]:
    return {"@id": f"{conf.server_url()}{kind}/{identifier}/"}


def _place_id(event: EventPage) -> str:
    if event.is_online_only:
        return conf.online_place()
    if event.venue is None:
        raise NotReady(PushProblem.NO_VENUE)
    found = ImportedPlace.objects.filter(venue_key=event.venue.translation_key).first()
    if found is None:
        raise NotReady(PushProblem.UNKNOWN_VENUE, str(event.venue))
    return found.place_id


def _keyword_ids(event: EventPage) -> list[str]:
    links = TopicLink.objects.filter(page=event.pk).order_by("sort_order", "pk")
    concepts = [short_concept_id(url) for url in links.values_list("topic__concept_url", flat=True)]
    found = list(dict.fromkeys([*filter(None, concepts), *conf.keywords()]))
    if not found:
        raise NotReady(PushProblem.NO_KEYWORD)
    return found
