"""Warnings to editors about what is allowed, but probably a mistake."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import time, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext as _
from wagtail.admin import messages

from event_pages.enums import DatePrecision
from verkosto.core.formats import format_bare_time, format_day, format_deadline
from verkosto.core.models import BasePage
from verkosto.core.zones import is_midnight

if TYPE_CHECKING:
    from event_pages.forms import EventForm
    from event_pages.models import EventPage

#: Times until which something is possible. At midnight, people take them for the end of that day.
DEADLINES = ("registration_closes_at", "changes_close_at", "members_until")


def warnings_of(event: EventPage) -> dict[str, str]:
    """Return the warnings about an event by the name of the field that each concerns. No query."""
    found: dict[str, str] = {}
    is_over = event.current_date.span[1] < timezone.now()
    if event.registration_enabled and event.is_held and is_over:
        date_field = "starts_at" if event.date_precision == DatePrecision.EXACT else "starts_on"
        found[date_field] = _("This date has passed, so no one can register.")
    if event.has_online_access and event.is_held and not is_over and not (event.joining_url or event.meeting_provider):
        found["joining_url"] = _("The event is online, but there is no joining link.")
    found |= dict(_clock_change_during(event))
    if event.registration_enabled:
        found |= dict(_midnight_deadlines(event))
        if event.is_held and not is_over:
            found |= dict(_closing_time(event))
    return found


def _clock_change_during(event: EventPage) -> Iterator[tuple[str, str]]:
    start, end = event.planned_date.local_start, event.planned_date.local_end
    if start and end and start.utcoffset() != end.utcoffset() and end - start < timedelta(days=2):
        yield "ends_at", _("The clocks change between the start and the end. Check both times.")


def _midnight_deadlines(event: EventPage) -> Iterator[tuple[str, str]]:
    """Yield a warning for each deadline at midnight: "until 7 December" is meant to include that day."""
    text = _("At midnight, the last day is %(last)s. If %(day)s should count too, give the time %(time)s.")
    for name in DEADLINES:
        moment = getattr(event, name)
        if moment and is_midnight(moment, event.timezone):
            day = moment.astimezone(ZoneInfo(event.timezone)).date()
            last = format_day(day - timedelta(days=1))
            yield name, text % {"last": last, "day": format_day(day), "time": format_bare_time(time(23, 59))}


def _closing_time(event: EventPage) -> Iterator[tuple[str, str]]:
    closes, (start, _end) = event.registration_closes_at, event.span
    if closes and closes < timezone.now():
        text = _("Registration closed on %(time)s, so no one can register.")
        yield "registration_closes_at", text % {"time": format_deadline(closes, event.timezone)}
    elif closes and start and closes > start:
        yield "registration_closes_at", _("Registration closes after the event has begun.")


def show_next_to_fields(form: EventForm) -> None:
    """Add the warnings about a form's event to the help texts of their fields."""
    for name, warning in warnings_of(form.instance).items():
        if name in form.fields:
            field = form.fields[name]
            field.help_text = format_html("<strong>{}</strong> {}", warning, field.help_text)


def warn_after_publishing(request: HttpRequest, page: BasePage) -> None:
    """Show the warnings about an event as messages after it was published. For the hook ``after_publish_page``."""
    event = page.specific
    if not hasattr(event, "joining_url"):
        return
    for warning in warnings_of(event).values():
        edit = messages.button(reverse("wagtailadmin_pages:edit", args=[event.pk]), _("Edit"))
        messages.warning(request, f"{event.get_admin_display_title()}: {warning}", buttons=[edit])
