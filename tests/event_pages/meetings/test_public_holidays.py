from datetime import date

import pytest
from django.utils import translation

from event_pages.meetings.public_holidays import easter_sunday, holiday_on, public_holidays


@pytest.mark.parametrize(
    "day",
    [date(2000, 4, 23), date(2008, 3, 23), date(2011, 4, 24), date(2026, 4, 5), date(2027, 3, 28), date(2038, 4, 25)],
)
def test_easter_sunday_of_known_years(day: date) -> None:
    assert easter_sunday(day.year) == day


def test_holidays_of_a_year() -> None:
    with translation.override("en"):
        found = {f"{day:%m-%d}": str(name) for day, name in sorted(public_holidays(2027).items())}

    assert found == {
        "01-01": "New Year’s Day",
        "01-06": "Epiphany",
        "03-26": "Good Friday",
        "03-27": "Easter Saturday",
        "03-28": "Easter Sunday",
        "03-29": "Easter Monday",
        "05-01": "May Day",
        "05-06": "Ascension Day",
        "05-16": "Whit Sunday",
        "06-25": "Midsummer Eve",
        "06-26": "Midsummer Day",
        "11-06": "All Saints’ Day",
        "12-06": "Independence Day",
        "12-24": "Christmas Eve",
        "12-25": "Christmas Day",
        "12-26": "Boxing Day",
    }
    assert holiday_on(date(2027, 6, 24)) is None


@pytest.mark.parametrize(
    ("year", "midsummer", "saints"),
    [(2026, date(2026, 6, 20), date(2026, 10, 31)), (2032, date(2032, 6, 26), date(2032, 11, 6))],
)
def test_midsummer_and_all_saints_day_are_on_the_first_and_last_possible_saturday(
    year: int, midsummer: date, saints: date
) -> None:
    found = public_holidays(year)

    assert {midsummer, saints} <= set(found)
