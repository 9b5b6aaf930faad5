"""Weekends and public holidays in Finland."""

import datetime as dt

#: Month and day of the holidays with a fixed date, and of Christmas Eve.
HOLIDAYS = {(1, 1), (1, 6), (5, 1), (12, 6), (12, 24), (12, 25), (12, 26)}


def is_holiday(day: dt.date) -> bool:
    """Return whether the day is a Saturday, a Sunday, a holiday with a fixed date or Midsummer Eve."""
    midsummer_eve = day.month == 6 and day.weekday() == 4 and 19 <= day.day <= 25
    return day.weekday() > 4 or midsummer_eve or (day.month, day.day) in HOLIDAYS
