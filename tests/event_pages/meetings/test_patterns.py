from datetime import date
from typing import Any

import pytest

from event_pages.meetings.patterns import MAX_MEETINGS, Pattern, Repeat, planned_days


def days_of(first: date, repeat: Repeat, **given: Any) -> list[str]:
    pattern = Pattern(first_day=first, repeat=repeat, **given)
    return [f"{each.day:%Y-%m-%d}" + ("*" if each.holiday else "") for each in planned_days(pattern)]


@pytest.mark.parametrize(
    ("first", "repeat", "given", "expected"),
    [
        (date(2027, 1, 12), Repeat.WEEKS, {"every": 2, "number": 3}, ["2027-01-12", "2027-01-26", "2027-02-09"]),
        (date(2027, 1, 12), Repeat.MONTHS, {"number": 3}, ["2027-01-12", "2027-02-09", "2027-03-09"]),
        (date(2027, 11, 9), Repeat.MONTHS, {"every": 2, "number": 3}, ["2027-11-09", "2028-01-11", "2028-03-14"]),
        # The fifth Friday is the last of its month.
        (date(2027, 1, 29), Repeat.MONTHS, {"number": 3}, ["2027-01-29", "2027-02-26", "2027-03-26*", "2027-04-30"]),
        # A first day that is not the last such weekday: the series begins with the last one after it.
        (date(2027, 1, 12), Repeat.LAST, {"number": 2}, ["2027-01-26", "2027-02-23"]),
        (
            date(2027, 4, 24),
            Repeat.WEEKS,
            {"last_day": date(2027, 5, 14)},
            ["2027-04-24", "2027-05-01*", "2027-05-08"],
        ),
        (date(2027, 4, 24), Repeat.WEEKS, {"last_day": date(2028, 5, 14), "number": 1}, ["2027-04-24"]),
        (date(2027, 4, 24), Repeat.WEEKS, {"number": 2}, ["2027-04-24", "2027-05-01*", "2027-05-08"]),
        (
            date(2027, 4, 24),
            Repeat.WEEKS,
            {"number": 2, "leaves_out_holidays": False},
            ["2027-04-24", "2027-05-01"],
        ),
    ],
)
def test_days_of_a_pattern(first: date, repeat: Repeat, given: dict[str, Any], expected: list[str]) -> None:
    assert days_of(first, repeat, **given) == expected


def test_a_pattern_without_a_number_has_at_most_as_many_days_as_can_be_made() -> None:
    planned = days_of(date(2027, 1, 4), Repeat.WEEKS, last_day=date(2099, 1, 1))

    assert len([day for day in planned if not day.endswith("*")]) == MAX_MEETINGS
