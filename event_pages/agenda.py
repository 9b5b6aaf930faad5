"""The agenda of an event or a series, grouped by days."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from event_pages.models import AgendaItem


@dataclass(frozen=True)
class AgendaDay:
    """The items of one day. ``day`` is None if no item says its day, as in an event of one day."""

    day: date | None
    items: list[AgendaItem]


def group_by_day(items: Iterable[AgendaItem]) -> list[AgendaDay]:
    """Return the items grouped by day. An item without a day is on the same day as the item before it."""
    days: list[AgendaDay] = []
    for item in items:
        if not days or (item.day and item.day != days[-1].day):
            days.append(AgendaDay(item.day, []))
        days[-1].items.append(item)
    return days
