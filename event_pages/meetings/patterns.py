"""The days of a series of meetings: every n weeks, or the same weekday of the month."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import count

from django.db.models import TextChoices
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from event_pages.meetings.public_holidays import holiday_on

MAX_MEETINGS = 60  # made at once
MAX_ROWS = 2 * MAX_MEETINGS  # with the days left out
LAST_ORDINAL = 4  # the fifth weekday of a month is always its last, and most months have only four


class Repeat(TextChoices):
    """How the meetings follow each other. The first day says the weekday."""

    WEEKS = "weeks", _("Weeks: on the same weekday")
    MONTHS = "months", _("Months: on the same weekday of the month, such as the second Tuesday")
    LAST = "last", _("Months: on the last such weekday of the month")


@dataclass(frozen=True, kw_only=True)
class Pattern:
    """When the meetings are: from the first day on, every so many weeks or months, so many or until the last day."""

    first_day: date
    repeat: str
    every: int = 1
    number: int | None = None
    last_day: date | None = None
    leaves_out_holidays: bool = True


@dataclass(frozen=True)
class PlannedDay:
    """A day of a pattern, and the holiday for which it is left out."""

    day: date
    holiday: Promise | None = None


def planned_days(pattern: Pattern) -> list[PlannedDay]:
    """Return the days of a pattern in order, with those that are left out. The number counts the days that are held."""
    most = pattern.number or MAX_MEETINGS
    planned: list[PlannedDay] = []
    held = 0
    for day in _days(pattern):
        is_past_end = pattern.last_day is not None and day > pattern.last_day
        if is_past_end or held == most or len(planned) == MAX_ROWS:
            break
        planned.append(PlannedDay(day, holiday_on(day) if pattern.leaves_out_holidays else None))
        held += planned[-1].holiday is None
    return planned


def _days(pattern: Pattern) -> Iterator[date]:
    """Yield the days from the first day on, without end."""
    first = pattern.first_day
    if pattern.repeat == Repeat.WEEKS:
        yield from (first + timedelta(weeks=pattern.every * step) for step in count())
    ordinal = (first.day - 1) // 7
    is_last = pattern.repeat == Repeat.LAST or ordinal == LAST_ORDINAL
    for step in count():
        month = _month_after(first, pattern.every * step)
        day = _last_weekday(month, first.weekday()) if is_last else _weekday(month, first.weekday(), ordinal)
        if day >= first:
            yield day


def _month_after(day: date, months: int) -> date:
    """Return the first day of the month so many months after that of a day."""
    years, month = divmod(day.month - 1 + months, 12)
    return date(day.year + years, month + 1, 1)


def _weekday(month: date, weekday: int, ordinal: int) -> date:
    """Return the weekday of a month with an ordinal from 0 to 3."""
    return month + timedelta(days=(weekday - month.weekday()) % 7 + 7 * ordinal)


def _last_weekday(month: date, weekday: int) -> date:
    last = _month_after(month, 1) - timedelta(days=1)
    return last - timedelta(days=(last.weekday() - weekday) % 7)
