"""The calendar file of a mail (RFC 5545, RFC 5546)."""

from datetime import UTC, timedelta
from email.utils import parseaddr
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils import timezone
from icalendar import Calendar, Event, vCalAddress, vText

from verkosto.registrations.facts import CalendarEntry
from verkosto.registrations.models import Desk


def calendar_of(desk: Desk, language: str, method: str, *, attendee: str = "") -> bytes:
    """The desk's meetings as a calendar file; b"" when none has a time.

    ``method`` "REQUEST" enters or replaces, "CANCEL" takes out. The UID stays; SEQUENCE grows with each change told.
    """
    version = desk.version(language)
    entries = [CalendarEntry.from_json(entry) for entry in version.get("entries", [])]
    if not entries:
        return b""
    calendar = Calendar()
    calendar.add("prodid", "-//Verkosto//Registrations//EN")
    calendar.add("version", "2.0")
    calendar.add("method", method)
    for entry in entries:
        calendar.add_component(_event(entry, desk, cancelled=entry.cancelled or method == "CANCEL", attendee=attendee))
    calendar.add_missing_timezones()
    return calendar.to_ical()


def _event(entry: CalendarEntry, desk: Desk, *, cancelled: bool, attendee: str) -> Event:
    zone = ZoneInfo(entry.timezone)
    event = Event()
    event.add("uid", entry.uid)
    event.add("dtstamp", timezone.now().astimezone(UTC))
    event.add("sequence", desk.calendar_sequence if entry.sequence is None else entry.sequence)
    event.add("summary", entry.title.replace("\N{NO-BREAK SPACE}", " "))
    starts_at = entry.starts_at.astimezone(zone)
    ends_at = entry.ends_at.astimezone(zone) if entry.ends_at else None
    if entry.whole_days:
        event.add("dtstart", starts_at.date())
        # The end of whole days is the day after the last one (RFC 5545 §3.6.1).
        event.add("dtend", (ends_at or starts_at).date() + timedelta(days=1))
    else:
        event.add("dtstart", starts_at)
        if ends_at:
            event.add("dtend", ends_at)
    for name, value in (("location", entry.where), ("url", entry.url), ("description", entry.description)):
        if value:
            event.add(name, value.replace("\N{NO-BREAK SPACE}", " "))
    event.add("status", "CANCELLED" if cancelled else "CONFIRMED")
    organiser = vCalAddress(f"mailto:{parseaddr(settings.DEFAULT_FROM_EMAIL)[1]}")
    organiser.params["cn"] = vText(settings.WAGTAIL_SITE_NAME)
    event.add("organizer", organiser)
    if attendee and not any(character in attendee for character in "\r\n"):
        person = vCalAddress(f"mailto:{attendee}")
        person.params["partstat"] = vText("DECLINED" if cancelled else "ACCEPTED")
        person.params["rsvp"] = vText("FALSE")
        event.add("attendee", person)
    return event
