import json
from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import UTC, date, datetime

import pytest
from bs4 import BeautifulSoup
from django.test import Client

from event_pages.models import AgendaItem, AgendaSpeaker, EventIndexPage, EventPage, EventSeriesPage, Speaker
from home.models import HomePage
from tests.factories import EventIndexPageFactory, EventPageFactory, TopicFactory, VenueFactory
from tests.factories.directory import PersonFactory, PrivacyNoticeFactory
from tests.factories.events import EventSeriesPageFactory
from tests.factories.registrations import desk_of, event_with_desk, publish, register
from tests.recordings import recorded
from verkosto.directory.models import TopicLink


@pytest.fixture
@recorded
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


def test_structured_data_names_topics_with_their_concepts(calendar: EventIndexPage) -> None:
    event = EventPageFactory(parent=calendar, slug="aiheet")
    concept = "http://www.yso.fi/onto/yso/p554"
    for topic in (TopicFactory(name="Johtaminen", concept_url=concept), TopicFactory(name="Talous", concept_url="")):
        TopicLink.objects.create(page=event, topic=topic, locale=event.locale, sort_order=topic.pk)

    assert json.loads(event.structured_data)["about"] == [
        {"@type": "Thing", "name": "Johtaminen", "sameAs": concept},
        {"@type": "Thing", "name": "Talous"},
    ]


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


def test_an_event_moved_to_a_known_day_is_rescheduled_and_one_without_is_postponed(calendar: EventIndexPage) -> None:
    event = EventPageFactory(parent=calendar, slug="siirretty", status="postponed", postponed_until=date(2127, 1, 8))

    data = json.loads(event.structured_data)
    assert (data["eventStatus"], data["startDate"], data["previousStartDate"]) == (
        "https://schema.org/EventRescheduled",
        "2127-01-08",
        "2126-09-16T13:00:00+03:00",
    )
    event.postponed_until = None
    data = json.loads(event.structured_data)
    assert (data["eventStatus"], data["startDate"]) == (
        "https://schema.org/EventPostponed",
        "2126-09-16T13:00:00+03:00",
    )


def test_structured_data_names_speakers_series_and_places(calendar: EventIndexPage) -> None:
    series = EventSeriesPageFactory(parent=calendar, title="Kausi", slug="kausi")
    event = EventPageFactory(
        parent=series, slug="x", registration_enabled=True, privacy_notice=PrivacyNoticeFactory(), capacity=80
    )
    event.speakers = [
        Speaker(person=PersonFactory(name="Aino Esimerkki", title="johtaja"), locale=event.locale),
        Speaker(role="pääjohtaja", locale=event.locale),
    ]
    event.save()

    data = json.loads(EventPage.objects.get().structured_data)
    assert data["performer"] == [{"@type": "Person", "name": "Aino Esimerkki", "jobTitle": "johtaja"}]
    assert data["superEvent"] == {"@type": "EventSeries", "name": "Kausi", "url": series.full_url}
    assert data["maximumAttendeeCapacity"] == 80


def test_speakers_of_the_agenda_perform_once_each(calendar: EventIndexPage) -> None:
    event = EventPageFactory(parent=calendar, slug="x")
    aino, oiva = (PersonFactory(name=name, title="johtaja", locale=event.locale) for name in ("Aino E.", "Oiva E."))
    event.speakers = [Speaker(person=aino, role="puheenjohtaja", locale=event.locale)]
    event.save()
    for title, person in (("Avaus", aino), ("Esitys", oiva), ("Loppusanat", oiva)):
        item = AgendaItem.objects.create(page=event, title=title, locale=event.locale)
        AgendaSpeaker.objects.create(item=item, person=person, locale=event.locale)

    assert json.loads(EventPage.objects.get().structured_data)["performer"] == [
        {"@type": "Person", "name": "Aino E.", "jobTitle": "puheenjohtaja"},
        {"@type": "Person", "name": "Oiva E.", "jobTitle": "johtaja"},
    ]


def test_an_event_in_a_room_without_a_venue_has_a_place(calendar: EventIndexPage) -> None:
    event = EventPageFactory(parent=calendar, slug="x", room="Kokoushuone 3")
    assert json.loads(event.structured_data)["location"] == [
        {"@type": "Place", "name": "Kokoushuone 3", "address": "Kokoushuone 3"}
    ]


OPENS, CLOSES = datetime(2026, 1, 5, 7, tzinfo=UTC), datetime(2126, 9, 1, 20, 59, tzinfo=UTC)


def offers_of(event: EventPage) -> list[dict[str, str]]:
    """The offers that a page shows which is read anew."""
    return json.loads(EventPage.objects.get(pk=event.pk).structured_data).get("offers", [])


def test_structured_data_says_whether_there_are_places_and_until_when(calendar: EventIndexPage) -> None:
    event = event_with_desk(index=calendar, capacity=1, registration_opens_at=OPENS, registration_closes_at=CLOSES)
    registration = {
        "@type": "Offer",
        "url": event.full_url,
        "availability": "https://schema.org/InStock",
        "validFrom": "2026-01-05T09:00:00+02:00",
        "validThrough": "2126-09-01T23:59:00+03:00",
    }
    assert offers_of(event) == [registration]

    register(desk_of(event), "a@example.fi")
    sold_out = registration | {"availability": "https://schema.org/SoldOut"}
    assert offers_of(event) == [sold_out]

    event.price, event.early_price, event.early_price_until = "120 €", "90 €", date(2126, 8, 1)
    publish(event)
    assert offers_of(event) == [
        sold_out | {"description": "120 €"},
        sold_out | {"description": "90 €", "validThrough": "2126-08-01"},
    ]


