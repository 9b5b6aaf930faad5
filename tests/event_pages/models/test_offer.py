"""The price as a fact, and the registration on another website.

Finding: neither could be said but in the text, which visitors of a list do not see.
"""

from datetime import UTC, datetime
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.utils.translation import override

from event_pages.event_rows import event_rows
from event_pages.models import EventPage
from home.models import HomePage
from tests.factories import EventIndexPageFactory, EventPageFactory

pytestmark = pytest.mark.django_db

ELSEWHERE = "https://ilmoittaudu.example.fi/paiva"


@pytest.fixture
def calendar(homes: dict[str, HomePage]) -> Any:
    return EventIndexPageFactory(parent=homes["fi"])


def test_visitors_see_the_price_and_are_led_to_the_other_website(calendar: Any, client: Client) -> None:
    details = "Sisältää lounaan.\nLaskutamme syyskuussa."
    event = EventPageFactory(
        parent=calendar, price="120 € + alv", price_details=details, external_registration_url=ELSEWHERE
    )

    html = client.get(event.url).content.decode()

    assert "120 € + alv" in html
    assert "Sisältää lounaan.<br>Laskutamme syyskuussa." in html
    assert f'<a class="button" href="{ELSEWHERE}" rel="external">Ilmoittaudu toisella sivustolla</a>' in html
    with override("en"):
        assert event.editor_summary[1:] == ["120 € + alv", "Registration on another website"]


@pytest.mark.parametrize(
    ("facts", "text"),
    [
        ({}, "Registration on another website"),
        ({"status": "cancelled"}, ""),
        ({"starts_at": datetime(2020, 2, 3, 7, tzinfo=UTC), "ends_at": None}, ""),
    ],
)
def test_list_says_where_to_register_while_that_is_possible(calendar: Any, facts: dict[str, Any], text: str) -> None:
    EventPageFactory(parent=calendar, external_registration_url=ELSEWHERE, **facts)
    with override("en"):
        rows = event_rows(EventPage.objects.for_listing())
        assert [(row.places_text, row.places_state) for row in rows] == [(text, "open")]


def test_event_has_one_place_to_register(calendar: Any) -> None:
    event = EventPageFactory(parent=calendar, external_registration_url=ELSEWHERE)
    event.registration_enabled, event.privacy_notice_id = True, 1
    with override("en"):
        with pytest.raises(ValidationError) as refused:
            event.clean()
        assert refused.value.message_dict["external_registration_url"] == [
            "Leave this empty, or switch off the registration on this page."
        ]


def test_copy_does_not_lead_to_the_registration_of_the_original() -> None:
    event = EventPage(starts_at=datetime(2126, 2, 3, 7, tzinfo=UTC), external_registration_url=ELSEWHERE)
    event.move_dates(7)
    assert event.external_registration_url == ""
