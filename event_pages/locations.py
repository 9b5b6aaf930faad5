"""The location of an event, as text or HTML."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from event_pages.enums import Attendance
from verkosto.core.html import in_language
from verkosto.core.locales import language_code_of

if TYPE_CHECKING:
    from event_pages.models import EventPage


def with_attendance(on_site: str, attendance: Attendance) -> str:
    """Return the location of an event in the active language: ``on_site`` (text or HTML), online, or both."""
    if attendance == Attendance.ONLINE:
        return gettext("Online")
    if attendance != Attendance.HYBRID:
        return on_site
    if not on_site:
        return gettext("On site and online")
    message = gettext("%(place)s, and online")
    if isinstance(on_site, SafeString):
        return format_html(message.replace("%(place)s", "{}"), on_site)
    return message % {"place": on_site}


def location_text(event: EventPage) -> str:
    """Return room, venue and address in one line, or that the event is online."""
    venue = event.venue
    parts = [event.room, *([venue.name, venue.address] if venue else [])]
    return with_attendance(", ".join(part for part in parts if part), event.current_attendance)


def location_html(event: EventPage) -> SafeString:
    """Return the location as HTML, with the language of a venue that is not in the language of the page."""
    venue = event.venue
    code = language_code_of(venue)
    names = [venue.name, venue.address] if venue else []
    parts = [event.room, *(in_language(name, code) for name in names)]
    on_site = format_html_join(", ", "{}", ((part,) for part in parts if part))
    return SafeString(conditional_escape(with_attendance(on_site, event.current_attendance)))
