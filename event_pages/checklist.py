"""What the editor of an event shows above the fields: what is saved, and what to look at before publishing."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from django.utils.html import strip_tags
from django.utils.translation import gettext as _

from event_pages.enums import DatePrecision
from event_pages.online_meetings.joining_links import meeting_warning
from event_pages.publication_warnings import warnings_of
from verkosto.core.checklist import Check, fields_with_html

if TYPE_CHECKING:
    from event_pages.models import EventPage

YEAR = re.compile(r"\b(?:19|20|21)\d\d\b")
# The beginnings of the months' names in Finnish, Swedish and English.
MONTHS = (
    "jan|feb|mar|apr|ma[jy]|jun|jul|aug|sep|o[kc]t|nov|dec"
    "|tammi|helmi|maalis|huhti|touko|kesä|heinä|elo|syys|loka|marras|joulu"
)
#: "7.10.2026", "7. lokakuuta 2026", "7 October 2026".
DAY = re.compile(rf"\b\d{{1,2}}\.?\s?(?:\d{{1,2}}\.|(?:{MONTHS})\w*)\s?(?P<year>(?:19|20|21)\d\d)\b", re.IGNORECASE)


def summary_of(event: EventPage) -> list[str]:
    """Return the date, status, format, places and deadline of an event in the active language."""
    online = str(event.current_attendance.label) if event.has_online_access else ""
    elsewhere = [_("Registration on another website")] if event.external_registration_url else []
    not_needed = [_("No registration needed")] if event.registration_not_needed else []
    registration = elsewhere or not_needed or event.registration_summary
    return [part for part in (event.date_text, event.status_text, online, event.price, *registration) if part]


def event_checks(event: EventPage) -> Iterator[Check]:
    """Yield what should be looked at before an event is published. One query; one more for an online meeting.

    What is only for a draft that has never been public, such as a copy, ends when it is published.
    """
    warnings = warnings_of(event)
    for field, text in warnings.items():
        yield Check(text, field)
    date_field = "starts_at" if event.date_precision == DatePrecision.EXACT else "starts_on"
    if not event.live and event.is_held and event.is_over and date_field not in warnings:
        yield Check(_("This date has passed."), date_field)
    if event.meeting_provider and (text := meeting_warning(event)):
        yield Check(text, "meeting_provider")
    if text := agenda_warning(event):
        yield Check(text, "agenda_items")
    yield from _old_years(event)
    if not event.live:
        yield from _left_over(event)


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


def _old_years(event: EventPage) -> Iterator[Check]:
    """Yield a check for each text that names an earlier year than the event's, as the texts of a copy do."""
    days = event.current_date.possible_days
    if days is None or event.is_over:
        return
    for field in ("title", "subtitle", "summary"):
        years = [year for year in map(int, YEAR.findall(getattr(event, field))) if year < days[0].year]
        if years:
            text = _("The text mentions the year %(year)s, but the event is in %(own)s.")
            yield Check(text % {"year": years[0], "own": days[0].year}, field)


def _left_over(event: EventPage) -> Iterator[Check]:
    """Yield what a copy may still have of the event before: days of an earlier year in its texts, a notice."""
    days = event.current_date.possible_days
    if days is None or event.is_over:
        return
    for field, html in _long_texts(event):
        found = (match for match in DAY.finditer(strip_tags(html)) if int(match["year"]) < days[0].year)
        if match := next(found, None):
            text = _("The text mentions %(day)s, but the event is in %(own)s.")
            yield Check(text % {"day": match.group(), "own": days[0].year}, field)
    if event.notice:
        yield Check(_("The page has a temporary notice. Check that it is about this event."), "notice")


def _long_texts(event: EventPage) -> Iterator[tuple[str, str]]:
    """Yield the texts in which deadlines are written, as HTML or plain, with the names of their fields."""
    yield from fields_with_html(event)
    for name in ("audience", "price_details", "accommodation", "text_in_mail"):
        yield name, getattr(event, name)
    for item in event.agenda_items.all():
        yield "agenda_items", item.abstract
