"""The price as a fact, accommodation, a provider outside the organisation, and the registration on another website.

Finding: neither could be said but in the text, which visitors of a list do not see.
"""

import json
from datetime import UTC, date, datetime
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.core.exceptions import ValidationError
from django.test import Client
from django.utils.translation import override

from event_pages.event_rows import event_rows
from event_pages.models import EventPage
from event_pages.models.offer import Price
from home.models import HomePage
from tests.factories import EventIndexPageFactory, EventPageFactory, ProgrammePageFactory

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


def test_page_and_list_say_that_no_registration_is_needed(calendar: Any, client: Client) -> None:
    event = EventPageFactory(parent=calendar, registration_not_needed=True)
    facts = BeautifulSoup(client.get(event.url).content, "html.parser").select_one(".facts")
    assert facts is not None
    rows = [[cell.get_text().replace("\xad", "") for cell in row.select("dt, dd")] for row in facts.select("dl > div")]
    assert ["Ilmoittautuminen", "Ilmoittautumista ei tarvita"] in rows
    with override("en"):
        assert event.editor_summary[-1] == "No registration needed"
        assert [row.places_text for row in event_rows(EventPage.objects.for_listing())] == ["No registration needed"]
    event.status = "cancelled"
    event.save_revision().publish()
    assert [row.places_text for row in event_rows(EventPage.objects.for_listing())] == [""]
    assert "Ilmoittautumista ei tarvita" not in client.get(event.url).content.decode()


@pytest.mark.parametrize(
    "facts", [{"registration_enabled": True, "privacy_notice_id": 1}, {"external_registration_url": ELSEWHERE}]
)
def test_no_registration_needed_and_a_place_to_register_exclude_each_other(
    calendar: Any, facts: dict[str, Any]
) -> None:
    event = EventPageFactory(parent=calendar)
    event.registration_not_needed = True
    for name, value in facts.items():
        setattr(event, name, value)
    with pytest.raises(ValidationError) as refused:
        event.clean()
    assert "registration_not_needed" in refused.value.message_dict


def test_copy_does_not_lead_to_the_registration_of_the_original() -> None:
    event = EventPage(starts_at=datetime(2126, 2, 3, 7, tzinfo=UTC), external_registration_url=ELSEWHERE)
    event.move_dates(7)
    assert event.external_registration_url == ""


EARLY, LATE = date(2126, 1, 10), date(2126, 1, 20)


def test_early_and_late_price_say_until_and_from_when() -> None:
    """Finding: an early and a late deadline could only be said in the text."""
    event = EventPage(
        price="120 €", early_price="100 €", early_price_until=EARLY, late_price="150 €", late_price_from=LATE
    )

    with override("fi"):
        assert event.prices == [
            Price("120 €"),
            Price("100 €", "10.1.2126 asti", until=EARLY),
            Price("150 €", "20.1.2126 alkaen", since=LATE),
        ]
    assert event.offer_data == [
        {"@type": "Offer", "description": "120 €"},
        {"@type": "Offer", "description": "100 €", "validThrough": "2126-01-10"},
        {"@type": "Offer", "description": "150 €", "validFrom": "2126-01-20"},
    ]


@pytest.mark.parametrize(
    ("facts", "errors"),
    [
        ({"early_price": "100 €"}, {"early_price_until": ["Give the day as well."]}),
        ({"late_price_from": LATE}, {"late_price": ["Give the price as well."]}),
        (
            {"early_price": "1", "early_price_until": LATE, "late_price": "2", "late_price_from": LATE},
            {"late_price_from": ["The late price begins before the early price ends."]},
        ),
        ({"accommodation_until": LATE}, {"accommodation": ["Say what can be booked, or leave the day empty."]}),
        (
            {"provider_url": "https://opisto.example.fi/"},
            {"provider_name": ["Give the name of the provider as well."]},
        ),
        (
            {"provider_name": "Opisto", "registration_enabled": True, "privacy_notice_id": 1},
            {
                "provider_name": [
                    "The provider takes the registrations. Leave this empty, or switch off the registration on this page."
                ]
            },
        ),
    ],
)
def test_half_of_an_offer_is_refused_next_to_its_field(calendar: Any, facts: dict[str, Any], errors: Any) -> None:
    event = EventPageFactory.build(parent=None, locale=calendar.locale, **facts)
    with override("en"):
        with pytest.raises(ValidationError) as refused:
            event.clean()
        assert refused.value.message_dict == errors


def test_dates_of_a_copy_move_with_its_first_day() -> None:
    event = EventPage(starts_at=datetime(2126, 2, 3, 7, tzinfo=UTC), early_price_until=EARLY, accommodation_until=LATE)
    event.move_dates(7)
    assert (event.early_price_until, event.accommodation_until) == (date(2126, 1, 17), date(2126, 1, 27))


def test_visitors_see_who_holds_the_event_and_where_to_stay(calendar: Any, client: Client) -> None:
    event = EventPageFactory(
        parent=calendar,
        provider_name="Opisto & Co",
        provider_url="https://opisto.example.fi/",
        accommodation="Hotelli Esimerkki, 118 €",
        accommodation_until=LATE,
        price="420 €",
    )

    html = client.get(event.url).content.decode()

    assert '<a href="https://opisto.example.fi/" rel="external">Opisto &amp; Co</a>' in html
    assert "Hotelli Esimerkki, 118 €" in html
    assert 'Varaa viimeistään <time datetime="2126-01-20">20.1.2126</time>' in html
    assert [row.organisers for row in event_rows(EventPage.objects.for_listing())] == [["Opisto &amp; Co"]]
    data = json.loads(event.structured_data)
    assert data["organizer"] == [{"@type": "Organization", "name": "Opisto & Co", "url": "https://opisto.example.fi/"}]
    assert data["offers"] == [{"@type": "Offer", "description": "420 €", "url": event.full_url}]


def test_programme_of_another_organisation_says_so(homes: dict[str, HomePage], client: Client) -> None:
    programme = ProgrammePageFactory(parent=homes["fi"], provider_name="Opisto", price="420 €")

    html = client.get(programme.url).content.decode()

    assert "Toinen organisaatio järjestää tämän ja hoitaa ilmoittautumisen." in html
    assert "420 €" in html
    assert json.loads(programme.structured_data) == {
        "@context": "https://schema.org",
        "@type": "Course",
        "name": programme.title,
        "description": programme.summary,
        "url": programme.full_url,
        "provider": {"@type": "Organization", "name": "Opisto"},
        "offers": [{"@type": "Offer", "description": "420 €", "url": programme.full_url}],
        "isAccessibleForFree": False,
    }
    programme.provider_name = ""
    assert programme.structured_data == ""
