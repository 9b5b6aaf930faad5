from datetime import UTC, date, datetime, time

import pytest
from django.utils.formats import date_format
from django.utils.translation import override

from verkosto.core.formats import clock_words, day_range_words, moment_words, zone_words


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


@pytest.mark.parametrize(
    ("zone", "expected"),
    [
        ("Europe/Copenhagen", ["Kööpenhamina", "Köpenhamn", "Copenhagen", "København"]),
        ("Europe/Prague", ["Praha", "Prag", "Prague", "Prag"]),
        ("US/Eastern", ["New York", "New York", "New York", "New York"]),
        ("UTC", ["UTC", "UTC", "UTC", "UTC"]),
    ],
)
def test_zones_have_the_names_of_their_cities(zone: str, expected: list[str]) -> None:
    names = []
    for language in ("fi", "sv", "en", "da"):
        with override(language):
            names.append(zone_words(zone))
    assert names == expected


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("da", "16. september–1. oktober 2026"),
        ("de", "16. September\u2009–\u20091. Oktober 2026"),
        ("zz", "16 September\u2009–\u20091 October 2026"),
    ],
)
def test_a_language_without_a_catalogue_has_its_own_dates(language: str, expected: str) -> None:
    with override(language):
        assert "".join(day_range_words(date(2026, 9, 16), date(2026, 10, 1))).replace("\u00a0", " ") == expected
