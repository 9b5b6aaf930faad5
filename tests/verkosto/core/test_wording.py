from datetime import UTC, date, datetime, time

import pytest
from django.utils.formats import date_format
from django.utils.translation import override

from verkosto.core.formats import clock_words, moment_words


@pytest.mark.parametrize(
    ("language", "expected"),
    [("fi", "16.9.2026 klo 13.00"), ("sv", "16 september 2026 kl. 13.00"), ("en", "16 September 2026, 1 pm")],
)
def test_moment_in_the_zone_of_the_site(language: str, expected: str) -> None:
    with override(language):
        assert moment_words(datetime(2026, 9, 16, 10, tzinfo=UTC)).replace("\u00a0", " ") == expected


@pytest.mark.parametrize(
    ("clock", "expected"),
    [(time(0, 5), "12.05 am"), (time(9, 30), "9.30 am"), (time(12), "12 pm"), (time(13), "1 pm")],
)
def test_clock_of_twelve_hours(clock: time, expected: str) -> None:
    with override("en"):
        assert clock_words(clock).replace("\u00a0", " ") == expected


@pytest.mark.parametrize(("language", "expected"), [("fi", "3.6.2026"), ("sv", "3.6.2026"), ("en", "3 Jun 2026")])
def test_dates_in_lists_are_european(language: str, expected: str) -> None:
    with override(language):
        assert date_format(date(2026, 6, 3), "SHORT_DATE_FORMAT") == expected
