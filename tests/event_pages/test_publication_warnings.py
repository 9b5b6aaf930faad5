from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

from event_pages.models import EventPage
from event_pages.publication_warnings import warnings_of
from tests.factories.registrations import event_with_desk

PASSED = "Tämä ajankohta on mennyt, joten kukaan ei voi ilmoittautua."
NO_LINK = "Tapahtuma on verkossa, mutta osallistumislinkki puuttuu."


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("facts", "warnings"),
    [
        ({}, {}),
        ({"days": -2}, {"starts_at": PASSED}),
        ({"days": -2, "registration_enabled": False}, {}),
        ({"days": -2, "status": "cancelled"}, {}),
        ({"attendance": "online"}, {"joining_url": NO_LINK}),
        ({"attendance": "hybrid"}, {"joining_url": NO_LINK}),
        ({"attendance": "online", "joining_url": "https://example.fi/a"}, {}),
        ({"status": "moved_online"}, {"joining_url": NO_LINK}),
        ({"attendance": "online", "days": -2, "registration_enabled": False}, {}),
    ],
)
def test_a_past_event_with_registration_and_an_online_event_without_a_link_are_warned_of(
    facts: dict[str, Any], warnings: dict[str, str]
) -> None:
    start = timezone.now() + timedelta(days=facts.pop("days", 2))
    event = EventPage(**{"title": "A", "starts_at": start, "registration_enabled": True, **facts})
    with override("fi"):
        assert warnings_of(event) == warnings


@pytest.mark.django_db
def test_the_warning_stands_beside_its_field_in_the_editor(admin_client: Client) -> None:
    event = event_with_desk(attendance="online")
    response = admin_client.get(reverse("wagtailadmin_pages:edit", args=[event.pk]))
    fields = response.context["form"].fields
    assert str(fields["joining_url"].help_text).startswith(f"<strong>{NO_LINK}</strong> ")
    assert f"<strong>{NO_LINK}</strong>" in response.content.decode()
    assert "<strong>" not in str(fields["starts_at"].help_text)


def at(month: int, day: int, hour: int) -> datetime:
    return datetime(2126, month, day, hour, tzinfo=UTC)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("facts", "warnings"),
    [
        (
            {"registration_closes_at": at(12, 6, 22)},
            {
                "registration_closes_at": "At midnight, the last day is 6 December 2126. If 7 December 2126 should count "
                "too, give the time 11.59 pm."
            },
        ),
        ({"registration_closes_at": at(12, 7, 21)}, {}),
        ({"registration_closes_at": at(12, 6, 22), "registration_enabled": False}, {}),
        (
            {"registration_closes_at": at(12, 10, 8)},
            {"registration_closes_at": "Registration closes after the event has begun."},
        ),
        (
            {"registration_closes_at": datetime(2020, 1, 12, 8, tzinfo=UTC)},
            {
                "registration_closes_at": "Registration closed on Sunday 12 January 2020, 10 am, so no one can register."
            },
        ),
        (
            {"starts_at": at(10, 26, 20), "ends_at": at(10, 27, 8)},
            {"ends_at": "The clocks change between the start and the end. Check both times."},
        ),
    ],
)
def test_deadlines_at_midnight_and_changes_of_the_clocks_are_warned_of(
    facts: dict[str, Any], warnings: dict[str, str]
) -> None:
    when = {"starts_at": at(12, 10, 7), "ends_at": at(12, 10, 14)}
    event = EventPage(**{"title": "A", "registration_enabled": True, **when, **facts})
    with override("en"):
        assert {name: text.replace("\u00a0", " ") for name, text in warnings_of(event).items()} == warnings
