from collections.abc import Iterable

from django import template

from event_pages.models import EventPage
from event_pages.season import Station, stations

register = template.Library()


@register.simple_tag
def season_line(events: Iterable[EventPage]) -> list[Station]:
    """The events as stations: past, next, to come, postponed, cancelled or not yet announced."""
    return stations(events)
