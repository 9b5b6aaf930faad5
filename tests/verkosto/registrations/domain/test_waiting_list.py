import pytest

from tests.factories.registrations import desk_of, publish, register
from verkosto.registrations.domain import lifecycle, waiting_list
from verkosto.registrations.domain.capacity_audit import check
from verkosto.registrations.models import Registration

pytestmark = pytest.mark.django_db


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
