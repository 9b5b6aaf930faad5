"""The days of an event in the site's time zone (Europe/Helsinki): UTC+2 in winter."""

from datetime import UTC, date, datetime

import pytest

from verkosto.registrations.domain.event_days import day_bounds, held_on, site_day, takes_place_on
from verkosto.registrations.models import Desk

DAY = date(2126, 1, 10)
LAST_EVENING, FIRST_MINUTE = datetime(2126, 1, 9, 21, 59, tzinfo=UTC), datetime(2126, 1, 9, 22, 0, tzinfo=UTC)
LAST_MINUTE, NEXT_DAY = datetime(2126, 1, 10, 21, 59, tzinfo=UTC), datetime(2126, 1, 10, 22, 0, tzinfo=UTC)


def test_a_day_begins_and_ends_in_the_site_s_zone():
    assert day_bounds(DAY) == (FIRST_MINUTE, NEXT_DAY)
    assert [site_day(each) for each in (LAST_EVENING, FIRST_MINUTE, LAST_MINUTE, NEXT_DAY)] == [
        date(2126, 1, 9),
        DAY,
        DAY,
        date(2126, 1, 11),
    ]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("starts_at", "ends_at", "is_held"),
    [
        (FIRST_MINUTE, None, True),
        (LAST_MINUTE, None, True),
        (NEXT_DAY, None, False),
        (LAST_EVENING, None, False),
        (LAST_EVENING, FIRST_MINUTE, True),
        (LAST_EVENING, NEXT_DAY, True),
        (None, None, False),
    ],
)
def test_an_event_is_held_on_a_day(starts_at, ends_at, is_held):
    desk = Desk.objects.create(
        translation_key="6f0e2cbe-0000-4000-8000-000000000001", starts_at=starts_at, ends_at=ends_at
    )
    assert (takes_place_on(desk, DAY), Desk.objects.filter(held_on(DAY)).exists()) == (is_held, is_held)


def test_a_series_is_held_on_the_days_of_its_meetings():
    entries = [
        {"uid": f"m{n}@example.fi", "title": "Kokous", "starts_at": at.isoformat()}
        for n, at in enumerate([LAST_EVENING, NEXT_DAY])
    ]
    desk = Desk(
        translation_key="6f0e2cbe-0000-4000-8000-000000000001",
        original_language="fi",
        versions={"fi": {"entries": entries}},
        starts_at=LAST_EVENING,
        ends_at=NEXT_DAY,
    )
    days = [date(2126, 1, 9), DAY, date(2126, 1, 11)]
    assert [takes_place_on(desk, day) for day in days] == [True, False, True]
