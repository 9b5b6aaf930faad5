"""The calendar files of a desk's meetings, for mails and downloads."""

from dataclasses import dataclass, replace
from zoneinfo import ZoneInfo

from verkosto.core.icalendar import CANCEL, PUBLISH, REQUEST, Entry, Organizer, write_calendar
from verkosto.core.page_urls import absolute_url
from verkosto.registrations import conf
from verkosto.registrations.facts import CalendarEntry
from verkosto.registrations.mail.meetings import ALL_MEETINGS, MeetingChoices
from verkosto.registrations.mail.reply_addresses import reply_address, takes_replies
from verkosto.registrations.models import Desk, Registration

PRODUCT = "Registrations"


@dataclass(frozen=True, kw_only=True)
class CalendarFile:
    """A calendar file and its method, which every part of a mail that carries it names (RFC 6047 §2.4)."""

    method: str
    content: bytes

    @property
    def content_type(self) -> str:
        return f"text/calendar; method={self.method}"


def calendar_of(desk: Desk, language: str, choices: MeetingChoices = ALL_MEETINGS, venue: str = "") -> bytes:
    """Return the desk's meetings as a calendar file to download; b"" when no meeting has a date."""
    entries = _entries(desk, language, choices, venue)
    return _write(desk, language, entries, PUBLISH) if entries else b""


def calendar_files(
    desk: Desk,
    language: str,
    method: str,
    *,
    attendee: str,
    choices: MeetingChoices = ALL_MEETINGS,
    venue: str = "",
    registration: Registration | None = None,
    tentative: bool = False,
) -> list[CalendarFile]:
    """Return the desk's meetings as the calendar files of a mail to a registrant.

    ``method`` is REQUEST or CANCEL. ``choices`` are the registrant's, at a series; ``venue`` is the location that they
    have chosen, "" for that of the event. The calendar of a ``registration`` may answer, if the desk takes answers. The
    entries are ``tentative`` for somebody who has an offer and has not accepted it. Meetings that do not take place are in a
    file of their own that removes them: a file has one method. The UID of an entry stays the same; its SEQUENCE grows
    with each change that registrants are notified of.
    """
    entries = _entries(desk, language, choices, venue)
    held = [entry for entry in entries if not entry.cancelled and method == REQUEST]
    removed = [entry for entry in entries if entry not in held]
    held = [replace(entry, tentative=tentative) for entry in held]
    files = []
    for file_method, file_entries in ((REQUEST, held), (CANCEL, removed)):
        if file_entries:
            content = _write(desk, language, file_entries, file_method, attendee=attendee, registration=registration)
            files.append(CalendarFile(method=file_method, content=content))
    return files


def entry_of(entry: CalendarEntry, *, sequence: int = 0) -> Entry:
    """Return a meeting as an entry of a calendar file. ``sequence`` is used if the meeting has no SEQUENCE of its own."""
    zone = ZoneInfo(entry.timezone)
    start = entry.starts_at.astimezone(zone)
    end = entry.ends_at.astimezone(zone) if entry.ends_at else None
    return Entry(
        uid=entry.uid,
        title=entry.title,
        start=start.date() if entry.whole_days else start,
        end=end.date() if end and entry.whole_days else end,
        sequence=sequence if entry.sequence is None else entry.sequence,
        cancelled=entry.cancelled,
        description=entry.description,
        location=entry.where,
        url=absolute_url(entry.url, entry.site),
    )


def organizer_of(desk: Desk, language: str, registration: Registration | None = None) -> Organizer:
    """Return the organiser that the desk's entries name, with the name in a language.

    The address is stored, so that the organiser of a UID never changes: calendars know an organiser by it. Where a
    registrant's calendar may answer, the organiser's address is the one to which it does.
    """
    email = desk.organizer.get("email") or conf.sender_address()
    if registration and takes_replies(desk):
        email = reply_address(registration)
    return Organizer(name=desk.organiser_name(language) or conf.site_name(), email=email)


def _entries(desk: Desk, language: str, choices: MeetingChoices, venue: str) -> list[Entry]:
    stored = map(CalendarEntry.from_json, desk.version(language).get("entries", []))
    entries = [entry_of(entry, sequence=desk.calendar_sequence) for entry in stored if choices.includes(entry.uid)]
    return [
        replace(entry, sequence=entry.sequence + choices.changes.get(entry.uid, 0), location=venue or entry.location)
        for entry in entries
    ]


def _write(
    desk: Desk,
    language: str,
    entries: list[Entry],
    method: str,
    *,
    attendee: str = "",
    registration: Registration | None = None,
) -> bytes:
    return write_calendar(
        entries,
        product=PRODUCT,
        method=method,
        organizer=organizer_of(desk, language, registration),
        attendee=attendee,
        asks_for_reply=registration is not None and takes_replies(desk),
    )
