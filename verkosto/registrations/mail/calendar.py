"""The meetings of a desk as a calendar file, for mails and downloads."""

from zoneinfo import ZoneInfo

from verkosto.core.icalendar import Entry, Organizer, write_calendar
from verkosto.registrations import conf
from verkosto.registrations.facts import CalendarEntry
from verkosto.registrations.models import Desk

PRODUCT = "Registrations"


def calendar_of(desk: Desk, language: str, method: str, *, attendee: str = "") -> bytes:
    """Return the desk's meetings as a calendar file; b"" when none has a time.

    ``method`` is one of ``core.icalendar``. The UID of an entry stays the same; its SEQUENCE grows with each change
    that registrants are notified of.
    """
    entries = [CalendarEntry.from_json(entry) for entry in desk.version(language).get("entries", [])]
    if not entries:
        return b""
    return write_calendar(
        [_entry(entry, desk) for entry in entries],
        product=PRODUCT,
        method=method,
        organizer=Organizer(name=conf.site_name(), email=conf.sender_address()),
        attendee=attendee,
    )


def _entry(entry: CalendarEntry, desk: Desk) -> Entry:
    zone = ZoneInfo(entry.timezone)
    start = entry.starts_at.astimezone(zone)
    end = entry.ends_at.astimezone(zone) if entry.ends_at else None
    return Entry(
        uid=entry.uid,
        title=entry.title,
        start=start.date() if entry.whole_days else start,
        end=end.date() if end and entry.whole_days else end,
        sequence=desk.calendar_sequence if entry.sequence is None else entry.sequence,
        cancelled=entry.cancelled,
        description=entry.description,
        location=entry.where,
        url=entry.url,
    )
