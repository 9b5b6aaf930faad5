"""Check-in links: the days they are made for, when they work, and the code."""

from datetime import UTC, date, datetime, timedelta

import pytest

from verkosto.registrations.domain.check_in_links import (
    MAX_LINKS,
    accept_code,
    coming_days,
    days_of,
    delete_expired,
    find_link,
    make_link,
    withdraw_link,
)
from verkosto.registrations.exceptions import NotPossible
from verkosto.registrations.models import CheckInLink
from verkosto.registrations.models.check_in_link import MAX_WRONG_CODES

pytestmark = pytest.mark.django_db
# The tenth of January 2126 in Helsinki is from 22.00 to 22.00 UTC.
MORNING = datetime(2126, 1, 10, 7, tzinfo=UTC)
DAY = date(2126, 1, 10)


@pytest.fixture
def desk(make_desk):
    return make_desk(starts_at=MORNING, ends_at=MORNING + timedelta(hours=6))


def made(desk, name="Pääovi"):
    return make_link(desk=desk, day=coming_days(desk)[0], name=name, user=None)


def entry(number, starts_at, **facts):
    return {"uid": f"m{number}@example.fi", "title": f"Kokous {number}", "starts_at": starts_at.isoformat(), **facts}


def test_days_are_those_of_the_event_s_zone(make_desk):
    several = make_desk(starts_at=MORNING, ends_at=datetime(2126, 1, 12, 22, tzinfo=UTC))
    assert [each.day.day for each in days_of(several)] == [10, 11, 12]
    late = datetime(2126, 1, 10, 20, tzinfo=UTC)
    in_tokyo = make_desk(starts_at=late, ends_at=None)
    in_tokyo.versions["fi"]["timezone"] = "Asia/Tokyo"
    assert [each.day.day for each in days_of(in_tokyo)] == [11]


def test_a_series_has_the_days_of_its_meetings_that_are_held(make_desk):
    desk = make_desk(starts_at=MORNING, ends_at=MORNING + timedelta(days=30))
    desk.versions["fi"]["entries"] = [
        entry(1, MORNING),
        entry(2, MORNING + timedelta(days=7), cancelled=True),
        entry(3, MORNING + timedelta(days=14)),
    ]
    assert [each.value for each in days_of(desk)] == ["2126-01-10 m1@example.fi", "2126-01-24 m3@example.fi"]
    assert "Kokous 3" in days_of(desk)[1].label


def test_days_that_are_over_and_events_not_held_get_no_link(make_desk, time_machine):
    desk = make_desk(starts_at=MORNING, ends_at=MORNING + timedelta(days=1))
    time_machine.move_to(datetime(2126, 1, 10, 23, 1, tzinfo=UTC))
    assert [each.day.day for each in coming_days(desk)] == [11]
    assert days_of(make_desk(starts_at=MORNING, ends_at=None, status="cancelled")) == []
    assert days_of(make_desk(starts_at=None, ends_at=None)) == []


@pytest.mark.parametrize(
    ("now", "works"),
    [
        (datetime(2126, 1, 9, 20, 59, tzinfo=UTC), False),
        (datetime(2126, 1, 9, 21, 0, tzinfo=UTC), True),
        (datetime(2126, 1, 10, 22, 59, tzinfo=UTC), True),
        (datetime(2126, 1, 10, 23, 0, tzinfo=UTC), False),
    ],
)
def test_a_link_works_on_its_day_and_an_hour_around_it(desk, time_machine, now, works):
    new = made(desk)
    time_machine.move_to(now)
    assert (find_link(new.token) == new.link) is works


def test_neither_token_nor_code_is_stored(desk):
    new = made(desk)
    stored = " ".join(str(value) for value in CheckInLink.objects.values().get().values())
    assert (new.token in stored, new.code in stored.split()) == (False, False)
    assert (len(new.code), new.code.isdigit(), len(new.token)) == (6, True, 43)


def test_the_code_of_another_link_is_wrong(desk, time_machine):
    first, second = made(desk), made(desk, "Takaovi")
    time_machine.move_to(MORNING)
    CheckInLink.objects.filter(pk=first.link.pk).update(code_digest=second.link.code_digest)
    first.link.refresh_from_db()
    assert accept_code(link=first.link, code=second.code) is False


def test_right_codes_are_recorded_and_wrong_ones_counted_until_the_link_is_locked(desk, time_machine):
    new = made(desk)
    time_machine.move_to(MORNING)
    assert accept_code(link=new.link, code=f" {new.code[:3]} {new.code[3:]}") is True
    new.link.refresh_from_db()
    assert (new.link.wrong_codes, new.link.last_used_at >= MORNING) == (0, True)
    wrong = "000000" if new.code != "000000" else "111111"
    assert [accept_code(link=new.link, code=wrong) for _n in range(MAX_WRONG_CODES)] == [False] * MAX_WRONG_CODES
    assert accept_code(link=new.link, code=new.code) is False
    assert find_link(new.token) is None
    new.link.refresh_from_db()
    assert (new.link.wrong_codes, new.link.is_locked) == (MAX_WRONG_CODES, True)


def test_a_withdrawn_link_and_that_of_an_event_that_was_moved_no_longer_work(desk, time_machine):
    new, other = made(desk), made(desk)
    time_machine.move_to(MORNING)
    assert (withdraw_link(link=new.link), withdraw_link(link=new.link)) == (True, False)
    assert (find_link(new.token), find_link(other.token)) == (None, other.link)
    desk.starts_at, desk.ends_at = MORNING + timedelta(days=2), MORNING + timedelta(days=2, hours=1)
    desk.save()
    assert find_link(other.token) is None


def test_a_desk_has_a_limited_number_of_links(desk):
    links = [made(desk).link for _n in range(MAX_LINKS)]
    with pytest.raises(NotPossible):
        made(desk)
    withdraw_link(link=links[0])
    assert made(desk).link.day == DAY


def test_links_are_deleted_a_week_after_their_day(desk, time_machine):
    made(desk)
    time_machine.move_to(datetime(2126, 1, 17, 22, 59, tzinfo=UTC))
    assert delete_expired() == 0
    time_machine.move_to(datetime(2126, 1, 17, 23, 1, tzinfo=UTC))
    assert (delete_expired(), CheckInLink.objects.count()) == (1, 0)
