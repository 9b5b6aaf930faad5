"""The agenda of an event or a series, grouped by days, by items at the same time, and by their parts."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

from event_pages.enums import AgendaPlacement

if TYPE_CHECKING:
    from event_pages.models import AgendaItem


@dataclass(frozen=True)
class AgendaEntry:
    """An item with the items that are parts of it."""

    item: AgendaItem
    parts: list[AgendaItem] = field(default_factory=list)


@dataclass(frozen=True)
class AgendaSlot:
    """An item, or several at the same time in parallel tracks."""

    entries: list[AgendaEntry]

    @property
    def first(self) -> AgendaItem:
        """The item that gives the slot its time."""
        return self.entries[0].item

    @property
    def is_parallel(self) -> bool:
        return len(self.entries) > 1


@dataclass(frozen=True)
class AgendaDay:
    """The items of one day. ``day`` is None if no item says its day, as in an event of one day."""

    day: date | None
    slots: list[AgendaSlot]


def group_by_day(items: Iterable[AgendaItem]) -> list[AgendaDay]:
    """Return the items grouped by day. An item without a day is on the same day as the item before it.

    The first item of a day stands on its own, whatever its placement.
    """
    days: list[AgendaDay] = []
    for item in items:
        if not days or (item.day and item.day != days[-1].day):
            days.append(AgendaDay(item.day, []))
        _place(item, days[-1].slots)
    return days


def _place(item: AgendaItem, slots: list[AgendaSlot]) -> None:
    if not slots or item.placement == AgendaPlacement.OWN:
        slots.append(AgendaSlot([AgendaEntry(item)]))
    elif item.placement == AgendaPlacement.PARALLEL:
        slots[-1].entries.append(AgendaEntry(item))
    else:
        slots[-1].entries[-1].parts.append(item)
