from datetime import UTC, date, datetime, time

import pytest
from django.utils.formats import date_format
from django.utils.translation import override

from verkosto.core.formats import (
    format_date_time,
    format_day_range,
    format_day_with_weekday,
    format_deadline,
    format_opening,
    format_short_day,
    format_short_day_range,
    format_short_weekday,
    format_time,
    format_time_zone,
    format_weekday,
    format_weekday_and_day,
    language_name,
)


@pytest.mark.parametrize(
    ("language", "expected"),
    [("fi", "16.9.2026 klo 13.00"), ("sv", "16 september 2026 kl. 13.00"), ("en", "16 September 2026, 1 pm")],
)
def test_date_time_is_in_the_site_time_zone(language: str, expected: str) -> None:
    with override(language):
        assert format_date_time(datetime(2026, 9, 16, 10, tzinfo=UTC)).replace("\u00a0", " ") == expected


@pytest.mark.parametrize(
    ("value", "expected"),
    [(time(0, 5), "12.05 am"), (time(9, 30), "9.30 am"), (time(12), "12 pm"), (time(13), "1 pm")],
)
def test_english_times_have_am_and_pm(value: time, expected: str) -> None:
    with override("en"):
        assert format_time(value).replace("\u00a0", " ") == expected


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
def test_time_zones_are_named_by_their_city(zone: str, expected: list[str]) -> None:
    names = []
    for language in ("fi", "sv", "en", "da"):
        with override(language):
            names.append(format_time_zone(zone))
    assert names == expected


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("da", "16. september–1. oktober 2026"),
        ("de", "16. September\u2009–\u20091. Oktober 2026"),
        ("zz", "16 September\u2009–\u20091 October 2026"),
    ],
)
def test_dates_of_languages_without_a_catalogue_come_from_cldr(language: str, expected: str) -> None:
    with override(language):
        assert "".join(format_day_range(date(2026, 9, 16), date(2026, 10, 1))).replace("\u00a0", " ") == expected


@pytest.mark.parametrize(
    ("value", "zone", "language", "expected"),
    [
        (datetime(2027, 12, 6, 22, tzinfo=UTC), "", "en", "Monday 6 December 2027"),
        (datetime(2027, 12, 6, 22, tzinfo=UTC), "", "fi", "ma 6.12.2027"),
        (datetime(2027, 12, 6, 14, tzinfo=UTC), "", "fi", "ma 6.12.2027 klo 16.00"),
        (datetime(2027, 5, 20, 3, tzinfo=UTC), "Asia/Tokyo", "fi", "to 20.5.2027 klo 12.00 (aikavyöhyke: Tokio)"),
        (datetime(2027, 12, 6, 14, tzinfo=UTC), "", "sv", "måndag 6 december 2027 kl. 16.00"),
        (datetime(2027, 5, 19, 15, tzinfo=UTC), "Asia/Tokyo", "en", "Wednesday 19 May 2027 (time zone: Tokyo)"),
    ],
)
def test_deadline_has_its_weekday_and_at_midnight_is_the_day_before(
    value: datetime, zone: str, language: str, expected: str
) -> None:
    """Findings: “by 7 December, 12 am”; a public deadline of a Tokyo event did not name its zone."""
    with override(language):
        assert format_deadline(value, zone).replace("\u00a0", " ") == expected


@pytest.mark.parametrize(
    ("value", "zone", "expected"),
    [
        (datetime(2027, 12, 6, 22, tzinfo=UTC), "", "Tuesday 7 December 2027"),
        (datetime(2027, 12, 6, 7, tzinfo=UTC), "", "Monday 6 December 2027, 9 am"),
        (datetime(2027, 12, 6, 0, tzinfo=UTC), "Asia/Tokyo", "Monday 6 December 2027, 9 am (time zone: Tokyo)"),
    ],
)
def test_opening_at_midnight_is_that_day(value: datetime, zone: str, expected: str) -> None:
    with override("en"):
        assert format_opening(value, zone).replace("\u00a0", " ") == expected


WEDNESDAY, THURSDAY, JANUARY = date(2026, 12, 2), date(2026, 12, 3), date(2027, 1, 5)


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("fi", ["ke 2.12.2026", "ke", "ke", "2.12.", "2.–3.12.", "2.12.–5.1.", "ke 2.12."]),
        (
            "sv",
            ["onsdag 2 december 2026", "onsdag", "ons", "2 dec.", "2–3 dec.", "2 dec.–5 jan.", "ons 2 december"],
        ),
        (
            "en",
            ["Wednesday 2 December 2026", "Wednesday", "Wed", "2 Dec", "2–3 Dec", "2 Dec – 5 Jan", "Wed 2 December"],
        ),
        (
            "da",
            [
                "onsdag den 2. december 2026",
                "onsdag",
                "ons.",
                "2. dec.",
                "2.–3. dec.",
                "2. dec.–5. jan.",
                "ons. 2. december",
            ],
        ),
    ],
)
def test_days_with_weekdays_and_without_years(language: str, expected: list[str]) -> None:
    with override(language):
        found = [
            format_day_with_weekday(WEDNESDAY),
            format_weekday(WEDNESDAY),
            format_short_weekday(WEDNESDAY),
            format_short_day(WEDNESDAY),
            "".join(format_short_day_range(WEDNESDAY, THURSDAY)),
            "".join(format_short_day_range(WEDNESDAY, JANUARY)),
            format_weekday_and_day(WEDNESDAY),
        ]
    assert [text.replace("\u00a0", " ") for text in found] == expected


def test_languages_are_named_as_in_running_text() -> None:
    named = {}
    for language in ("fi", "sv", "en"):
        with override(language):
            named[language] = [language_name(code) for code in ("fi", "sv", "pt-br", "xx")]
    assert named == {
        "fi": ["suomi", "ruotsi", "brasilianportugali", "xx"],
        "sv": ["finska", "svenska", "brasiliansk portugisiska", "xx"],
        "en": ["Finnish", "Swedish", "Brazilian Portuguese", "xx"],
    }
