"""What a network's meetings offer its members: dates with joining instructions, materials and recordings."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from wagtail.documents import get_document_model
from wagtail.documents.models import AbstractDocument
from wagtail.models import CollectionViewRestriction

from event_pages.dates import FAR_FUTURE
from event_pages.event_rows import EventRow, event_rows
from event_pages.ical import registrant_entry
from event_pages.models import EventPage, EventSeriesPage
from network_pages.models import Membership, NetworkPage
from network_pages.models.network import MAX_EVENTS
from verkosto.core.icalendar import write_calendar
from verkosto.registrations.enums import Participation
from verkosto.registrations.mail.calendar import entry_of
from verkosto.registrations.models import MeetingParticipation, Registration
from verkosto.registrations.public.views.manage import joining_for

#: How many of the latest meetings are searched for materials; those to come may have some too.
MEETINGS = 24


@dataclass(frozen=True)
class Meeting:
    """A coming meeting. ``joining`` is "" as long as the member has no place, or joining is not yet open.

    Who has declined a meeting of a series has no place at it.
    """

    row: EventRow
    has_place: bool
    joining: str
    has_declined: bool = False

    @property
    def event(self) -> EventPage:
        return self.row.event

    @property
    def has_day(self) -> bool:
        """Whether a calendar can hold it."""
        return self.event.calendar_date.is_dated


@dataclass(frozen=True)
class MeetingMaterials:
    """The documents of a meeting, and the keys of those in a private collection. The event has the recording."""

    event: EventPage
    documents: list[AbstractDocument]
    private: set[int]


def meetings_of(network: NetworkPage, membership: Membership) -> list[Meeting]:
    """Return the next meetings of a network, as far as they are public, with what the member may know. Seven queries."""
    events: list[EventPage] = network.upcoming_events
    places = _places(membership.email, events)
    declined = _declined(places.values())
    return [_meeting(row, places.get(row.event.pk), declined) for row in event_rows(events)]


def _meeting(row: EventRow, place: Registration | None, declined: set[tuple[int, str]]) -> Meeting:
    has_declined = place is not None and (place.pk, row.event.calendar_uid) in declined
    if place is None or has_declined:
        return Meeting(row, has_place=False, joining="", has_declined=has_declined)
    return Meeting(row, has_place=True, joining=joining_for(place))


def _declined(registrations: Iterable[Registration]) -> set[tuple[int, str]]:
    """Return the meetings of series that are declined, as (registration, UID)."""
    rows = MeetingParticipation.objects.filter(
        registration__in={registration.pk for registration in registrations}, status=Participation.NOT_COMING
    )
    return set(rows.values_list("registration_id", "meeting"))


def _places(email: str, events: Sequence[EventPage]) -> dict[int, Registration]:
    """Return the place that an address has by event: at the event itself, or at the series to which it belongs."""
    above = {event.pk: event.path[: -event.steplen] for event in events}
    series = dict(EventSeriesPage.objects.filter(path__in=above.values()).values_list("path", "translation_key"))
    keys = {event.translation_key for event in events} | set(series.values())
    rows = Registration.objects.of_address(email).confirmed().filter(desk__translation_key__in=keys)
    by_key = {row.desk.translation_key: row for row in rows.select_related("desk").order_by("pk")}
    found = {}
    for event in events:
        keys_of_event = (event.translation_key, series.get(above[event.pk]))
        if row := next((by_key[key] for key in keys_of_event if key in by_key), None):
            found[event.pk] = row
    return found


def materials_of(network: NetworkPage) -> list[MeetingMaterials]:
    """Return the latest meetings of a network that have documents or a recording, the latest first. Three queries."""
    latest = list(network.calendar_events.exclude(sort_start=FAR_FUTURE).order_by("-sort_start", "-pk")[:MEETINGS])
    wanted = {event.pk: _document_keys(event) for event in latest}
    keys = {key for found in wanted.values() for key in found}
    documents = get_document_model().objects.select_related("collection").in_bulk(keys)
    closed = tuple(CollectionViewRestriction.objects.values_list("collection__path", flat=True))
    private = {key for key, document in documents.items() if document.collection.path.startswith(closed)}
    rows = [
        MeetingMaterials(event, [documents[key] for key in wanted[event.pk] if key in documents], private)
        for event in latest
    ]
    return [row for row in rows if row.documents or row.event.recording_url][:MAX_EVENTS]


def private_document(network: NetworkPage, key: int) -> AbstractDocument | None:
    """Return a document in a private collection among the materials of a network's meetings; None for any other."""
    for row in materials_of(network):
        for document in row.documents:
            if document.pk == key and key in row.private:
                return document
    return None


def _document_keys(event: EventPage) -> list[int]:
    """Return the keys of the documents among an event's materials, without loading each."""
    return [item["value"] for item in event.materials.raw_data if item["type"] == "document" and item["value"]]


def calendar_for(network: NetworkPage, membership: Membership, language: str) -> bytes:
    """Return the coming meetings that the member has not declined as a calendar file, with the joining instructions.

    b"" when none has a day.
    """
    entries = []
    for meeting in meetings_of(network, membership):
        found = None if meeting.has_declined else registrant_entry(meeting.event, meeting.event)
        if found is None:
            continue
        entry = entry_of(found)
        text = "\n\n".join(part for part in (meeting.joining, entry.description) if part)
        entries.append(replace(entry, description=text))
    return write_calendar(entries, product="Events", language=language) if entries else b""
