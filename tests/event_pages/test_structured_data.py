import json

import pytest

from event_pages.models import EventIndexPage
from home.models import HomePage
from tests.factories import EventIndexPageFactory, EventPageFactory, VenueFactory


@pytest.fixture
def calendar(homes: dict[str, HomePage]) -> EventIndexPage:
    return EventIndexPageFactory(parent=homes["fi"], slug="tapahtumat")


def test_structured_data_says_when_and_where(calendar: EventIndexPage) -> None:
    event = EventPageFactory(
        parent=calendar, title="Seminaari", venue=VenueFactory(name="Säätytalo"), attendance="hybrid", slug="seminaari"
    )

    assert json.loads(event.structured_data) == {
        "@context": "https://schema.org",
        "@type": "Event",
        "name": "Seminaari",
        "description": "Tiivistelmä.",
        "url": event.full_url,
        "inLanguage": ["fi"],
        "eventStatus": "https://schema.org/EventScheduled",
        "eventAttendanceMode": "https://schema.org/MixedEventAttendanceMode",
        "location": [
            {
                "@type": "Place",
                "name": "Säätytalo",
                "description": None,
                "address": {
                    "@type": "PostalAddress",
                    "streetAddress": "Esimerkkikatu 1",
                    "postalCode": "00100",
                    "addressLocality": "Helsinki",
                    "addressCountry": "FI",
                },
            },
            {"@type": "VirtualLocation", "url": event.full_url},
        ],
        "startDate": "2126-09-16T13:00:00+03:00",
        "endDate": "2126-09-16T15:45:00+03:00",
    }


def test_structured_data_cannot_leave_its_script(calendar: EventIndexPage) -> None:
    title = "</script><script>alert(1)</script>\u2028&"
    data = EventPageFactory(parent=calendar, title=title, slug="x").structured_data

    assert not {"<", ">", "&", "\u2028"} & set(data)
    assert json.loads(data)["name"] == "</script><script>alert(1)</script> &"


def test_joining_link_is_nowhere_public(calendar: EventIndexPage) -> None:
    event = EventPageFactory(
        parent=calendar, attendance="online", joining_url="https://meet.example.fi/secret", slug="webinaari"
    )

    assert "secret" not in event.structured_data
    assert "secret" not in event.location_text


def test_event_without_a_day_has_no_structured_data(calendar: EventIndexPage) -> None:
    assert EventPageFactory(parent=calendar, starts_at=None, date_precision="unannounced").structured_data == ""
