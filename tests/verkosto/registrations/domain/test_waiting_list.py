import uuid
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from wagtail.models import PageViewRestriction

from tests.factories.events import EventPageFactory, EventSeriesPageFactory
from tests.factories.registrations import desk_of, publish, register
from verkosto.registrations.domain import lifecycle, waiting_list
from verkosto.registrations.domain.capacity_audit import check, set_capacities
from verkosto.registrations.enums import EventStatus, Promotion, PromotionStop
from verkosto.registrations.exceptions import DeskFull, NotPossible, RegistrationClosed
from verkosto.registrations.models import Desk, Registration

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


def staff() -> Any:
    return get_user_model().objects.get_or_create(username="staff")[0]


def consistent(desk):
    count = check(desk)
    assert count.wrong == []
    return count.taken, count.waiting


def test_sign_up_lines_up_when_full_and_moves_up_when_a_place_comes_free(desk):
    first = register(desk, "a@example.fi")
    register(desk, "b@example.fi")
    third = register(desk, "c@example.fi")
    assert third.status == "waiting"
    assert consistent(desk) == (2, 1)
    lifecycle.cancel(registration=first)
    third.refresh_from_db()
    assert third.status == "confirmed"
    assert consistent(desk) == (2, 0)
    assert list(third.messages.order_by("pk").values_list("kind", flat=True)) == ["waiting", "promoted"]


def test_first_in_line_that_fits_moves_up(event):
    event.capacity, event.places_per_registration = 3, 3
    desk = desk_of(publish(event))
    two, one = register(desk, "two@example.fi", places=2), register(desk, "one@example.fi")
    three, single = register(desk, "three@example.fi", places=3), register(desk, "single@example.fi")
    lifecycle.cancel(registration=one)
    statuses = dict(desk.registrations.values_list("email", "status"))
    assert statuses["three@example.fi"] == "waiting"
    assert statuses["single@example.fi"] == "confirmed"
    assert consistent(desk) == (3, 1)
    assert {two.places, three.places, single.places} == {2, 3, 1}


def test_raised_capacity_moves_people_up(event, desk):
    for name in "abcd":
        register(desk, f"{name}@example.fi")
    assert consistent(desk) == (2, 2)
    event.capacity = 3
    publish(event)
    assert consistent(desk) == (3, 1)


def test_offer_is_held_accepted_or_lapses(event):
    event.promotion, event.capacity = "offer", 1
    desk = desk_of(publish(event))
    first = register(desk, "a@example.fi")
    second, third = register(desk, "b@example.fi"), register(desk, "c@example.fi")
    lifecycle.cancel(registration=first)
    second.refresh_from_db()
    assert (second.status, second.has_offer) == ("waiting", True)
    assert consistent(desk) == (1, 1)
    Registration.objects.filter(pk=second.pk).update(expires_at="2020-01-01T00:00Z")
    assert waiting_list.expire_held_places(desk=desk) == 1
    third.refresh_from_db()
    assert third.has_offer
    assert waiting_list.accept_offer(registration=third).status == "confirmed"
    assert consistent(desk) == (1, 0)


STOPS = [stop for stop in PromotionStop if stop != PromotionStop.PRIVATE]


def stop_desk(desk: Desk, stop: str) -> Desk:
    """Bring a desk, and what it registers for, into a state in which nobody moves up by itself."""
    now = timezone.now()
    started = {"starts_at": now - HOUR, "ends_at": now + 3 * HOUR, "closes_at": None}
    facts = {
        PromotionStop.CANCELLED: {"status": EventStatus.CANCELLED},
        PromotionStop.OVER: {"starts_at": now - 3 * HOUR, "ends_at": now - HOUR, "closes_at": None},
        PromotionStop.STARTED: started,
        PromotionStop.POSTPONED: {"status": EventStatus.POSTPONED, "starts_at": None, "ends_at": None},
        PromotionStop.NOT_PUBLIC: {"has_page": False},
        PromotionStop.SWITCHED_OFF: {"is_open": False},
    }
    Desk.objects.filter(pk=desk.pk).update(**facts[PromotionStop(stop)])
    return Desk.objects.get(pk=desk.pk)