@pytest.mark.parametrize(
    "facts",
    [
        {"status": "cancelled"},
        {"eligibility": "invited"},
        {"eligibility": "members"},
        {"starts_at": datetime(2020, 1, 1, 10, tzinfo=UTC)},
    ],
    ids=["cancelled", "invited", "members", "over"],
)
def test_structured_data_offers_no_place_that_visitors_cannot_get(
    calendar: EventIndexPage, facts: dict[str, object]
) -> None:
    assert offers_of(event_with_desk(index=calendar, **facts)) == []


@pytest.mark.parametrize(
    ("facts", "offer"),
    [
        ({"registration_opens_at": datetime(2126, 1, 4, 22, tzinfo=UTC)}, {"validFrom": "2126-01-05T00:00:00+02:00"}),
        (
            {"registration_closes_at": datetime(2026, 1, 31, 21, 59, tzinfo=UTC)},
            {"validThrough": "2026-01-31T23:59:00+02:00"},
        ),
        ({"needs_approval": True}, {}),
    ],
    ids=["opens later", "closed", "on approval"],
)
def test_structured_data_promises_no_place_that_is_not_certain(
    calendar: EventIndexPage, facts: dict[str, object], offer: dict[str, str]
) -> None:
    event = event_with_desk(index=calendar, **facts)
    assert offers_of(event) == [{"@type": "Offer", "url": event.full_url} | offer]


def test_the_way_to_a_page_is_a_breadcrumb_list(client: Client, calendar: EventIndexPage) -> None:
    event = EventPageFactory(parent=calendar, title="Seminaari </script>", slug="seminaari")

    page = BeautifulSoup(client.get(event.url).content, "html.parser")
    about, way = (json.loads(tag.string or "") for tag in page.select("script[type='application/ld+json']"))
    home = calendar.get_parent()
    assert about["@type"] == "Event"
    assert way == {
        "@context": "https://schema.org",
        "@type": "BreadcrumbList",
        "itemListElement": [
            {"@type": "ListItem", "position": 1, "name": "Etusivu", "item": home.full_url},
            {"@type": "ListItem", "position": 2, "name": calendar.title, "item": calendar.full_url},
            {"@type": "ListItem", "position": 3, "name": "Seminaari </script>", "item": event.full_url},
        ],
    }
    front = BeautifulSoup(client.get(home.url).content, "html.parser")
    assert front.select("script[type='application/ld+json']") == []


def test_a_series_names_its_events_with_a_day(
    calendar: EventIndexPage, django_assert_num_queries: Callable[[int], AbstractContextManager[object]]
) -> None:
    series = EventSeriesPageFactory(parent=calendar, title="Kausi", slug="kausi", summary="Viisi tapaamista.")
    assert series.structured_data == ""
    first = EventPageFactory(parent=series, title="Avaus", slug="avaus")
    moved = EventPageFactory(
        parent=series, title="Siirtynyt", slug="siirtynyt", status="postponed", postponed_until=date(2126, 10, 7)
    )
    EventPageFactory(parent=series, slug="myohemmin", date_precision="unannounced", starts_at=None, ends_at=None)

    page = EventSeriesPage.serving_queryset().get(pk=series.pk)
    assert json.loads(page.structured_data) == {
        "@context": "https://schema.org",
        "@type": "EventSeries",
        "name": "Kausi",
        "description": "Viisi tapaamista.",
        "url": series.full_url,
        "inLanguage": ["fi"],
        "startDate": "2126-09-16",
        "subEvent": [
            {
                "@type": "Event",
                "name": "Avaus",
                "url": first.full_url,
                "eventStatus": "https://schema.org/EventScheduled",
                "eventAttendanceMode": "https://schema.org/OfflineEventAttendanceMode",
                "startDate": "2126-09-16T13:00:00+03:00",
                "endDate": "2126-09-16T15:45:00+03:00",
            },
            {
                "@type": "Event",
                "name": "Siirtynyt",
                "url": moved.full_url,
                "eventStatus": "https://schema.org/EventRescheduled",
                "eventAttendanceMode": "https://schema.org/OfflineEventAttendanceMode",
                "startDate": "2126-10-07",
                "previousStartDate": "2126-09-16T13:00:00+03:00",
            },
        ],
    }
    with django_assert_num_queries(0):
        assert page.structured_data


@pytest.mark.parametrize(("price", "is_free"), [("", None), ("Maksuton.", True), ("120 €", False)])
def test_structured_data_says_whether_an_event_is_free_only_if_its_page_does(
    calendar: EventIndexPage, price: str, is_free: bool | None
) -> None:
    event = EventPageFactory(parent=calendar, slug="x", price=price)
    assert json.loads(event.structured_data).get("isAccessibleForFree") is is_free
