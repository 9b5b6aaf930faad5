from collections.abc import Iterable
from datetime import date

from django import template
from django.utils.safestring import SafeString
from django.utils.translation import gettext, ngettext
from wagtail.models import Page

from event_pages.calendar_subscriptions import CalendarSubscription, subscription_of
from event_pages.event_list import MAX_COUNT
from event_pages.event_rows import EventRow
from event_pages.event_rows import event_rows as rows_of
from event_pages.models import EventPage
from event_pages.series_timeline import TimelineEntry, timeline
from verkosto.core.templatetags.date_tags import time_of_day

register = template.Library()


@register.simple_tag
def series_timeline(events: Iterable[EventPage]) -> list[TimelineEntry]:
    """Return the events with their states: past, next, upcoming, postponed, cancelled or not yet announced."""
    return timeline(events)


@register.simple_tag
def event_rows(events: Iterable[EventPage]) -> list[EventRow]:
    """Return the rows of a list: date, place, organisers and whether one can register. At most three queries."""
    return rows_of(events)


@register.simple_tag
def start_time(event: EventPage, day: date) -> SafeString:
    """Return the time at which an event starts on a day in a ``<time>`` element; "" on the other days that it lasts."""
    return time_of_day(event.current_date.start_time_on(day))


@register.simple_tag
def event_count(count: int) -> str:
    """Return how many events a list has, in the active language. A list is counted to ``MAX_COUNT`` and no further."""
    if count >= MAX_COUNT:
        return gettext("At least %(count)s events") % {"count": MAX_COUNT}
    return ngettext("%(count)s event", "%(count)s events", count) % {"count": count}


@register.simple_tag
def subscription(page: Page) -> CalendarSubscription | None:
    """Return the addresses of the calendar and the feeds of a page; None for a page without events."""
    return subscription_of(page)
