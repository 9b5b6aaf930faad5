"""The views of an event list by time: upcoming, this week, this month, a month as a calendar, and past."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from django.conf import settings
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from verkosto.core.formats import format_month
from verkosto.core.zones import end_of_day

if TYPE_CHECKING:
    from event_pages.querysets import EventQuerySet

MONTHS = (date(2000, 1, 1), date(2200, 1, 1))  # the first month that can be shown, and the first that cannot


@dataclass(frozen=True)
class TimeView:
    """A view of an event list. ``name`` is a key of ``HEADINGS``; ``month`` is set for the calendar of a month only."""

    name: str = "upcoming"
    month: date | None = None

    @property
    def parameters(self) -> dict[str, str]:
        """The view as parameters of a URL."""
        if self.month:
            return {"month": f"{self.month:%Y-%m}"}
        return {} if self.name == "upcoming" else {"time": self.name}

    @property
    def heading(self) -> str | Promise:
        return capfirst(format_month(self.month)) if self.month else HEADINGS[self.name]

    def narrow(self, events: EventQuerySet) -> EventQuerySet:
        """Return the events of the view in its order."""
        if self.month:
            return events.in_month(self.month.year, self.month.month)
        if self.name == "past":
            return events.past()
        last_day = PERIODS.get(self.name)
        upcoming = events.upcoming()
        return upcoming.starting_by(_end_of(last_day(timezone.localdate()))) if last_day else upcoming


HEADINGS: dict[str, str | Promise] = {
    "upcoming": _("Upcoming events"),
    "week": _("Events this week"),
    "month": _("Events this month"),
    "past": _("Past events"),
}


def time_view_of(data: Mapping[str, str]) -> TimeView:
    """Return the view that a query string asks for; upcoming if it asks for none that there is."""
    try:
        month = datetime.strptime(data.get("month", ""), "%Y-%m").date()
    except ValueError:
        name = data.get("time", "")
        return TimeView(name if name in HEADINGS else "upcoming")
    return TimeView("calendar", month) if MONTHS[0] <= month < MONTHS[1] else TimeView()


def _end_of_week(today: date) -> date:
    """Return the Sunday of a day's week (ISO 8601)."""
    return today + timedelta(days=6 - today.weekday())


def _end_of_month(today: date) -> date:
    return (today.replace(day=1) + timedelta(days=32)).replace(day=1) - timedelta(days=1)


def _end_of(day: date) -> datetime:
    return end_of_day(day, settings.TIME_ZONE)


PERIODS: dict[str, Callable[[date], date]] = {"week": _end_of_week, "month": _end_of_month}
