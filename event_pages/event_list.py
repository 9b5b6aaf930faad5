"""The pagination of event lists, and the grid of a month."""

from __future__ import annotations

from calendar import Calendar
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from django.core.paginator import Page, Paginator
from django.utils import timezone
from django.utils.functional import cached_property

if TYPE_CHECKING:
    from event_pages.models import EventPage
    from event_pages.querysets import EventQuerySet

PER_PAGE = 20
#: Only so many events of a list can be paged through, so that its cost is limited. For others visitors use the filters.
MAX_COUNT = 400


class BoundedPaginator(Paginator):
    """A paginator that counts to ``MAX_COUNT`` and no further."""

    object_list: EventQuerySet

    @cached_property
    def count(self) -> int:
        return self.object_list.order_by()[:MAX_COUNT].count()


@dataclass(frozen=True)
class MonthDay:
    """A day in the grid of a month, which also has the days before and after it that complete its weeks."""

    day: date
    in_month: bool
    is_today: bool
    events: list[EventPage]


@dataclass(frozen=True)
class Month:
    """A month as a grid of weeks from Monday on, with the events of each day."""

    first: date
    weeks: list[list[MonthDay]]

    @property
    def previous(self) -> date:
        return (self.first - timedelta(days=1)).replace(day=1)

    @property
    def following(self) -> date:
        return (self.first + timedelta(days=32)).replace(day=1)


def page_number(asked: str | None) -> int:
    """Return the requested page number: 1 if it is not valid, and at most that of the last page of any list."""
    digits = asked if asked and asked.isascii() and asked.isdigit() and len(asked) < 7 else "1"
    return min(max(int(digits), 1), MAX_COUNT // PER_PAGE)


def page_of_events(events: EventQuerySet, number: int) -> Page:
    """Return one page of the events: the last if the number is too large."""
    return BoundedPaginator(events.for_listing(), PER_PAGE).get_page(number)


def month_of_events(first: date, events: Iterable[EventPage]) -> Month:
    """Return a month with the events of each day; an event is on every day that it lasts in its own zone."""
    today = timezone.localdate()
    weeks = [
        [MonthDay(day, day.month == first.month, day == today, _on(day, events)) for day in week]
        for week in Calendar().monthdatescalendar(first.year, first.month)
    ]
    return Month(first, weeks)


def _on(day: date, events: Iterable[EventPage]) -> list[EventPage]:
    return [event for event in events if event.days and event.days[0] <= day <= event.days[1]]
