"""The location of an event, as text or HTML."""

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from event_pages.enums import Attendance


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
