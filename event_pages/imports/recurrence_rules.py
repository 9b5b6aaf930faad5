"""The days of a recurrence rule (RFC 5545 §3.3.10), for the rules that people make in calendars.

A rule is asked of each day in turn whether it belongs to it, so that no rule, however strange, takes long.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from itertools import groupby
from typing import Any

from django.utils.translation import gettext as _

from event_pages.imports.values import UnreadableFile

FREQUENCIES = ("DAILY", "WEEKLY", "MONTHLY", "YEARLY")
PARTS = {"FREQ", "INTERVAL", "BYDAY", "BYMONTHDAY", "BYMONTH", "BYSETPOS", "WKST"}
WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
WEEKDAY = re.compile(r"([+-]?\d{1,2})?(MO|TU|WE|TH|FR|SA|SU)")

Parts = Mapping[str, Sequence[Any]]


def rule_days(parts: Parts, first: date, last: date) -> list[date]:
    """Return the days of a rule from the first to the last, which may be some years later.

    Raise UnreadableFile for a rule that is not understood: other parts, or parts that do not fit together.
    """
    rule = _Rule(parts, first)
    start = first.replace(day=1)  # the positions in a month count from its beginning
    days = (start + timedelta(days=number) for number in range((last - start).days + 1))
    found = [day for day in days if rule.holds(day)]
    if rule.positions:
        months = (list(month) for _key, month in groupby(found, key=lambda day: (day.year, day.month)))
        found = [day for month in months for day in rule.at_positions(month)]
    return [day for day in found if day >= first]


class _Rule:
    """A rule with its parts read."""

    def __init__(self, parts: Parts, first: date) -> None:
        self.first = first
        self.frequency = str(parts.get("FREQ", [""])[0])
        self.interval = int(parts.get("INTERVAL", [1])[0])
        self.week_start = WEEKDAYS.index(str(parts.get("WKST", ["MO"])[0]))
        self.months = [int(month) for month in parts.get("BYMONTH", ())]
        self.month_days = [int(day) for day in parts.get("BYMONTHDAY", ())]
        self.positions = [int(position) for position in parts.get("BYSETPOS", ())]
        self.weekdays = [_weekday(str(day)) for day in parts.get("BYDAY", ())]
        is_monthly = self.frequency == "MONTHLY" or (self.frequency == "YEARLY" and len(self.months) == 1)
        needs_month = bool(self.positions) or any(ordinal for ordinal, _day in self.weekdays)
        is_vague = self.frequency == "YEARLY" and self.weekdays and not self.months
        is_known = self.frequency in FREQUENCIES and not set(parts) - PARTS and self.interval > 0
        if not is_known or (needs_month and not is_monthly) or is_vague:
            raise _not_understood()

    def holds(self, day: date) -> bool:
        """Return whether a day belongs to the rule, before positions are chosen."""
        if self._periods_since_first(day) % self.interval or (self.months and day.month not in self.months):
            return False
        length = monthrange(day.year, day.month)[1]
        if self.month_days and not {day.day, day.day - length - 1} & {*self.month_days}:
            return False
        if self.weekdays:
            ordinals = (0, (day.day - 1) // 7 + 1, -((length - day.day) // 7 + 1))
            return any((ordinal, day.weekday()) in self.weekdays for ordinal in ordinals)
        return bool(self.month_days) or self._repeats_first(day)

    def at_positions(self, days: Sequence[date]) -> list[date]:
        """Return the days of a month at the rule's positions, which count from 1, or backwards from -1."""
        indexes = {position - 1 if position > 0 else len(days) + position for position in self.positions}
        return [day for index, day in enumerate(days) if index in indexes]

    def _repeats_first(self, day: date) -> bool:
        """Return whether a day is as the first one, by a rule that names no days."""
        if self.frequency == "WEEKLY":
            return day.weekday() == self.first.weekday()
        if self.frequency == "DAILY":
            return True
        is_month = bool(self.months) or self.frequency == "MONTHLY" or day.month == self.first.month
        return is_month and day.day == self.first.day

    def _periods_since_first(self, day: date) -> int:
        if self.frequency == "DAILY":
            return (day - self.first).days
        if self.frequency == "WEEKLY":
            return (self._week(day) - self._week(self.first)).days // 7
        years = day.year - self.first.year
        return years if self.frequency == "YEARLY" else 12 * years + day.month - self.first.month

    def _week(self, day: date) -> date:
        return day - timedelta(days=(day.weekday() - self.week_start) % 7)


def _weekday(text: str) -> tuple[int, int]:
    """Return the ordinal of a weekday in a month, 0 for every one, and the weekday counted from Monday."""
    match = WEEKDAY.fullmatch(text)
    if match is None:
        raise _not_understood()
    return int(match[1] or 0), WEEKDAYS.index(match[2])


def _not_understood() -> UnreadableFile:
    return UnreadableFile(_("The way it repeats is not understood. Import it as single events."))
