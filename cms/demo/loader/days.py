"""The days on which no public body in Finland would hold a meeting."""

import datetime as dt

#: Month and day of the holidays that have a fixed date, and of Christmas Eve, which everybody has off.
HOLIDAYS = {(1, 1), (1, 6), (5, 1), (12, 6), (12, 24), (12, 25), (12, 26)}


def is_day_off(day: dt.date) -> bool:
    """Whether the day is a Saturday, a Sunday, a holiday of a fixed date or Midsummer Eve."""
    midsummer_eve = day.month == 6 and day.weekday() == 4 and 19 <= day.day <= 25
    return day.weekday() > 4 or midsummer_eve or (day.month, day.day) in HOLIDAYS