def one_waits(event: Any, **facts: Any) -> tuple[Any, Any]:
    """Return who has the only place, and who waits for it."""
    for name, value in {"capacity": 1, **facts}.items():
        setattr(event, name, value)
    desk = desk_of(publish(event))
    return register(desk, "a@example.fi"), register(desk, "b@example.fi")


def mails_of(registration: Registration) -> list[str]:
    return list(registration.messages.order_by("pk").values_list("kind", flat=True))


@pytest.mark.parametrize("promotion", ["automatic", "offer"])
@pytest.mark.parametrize("stop", STOPS)
def test_nobody_moves_up_where_the_desk_gives_no_places_now(event, stop, promotion):
    first, second = one_waits(event, promotion=promotion)
    desk = stop_desk(second.desk, stop)
    assert waiting_list.promotion_stop(desk) == stop
    lifecycle.cancel(registration=first, user=staff())
    second.refresh_from_db()
    assert (second.status, second.holds_place, second.expires_at) == ("waiting", False, None)
    assert mails_of(second) == ["waiting"]
    assert consistent(desk) == (0, 1)


@pytest.mark.parametrize("stop", STOPS)
def test_staff_give_a_place_unless_nobody_can_come(event, stop):
    first, second = one_waits(event)
    desk = stop_desk(second.desk, stop)
    lifecycle.cancel(registration=first, user=staff())
    if stop in (PromotionStop.CANCELLED, PromotionStop.OVER):
        with pytest.raises(NotPossible):
            lifecycle.give_place(registration=second, user=staff())
        assert consistent(desk) == (0, 1)
    else:
        assert lifecycle.give_place(registration=second, user=staff()).status == "confirmed"
        assert mails_of(second) == ["waiting", "promoted"]
        assert consistent(desk) == (1, 0)


def test_staff_give_no_place_that_is_not_there(event):
    _first, second = one_waits(event)
    with pytest.raises(DeskFull):
        lifecycle.give_place(registration=second, user=staff())
    assert consistent(second.desk) == (1, 1)


def test_staff_give_the_offered_place_at_once(event):
    first, second = one_waits(event, promotion="offer")
    lifecycle.cancel(registration=first)
    given = lifecycle.give_place(registration=second, user=staff())
    assert (given.status, given.expires_at) == ("confirmed", None)
    assert consistent(second.desk) == (1, 0)


def test_an_offer_is_not_accepted_after_the_end_nor_after_its_deadline(event):
    first, second = one_waits(event, promotion="offer")
    lifecycle.cancel(registration=first)
    Registration.objects.filter(pk=second.pk).update(expires_at=timezone.now() - HOUR)
    with pytest.raises(NotPossible):
        waiting_list.accept_offer(registration=second)
    Registration.objects.filter(pk=second.pk).update(expires_at=timezone.now() + HOUR)
    stop_desk(second.desk, "over")
    with pytest.raises(NotPossible):
        waiting_list.accept_offer(registration=second)
    second.refresh_from_db()
    assert second.has_offer


def test_an_unconfirmed_place_is_not_confirmed_after_the_end(event):
    event.confirm_email = True
    desk = desk_of(publish(event))
    held, unproven = register(desk, "a@example.fi"), register(desk, "b@example.fi", has_proof=False)
    stop_desk(desk, "started")
    with pytest.raises(RegistrationClosed):
        lifecycle.confirm_address(registration=unproven)
    assert lifecycle.confirm_address(registration=held).status == "confirmed"
    stop_desk(desk, "over")
    with pytest.raises(NotPossible):
        lifecycle.confirm_address(registration=unproven)


def test_an_event_moved_forward_ends_its_offers_at_the_new_start(event):
    first, second = one_waits(event, promotion="offer", offer_hours=48)
    lifecycle.cancel(registration=first)
    soon = timezone.now() + HOUR
    event = type(event).objects.get(pk=event.pk)
    event.starts_at, event.ends_at = soon, soon + 3 * HOUR
    publish(event)
    second.refresh_from_db()
    assert (second.has_offer, second.expires_at) == (True, soon)


