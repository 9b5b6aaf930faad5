"""The timeline of a series: its events in order, each with its state."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from django.utils import timezone

from event_pages.enums import DatePrecision, TimelineState
from verkosto.registrations.enums import EventStatus

if TYPE_CHECKING:
    from event_pages.models import EventPage


@dataclass(frozen=True)
class TimelineEntry:
    """An event of a series with its state."""

    event: EventPage
    state: TimelineState


def timeline(events: Iterable[EventPage], now: datetime | None = None) -> list[TimelineEntry]:
    """Return the events with their states, in their order. The state of the earliest upcoming one is ``NEXT``."""
    now = now or timezone.now()
    entries = [TimelineEntry(event, _state(event, now)) for event in events]
    upcoming = [entry for entry in entries if entry.state is TimelineState.UPCOMING]
    if not upcoming:
        return entries
    following = min(upcoming, key=lambda entry: entry.event.sort_start)
    return [TimelineEntry(entry.event, TimelineState.NEXT) if entry is following else entry for entry in entries]


def _state(event: EventPage, now: datetime) -> TimelineState:
    if event.status == EventStatus.CANCELLED:
        return TimelineState.CANCELLED
    if event.status == EventStatus.POSTPONED:
        return TimelineState.POSTPONED
    if event.date_precision == DatePrecision.UNANNOUNCED:
        return TimelineState.UNANNOUNCED
    if not event.is_over_at(now):
        return TimelineState.UPCOMING
    # Only a month was ever announced, and it has passed: whether the event was held is not known.
    return TimelineState.UNANNOUNCED if event.date_precision == DatePrecision.MONTH else TimelineState.PAST
