from collections.abc import Iterable

from django import template

from event_pages.models import EventPage
from event_pages.series_timeline import TimelineEntry, timeline

register = template.Library()


@register.simple_tag
def series_timeline(events: Iterable[EventPage]) -> list[TimelineEntry]:
    """Return the events with their states: past, next, upcoming, postponed, cancelled or not yet announced."""
    return timeline(events)
