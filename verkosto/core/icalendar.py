"""The writer of iCalendar files: for downloads, calendars to subscribe to, and mails (RFC 5545, RFC 5546, RFC 6047)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache

from django.utils import timezone
from icalendar import Calendar, Event, Timezone, vCalAddress, vText

from verkosto.core.text import clean_line, clean_text

CONTENT_TYPE = "text/calendar; charset=utf-8"
# The changes of a time zone's offset are written for so many years before the first entry and after the last.
ZONE_MARGIN = 2

# Methods (RFC 5546 §3.2): "PUBLISH" offers the entries to anybody, "REQUEST" adds or replaces them in the calendar of
# the attendee, "CANCEL" removes them.
PUBLISH, REQUEST, CANCEL = "PUBLISH", "REQUEST", "CANCEL"


@dataclass(frozen=True, kw_only=True)
class Entry:
    """One VEVENT. ``start`` and ``end`` are both times with a zone, or both days, of which ``end`` is the last."""

    uid: str
    title: str
    start: datetime | date
    end: datetime | date | None = None
    # Grows with each change of the entry (RFC 5545 §3.8.7.4).
    sequence: int = 0
    # When this version of the entry was made; None for the current time.
    stamp: datetime | None = None
    last_modified: datetime | None = None
    cancelled: bool = False
    # Whether the attendee has yet to say whether they come, as with an offered place (RFC 5545 §3.8.1.11).
    tentative: bool = False
    description: str = ""
    location: str = ""
    url: str = ""
    categories: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Subscription:
    """The properties of a calendar to subscribe to: its name, and how often clients should read it again."""

    name: str
    refresh: timedelta = timedelta(hours=1)


@dataclass(frozen=True, kw_only=True)
class Organizer:
    """The organiser of the entries (RFC 5545 §3.8.4.3)."""

    name: str
    email: str


def write_calendar(
    entries: Sequence[Entry],
    *,
    product: str,
    method: str = PUBLISH,
    language: str = "",
    subscription: Subscription | None = None,
    organizer: Organizer | None = None,
    attendee: str = "",
    asks_for_reply: bool = False,
) -> bytes:
    """Return the entries as a calendar file, in the order given.

    ``product`` names the writer, such as "Events"; ``language`` is that of the titles. ``attendee`` is the address to
    which the file is mailed; with ``asks_for_reply`` its calendar may answer to the organiser (RFC 5546 §3.2.3).
    """
    calendar = Calendar()
    calendar.add("prodid", f"-//Verkosto//{product}//EN")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", method)
    if subscription:
        _add_subscription(calendar, subscription)
    for zone in _zones(entries):
        calendar.add_component(zone)
    for entry in entries:
        event = _event(entry, language=language, cancelled=entry.cancelled or method == CANCEL)
        if organizer:
            event.add("organizer", _organizer(organizer))
        if attendee and attendee == clean_line(attendee):
            attends = event["status"] != "CANCELLED"
            answer = ("NEEDS-ACTION" if entry.tentative else "ACCEPTED") if attends else "DECLINED"
            event.add("attendee", _attendee(attendee, answer, asks_for_reply=asks_for_reply and attends))
        calendar.add_component(event)
    return calendar.to_ical()


def _add_subscription(calendar: Calendar, subscription: Subscription) -> None:
    """Add the properties of RFC 7986 and their older names, which Apple's and Microsoft's calendars read."""
    name, seconds = clean_line(subscription.name), int(subscription.refresh.total_seconds())
    calendar.add("name", name)
    calendar.add("x-wr-calname", name)
    calendar.add("x-published-ttl", f"PT{seconds // 3600}H" if seconds % 3600 == 0 else f"PT{seconds}S")
    calendar.add("refresh-interval", subscription.refresh, parameters={"value": "DURATION"})


def _event(entry: Entry, *, language: str, cancelled: bool) -> Event:
    event = Event()
    event.add("uid", entry.uid)
    event.add("dtstamp", (entry.stamp or timezone.now()).astimezone(UTC))
    if entry.last_modified:
        event.add("last-modified", entry.last_modified.astimezone(UTC))
    event.add("sequence", entry.sequence)
    _add_times(event, entry)
    event.add("summary", clean_line(entry.title), parameters={"language": language} if language else {})
    if description := clean_text(entry.description).strip():
        event.add("description", description)
    for name, value in (("location", entry.location), ("url", entry.url)):
        if line := clean_line(value):
            event.add(name, line)
    event.add("status", "CANCELLED" if cancelled else "TENTATIVE" if entry.tentative else "CONFIRMED")
    event.add("transp", "TRANSPARENT" if cancelled else "OPAQUE")
    if entry.categories:
        event.add("categories", [clean_line(category) for category in entry.categories])
    return event


def _add_times(event: Event, entry: Entry) -> None:
    if isinstance(entry.start, datetime):
        event.add("dtstart", _local_time(entry.start))
        if isinstance(entry.end, datetime) and entry.end.astimezone(UTC) > entry.start.astimezone(UTC):
            event.add("dtend", _local_time(entry.end))
    else:
        event.add("dtstart", entry.start)
        # The end of whole days is the day after the last one (RFC 5545 §3.6.1).
        event.add("dtend", (entry.end or entry.start) + timedelta(days=1))


def _local_time(at: datetime) -> datetime:
    """Return a time in its zone, or in UTC if it is the second of two: local, it would be the first (RFC 5545 §3.3.5)."""
    return at.astimezone(UTC) if at.utcoffset() != at.replace(fold=0).utcoffset() else at


def _organizer(organizer: Organizer) -> vCalAddress:
    address = vCalAddress(f"mailto:{organizer.email}")
    address.params["cn"] = vText(clean_line(organizer.name))
    return address


def _attendee(email: str, answer: str, *, asks_for_reply: bool) -> vCalAddress:
    """Return an attendee with their answer (PARTSTAT, RFC 5545 §3.2.12)."""
    address = vCalAddress(f"mailto:{email}")
    address.params["partstat"] = vText(answer)
    address.params["rsvp"] = vText("TRUE" if asks_for_reply else "FALSE")
    return address


def _zones(entries: Sequence[Entry]) -> list[Timezone]:
    """Return the time zones of the entries; UTC needs none (RFC 5545 §3.6.5)."""
    starts = [entry.start for entry in entries]
    names = {str(start.tzinfo) for start in starts if isinstance(start, datetime)} - {"UTC"}
    if not names:
        return []
    years = [start.year for start in starts]
    return [_zone(name, min(years) - ZONE_MARGIN, max(years) + ZONE_MARGIN) for name in sorted(names)]


@lru_cache(maxsize=64)
def _zone(name: str, first_year: int, last_year: int) -> Timezone:
    return Timezone.from_tzid(name, first_date=date(first_year, 1, 1), last_date=date(last_year, 12, 31))
