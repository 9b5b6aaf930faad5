"""What the editor of an event shows above the fields: what is saved, and what to look at before publishing."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from event_pages.publication_warnings import warnings_of
from verkosto.core.checklist import Check

if TYPE_CHECKING:
    from event_pages.models import EventPage


def summary_of(event: EventPage) -> list[str]:
    """Return the date, status, format, places and deadline of an event in the active language."""
    online = str(event.current_attendance.label) if event.has_online_access else ""
    return [part for part in (event.date_text, event.status_text, online, *event.registration_summary) if part]


def event_checks(event: EventPage) -> Iterator[Check]:
    """Yield what should be looked at before an event is published. One query."""
    for field, text in warnings_of(event).items():
        yield Check(text, field)
    if text := agenda_warning(event):
        yield Check(text, "agenda_items")


def agenda_warning(event: EventPage) -> str:
    """Return a warning about an agenda without days, or with a day on which the event is not; "" for none. One query."""
    periods = event.agenda_periods
    days = [item.day for item in event.agenda_items.all()]
    if not periods or not days:
        return ""
    if any(day and not any(first <= day <= last for first, last in periods) for day in days):
        return _("An item of the programme is on a day when the event is not held.")
    first, last = periods[0]
    if first < last and event.days and not any(days):
        return _("The event lasts several days, but no item of the programme has a day.")
    return ""