def test_a_series_gives_no_place_by_itself_after_its_first_day(event):
    """A season of several days with one registration: the first day is the start, the last moment of the last the end."""
    now = timezone.now()
    series = EventSeriesPageFactory(
        parent=event.get_parent(),
        registration_enabled=True,
        registration_scope="whole",
        privacy_notice=event.privacy_notice,
        capacity=1,
        promotion="offer",
    )
    for start in (now - 24 * HOUR, now + 24 * HOUR):
        EventPageFactory(parent=series, starts_at=start)
    desk = desk_of(publish(series))
    first, second = (register(desk, f"{name}@example.fi") for name in "ab")
    lifecycle.cancel(registration=first)
    second.refresh_from_db()
    assert (second.has_offer, mails_of(second)) == (False, ["waiting"])
    assert waiting_list.promotion_stop(desk) == PromotionStop.STARTED


def test_nobody_moves_up_while_the_page_is_private_or_unpublished_and_somebody_does_afterwards(event):
    first, second = one_waits(event)
    restriction = PageViewRestriction.objects.create(page=event.get_parent(), restriction_type="login")
    lifecycle.cancel(registration=first)
    second.refresh_from_db()
    assert (second.status, waiting_list.promotion_stop(second.desk)) == ("waiting", PromotionStop.PRIVATE)
    restriction.delete()
    second.refresh_from_db()
    assert second.status == "confirmed"
    third = register(second.desk, "c@example.fi")
    event = type(event).objects.get(pk=event.pk)
    event.unpublish(set_expired=True)
    lifecycle.cancel(registration=second)
    third.refresh_from_db()
    assert (third.status, waiting_list.promotion_stop(third.desk)) == ("waiting", PromotionStop.NOT_PUBLIC)
    publish(event)
    third.refresh_from_db()
    assert third.status == "confirmed"


MOMENTS = st.one_of(st.none(), st.integers(-100, 100))


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    starts=MOMENTS,
    length=st.integers(0, 60),
    offer_hours=st.integers(0, 120),
    status=st.sampled_from(EventStatus.values),
    has_page=st.booleans(),
    is_open=st.booleans(),
    promotion=st.sampled_from(Promotion.values),
)
def test_whatever_the_time_and_the_page_a_place_is_given_only_where_one_can_come(
    starts, length, offer_hours, status, has_page, is_open, promotion
):
    """Law of the waiting list with time and page state: a place or an offer only before the start, never due after it."""
    now = timezone.now()
    desk = Desk.objects.create(
        translation_key=uuid.uuid4(),
        original_language="fi",
        versions={"fi": {"title": "Koe"}},
        capacity=1,
        promotion=promotion,
        offer_hours=offer_hours,
    )
    set_capacities(desk)
    first, second = (register(desk, f"{name}@example.fi") for name in "ab")
    start = None if starts is None else now + starts * HOUR
    facts = {"status": status, "has_page": has_page, "is_open": is_open}
    end = start and start + length * HOUR
    Desk.objects.filter(pk=desk.pk).update(starts_at=start, ends_at=end, **facts)
    lifecycle.cancel(registration=first, user=staff())
    second.refresh_from_db()
    can_come = status != "cancelled" and (start is None or start > now) and not (status == "postponed" and not start)
    assert (second.status == "confirmed" or second.has_offer) == (can_come and has_page and is_open)
    assert second.has_offer == (second.status == "waiting" and second.holds_place)
    if second.has_offer and start:
        assert second.expires_at <= start <= end
    assert consistent(desk) == (int(second.holds_place), int(not second.holds_place))


def test_newcomer_at_a_full_event_waits_without_reading_who_waits_already(desk):
    """In a rush most find no place, and each is in the way of the next until it has been told so."""

    def statements(email: str) -> list[str]:
        with CaptureQueriesContext(connection) as queries:
            assert register(desk, email).status == "waiting"
        return [query["sql"].split(" WHERE ")[0] for query in queries]

    for number in range(3):
        register(desk, f"{number}@example.fi")
    few = statements("few@example.fi")
    for number in range(3, 23):
        register(desk, f"{number}@example.fi")
    assert len(statements("many@example.fi")) == len(few)
    assert not [sql for sql in few if sql.startswith("SELECT") and "queued_at" in sql]
