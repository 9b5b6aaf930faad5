"""What happens to registrations becomes rows, in the same transaction."""

import json
from datetime import timedelta

import pytest
import time_machine
from django.contrib.auth.models import User
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tests.factories.registrations import desk_of, event_with_desk, in_three_languages, publish, register
from verkosto.registrations.domain import attendance, lifecycle
from verkosto.registrations.domain.answers import ChangedAnswers, change_answers
from verkosto.registrations.models import Desk
from verkosto.registrations.privacy.erasure import erase_registrations
from verkosto.webhooks import payloads
from verkosto.webhooks.models import Delivery

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk():
    return desk_of(event_with_desk(capacity=1))


def told() -> list[str]:
    """The events since the last call."""
    names = list(Delivery.objects.order_by("pk").values_list("event", flat=True))
    Delivery.objects.all().delete()
    return names


def test_life_of_two_registrations(desk, make_endpoint):
    make_endpoint()
    first = register(desk, "aino@example.fi")
    assert told() == ["registration.created", "registration.confirmed", "desk.full"]
    second = register(desk, "eero@example.fi")
    assert told() == ["registration.created"]
    lifecycle.cancel(registration=first)
    assert told() == ["registration.cancelled", "registration.promoted", "registration.confirmed"]
    second.refresh_from_db()
    attendance.record_attendance(registration=second, attendance="attended", user=None)
    assert told() == ["registration.checked_in"]
    lifecycle.cancel(registration=first)
    assert told() == []


def test_place_that_waits_for_the_address_fills_the_desk_once(make_endpoint):
    desk = desk_of(event_with_desk(capacity=1, confirm_email=True))
    make_endpoint(events=["desk.full", "registration.confirmed"])
    registration = register(desk, "aino@example.fi")
    assert told() == ["desk.full"]
    with time_machine.travel(timezone.now() + timedelta(minutes=5)):
        lifecycle.confirm_address(registration=registration)
    assert told() == ["registration.confirmed"]
    lifecycle.cancel(registration=registration)
    other = register(desk, "eero@example.fi", has_proof=False)
    assert told() == []
    with time_machine.travel(timezone.now() + timedelta(minutes=5)):
        lifecycle.confirm_address(registration=other)
    assert told() == ["registration.confirmed", "desk.full"]


def test_more_guests_fill_the_desk_once(make_endpoint):
    desk = desk_of(event_with_desk(capacity=3, places_per_registration=3))
    make_endpoint(events=["desk.full"])
    registration = register(desk, "aino@example.fi")
    for places, expected in ((2, []), (3, ["desk.full"]), (3, []), (2, []), (3, ["desk.full"])):
        change_answers(registration=registration, data=ChangedAnswers(name="Aino", answers={}, places=places))
        assert told() == expected


def test_fewer_places_fill_the_desk_once(make_endpoint):
    event = event_with_desk(capacity=3)
    desk = desk_of(event)
    make_endpoint(events=["desk.full"])
    register(desk, "aino@example.fi")
    for capacity, expected in ((2, []), (1, ["desk.full"]), (1, []), (0, []), (None, []), (1, ["desk.full"])):
        event.capacity = capacity
        event = publish(event)
        assert told() == expected, capacity


def test_place_that_staff_give_fills_the_desk(make_endpoint):
    desk = desk_of(event_with_desk(capacity=1))
    first, second = register(desk, "aino@example.fi"), register(desk, "eero@example.fi")
    Desk.objects.filter(pk=desk.pk).update(is_open=False)  # nobody moves up by themselves
    make_endpoint(events=["desk.full"])
    lifecycle.cancel(registration=first)
    assert told() == []
    lifecycle.give_place(registration=second, user=User.objects.create(username="registrar"))
    assert told() == ["desk.full"]


def test_payload_says_what_and_where_and_nobody(desk, make_endpoint):
    make_endpoint(events=["registration.created"])
    registration = register(desk, "aino@example.fi", name="Aino Esimerkki")
    row = Delivery.objects.get()
    assert row.data["registration"] == {
        "reference": registration.reference,
        "status": "confirmed",
        "has_offer": False,
        "places": 1,
        "language": "fi",
        "attendance": "",
        "registered_at": payloads.moment(registration.created_at),
    }
    assert row.data["desk"] == {
        "key": str(desk.translation_key),
        "title": "Webinaari",
        "url": row.data["desk"]["url"],
        "status": "scheduled",
        "starts_at": payloads.moment(desk.starts_at),
        "ends_at": payloads.moment(desk.ends_at),
        "capacity": 1,
        "taken": 1,
        "waiting": 0,
    }
    assert row.data["desk"]["url"].startswith("http")
    assert b"aino" not in payloads.body_of(row).lower()


def test_personal_data_is_added_when_it_is_sent_if_chosen_and_not_after_erasure(desk, make_endpoint):
    make_endpoint(events=["registration.created"], includes_personal_data=True)
    register(desk, "aino@example.fi", name="Aino Esimerkki")
    row = Delivery.objects.select_related("endpoint").get()
    assert "Aino" not in json.dumps(row.data)
    sent = json.loads(payloads.body_of(row))["data"]["registration"]
    assert (sent["name"], sent["email"], sent["organisation"]) == ("Aino Esimerkki", "aino@example.fi", "")
    erase_registrations(email="aino@example.fi")
    assert b"aino" not in payloads.body_of(row).lower()


def test_what_is_rolled_back_is_not_told(desk, make_endpoint):
    make_endpoint()
    with transaction.atomic():
        register(desk, "aino@example.fi")
        transaction.set_rollback(True)
    assert told() == []


def test_endpoint_for_a_part_of_the_site_gets_what_happens_there_in_any_language(make_endpoint):
    event = event_with_desk(capacity=1)
    other = event_with_desk(index=event.get_parent(), title="Toinen")
    swedish = in_three_languages(other)["sv"]
    make_endpoint(name="Swedish", events=["registration.created"], page=swedish)
    make_endpoint(name="Switched off", events=["registration.created"], is_active=False)
    register(desk_of(event), "aino@example.fi")
    assert told() == []
    register(desk_of(other), "aino@example.fi")
    assert list(Delivery.objects.values_list("endpoint__name", flat=True)) == ["Swedish"]


def test_without_webhooks_a_registration_takes_one_query_more(desk, make_endpoint):
    with CaptureQueriesContext(
        connection,
    ) as queries:
        register(desk, "aino@example.fi")
    assert sum("verkosto_webhooks" in query["sql"] for query in queries) == 1
