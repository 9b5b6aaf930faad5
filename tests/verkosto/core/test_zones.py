"""A time has one zone: "no end" lasts to the end of its day there."""

from datetime import UTC, date, datetime

import pytest

from verkosto.core.zones import end_of_day, is_midnight, last_moment, shift, start_of_day

HELSINKI, TOKYO = "Europe/Helsinki", "Asia/Tokyo"


@pytest.mark.parametrize(
    ("zone", "expected"),
    [
        (HELSINKI, datetime(2027, 5, 20, 20, 59, 59, 999999, tzinfo=UTC)),
        (TOKYO, datetime(2027, 5, 20, 14, 59, 59, 999999, tzinfo=UTC)),
        ("America/New_York", datetime(2027, 5, 21, 3, 59, 59, 999999, tzinfo=UTC)),
    ],
)
def test_no_end_lasts_to_the_end_of_the_day_in_its_zone(zone: str, expected: datetime) -> None:
    start = datetime(2027, 5, 20, 7, tzinfo=UTC)

    assert last_moment(start, None, zone) == expected
    assert last_moment(start, start, zone) == start
    assert last_moment(None, None, zone) is None


def test_days_with_a_clock_change_have_their_own_length() -> None:
    day = date(2027, 3, 28)

    assert (start_of_day(day, HELSINKI), end_of_day(day, HELSINKI)) == (
        datetime(2027, 3, 27, 22, tzinfo=UTC),
        datetime(2027, 3, 28, 20, 59, 59, 999999, tzinfo=UTC),
    )


def test_shift_keeps_the_time_of_day_over_a_clock_change() -> None:
    before = datetime(2027, 3, 27, 10, tzinfo=UTC)  # 12.00 in Helsinki

    assert shift(before, 2, HELSINKI) == datetime(2027, 3, 29, 9, tzinfo=UTC)  # 12.00, in summer time
    assert shift(before, 2, TOKYO) == datetime(2027, 3, 29, 10, tzinfo=UTC)


def test_midnight_is_that_of_the_zone() -> None:
    moment = datetime(2027, 12, 6, 22, tzinfo=UTC)

    assert is_midnight(moment, HELSINKI)
    assert not is_midnight(moment, TOKYO)
