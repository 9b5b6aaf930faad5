"""The season line: the events of a series as stations on a line."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from django.db.models import TextChoices
from django.utils import timezone
from django.utils.translation import pgettext_lazy

from event_pages.when import Precision

if TYPE_CHECKING:
    from event_pages.models import EventPage


class State(TextChoices):
    PAST = "past", pgettext_lazy("station of a season", "Held")
    NEXT = "next", pgettext_lazy("station of a season", "Next")
    UPCOMING = "upcoming", pgettext_lazy("station of a season", "Upcoming")
    POSTPONED = "postponed", pgettext_lazy("station of a season", "Postponed")
    CANCELLED = "cancelled", pgettext_lazy("station of a season", "Cancelled")
    UNANNOUNCED = "unannounced", pgettext_lazy("station of a season", "Not yet announced")


@dataclass(frozen=True)
class Station:
    event: EventPage
    state: State


def stations(events: Iterable[EventPage], now: datetime | None = None) -> list[Station]:
    """The events in their order, each with what has become of it; the earliest that is to be held is "next"."""
    now = now or timezone.now()
    line = [Station(event, _state(event, now)) for event in events]
    to_come = [station for station in line if station.state is State.UPCOMING]
    if not to_come:
        return line
    following = min(to_come, key=lambda station: station.event.sort_start)
    return [Station(station.event, State.NEXT) if station is following else station for station in line]


def _state(event: EventPage, now: datetime) -> State:
    if event.status in (State.CANCELLED, State.POSTPONED):
        return State(event.status)
    if event.date_precision == Precision.UNANNOUNCED:
        return State.UNANNOUNCED
    if event.sort_end >= now:
        return State.UPCOMING
    # Of a month that went by without a day nobody knows whether there was a meeting.
    return State.UNANNOUNCED if event.date_precision == Precision.MONTH else State.PAST
