"""Events in the EU's Core Public Event Vocabulary."""

import json
from datetime import date
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from wagtail.models import PageViewRestriction

from event_pages.models import EventIndexPage, EventPage, Organiser
from event_pages.public_event import CONTEXT
from home.models import HomePage
from tests.factories import (
    EventIndexPageFactory,
    EventPageFactory,
    EventSeriesPageFactory,
    OrganisationFactory,
    TopicFactory,
    VenueFactory,
    in_language,
    locale,
)
from tests.recordings import recorded
from verkosto.directory.models import TopicLink

CONCEPT = "http://www.yso.fi/onto/yso/p554"


@pytest.fixture
@recorded
def calendar(homes: dict[str, HomePage]) -> EventIndexPage:
    return EventIndexPageFactory(parent=homes["fi"], slug="tapahtumat")


def read(client: Client, event: EventPage) -> dict[str, Any]:
    answer = client.get(f"{event.url}event.jsonld")
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/ld+json")
    found: dict[str, Any] = json.loads(answer.content)
    return found


def test_event_is_described_in_all_its_languages(client: Client, calendar: EventIndexPage) -> None:
    series = EventSeriesPageFactory(parent=calendar, slug="sarja")
    venue = VenueFactory(name="Säätytalo", accessibility="<p>Esteetön</p>")
    swedish_venue = VenueFactory(
        name="Ständerhuset", street_address="Exempelgatan 1", city="Helsingfors", accessibility="",
        locale=locale("sv"), translation_key=venue.translation_key,
    )  # fmt: skip
    event = EventPageFactory(
        parent=series, title="Päivä", slug="paiva", venue=venue, event_languages=["fi", "sv"],
        external_registration_url="https://tapahtumat.example.fi/",
    )  # fmt: skip
    for topic in (TopicFactory(name="Johtaminen", concept_url=CONCEPT), TopicFactory(name="Talous")):
        TopicLink.objects.create(page=event, topic=topic, locale=event.locale, sort_order=topic.pk)
    organisation = OrganisationFactory(name="Virasto")
    Organiser.objects.create(page=event, organisation=organisation, role="kumppani", locale=event.locale)
    in_language(calendar, "sv", slug="evenemang")
    in_language(series, "sv")
    swedish = in_language(event, "sv", title="Dagen", slug="dagen", summary="Sammandrag.", venue=swedish_venue)
    Organiser.objects.filter(page=swedish.pk).update(role="")

    found = read(client, event)
    assert found == {
        "@context": CONTEXT,
        "@id": f"urn:uuid:{event.translation_key}",
        "@type": "PublicEvent",
        "identifier": str(event.translation_key),
        "title": {"fi": "Päivä", "sv": "Dagen"},
        "description": {"fi": "Tiivistelmä.", "sv": "Sammandrag."},
        "homepage": [event.full_url, swedish.full_url],
        "registrationPage": "https://tapahtumat.example.fi/",
        "language": [
            "http://publications.europa.eu/resource/authority/language/FIN",
            "http://publications.europa.eu/resource/authority/language/SWE",
        ],
        "eventStatus": "https://schema.org/EventScheduled",
        "topic": [CONCEPT, {"@type": "Concept", "prefLabel": {"fi": "Talous"}}],
        "parentEvent": f"urn:uuid:{series.translation_key}",
        "hasTime": {
            "@type": "TemporalEntity",
            "hasBeginning": {"@type": "Instant", "moment": "2126-09-16T13:00:00+03:00"},
            "hasEnd": {"@type": "Instant", "moment": "2126-09-16T15:45:00+03:00"},
        },
        "address": {
            "@type": "Address",
            "locatorName": {"fi": "Säätytalo", "sv": "Ständerhuset"},
            "thoroughfare": {"fi": "Esimerkkikatu 1", "sv": "Exempelgatan 1"},
            "postCode": "00100",
            "postName": {"fi": "Helsinki", "sv": "Helsingfors"},
            "fullAddress": {"fi": "Esimerkkikatu 1, 00100 Helsinki", "sv": "Exempelgatan 1, 00100 Helsingfors"},
        },
        "accessibility": {"fi": "Esteetön"},
        "hasParticipation": [
            {
                "@type": "Participation",
                "role": {"@type": "Concept", "prefLabel": {"fi": "Kumppani", "sv": "Arrangör"}},
                "hasParticipant": {"@type": "Agent", "title": {"fi": "Virasto", "sv": "Virasto"}},
            }
        ],
    }
    assert read(client, swedish)["title"] == found["title"]


def test_event_of_days_and_event_without_a_date(client: Client, calendar: EventIndexPage) -> None:
    days = EventPageFactory(
        parent=calendar, slug="paivat", date_precision="date", starts_at=None, attendance="online",
        starts_on=date(2126, 10, 1), ends_on=date(2126, 10, 2), joining_url="https://meet.example.fi/secret",
    )  # fmt: skip
    found = read(client, days)
    assert found["hasTime"] == {
        "@type": "TemporalEntity",
        "hasBeginning": {"@type": "Instant", "date": "2126-10-01"},
        "hasEnd": {"@type": "Instant", "date": "2126-10-02"},
    }
    assert "secret" not in str(found)
    assert "hasTime" not in read(
        client, EventPageFactory(parent=calendar, slug="joskus", date_precision="unannounced", starts_at=None)
    )


def names(node: Any) -> set[str]:
    """Return the names of properties and types in a document. The names of texts by language are language codes."""
    if isinstance(node, list):
        return {name for each in node for name in names(each)}
    if not isinstance(node, dict):
        return set()
    found = {node["@type"]} if "@type" in node else set()
    for key, value in node.items():
        if not key.startswith("@"):
            found.add(key)
            found |= set() if "@language" in str(CONTEXT.get(key)) else names(value)
    return found


def test_every_name_is_explained_by_the_context(client: Client, calendar: EventIndexPage) -> None:
    event = EventPageFactory(parent=calendar, slug="paiva", venue=VenueFactory(), event_languages=["fi"])
    found = read(client, event)
    del found["@context"]
    assert names(found) <= set(CONTEXT)
    iris = [value["@id"] if isinstance(value, dict) else str(value) for value in CONTEXT.values()]
    prefixes = {name for name, value in CONTEXT.items() if str(value).startswith("http")}
    assert {iri.partition(":")[0] for iri in iris if not iri.startswith("http")} <= prefixes


def test_page_links_to_its_data_and_private_data_is_not_read(client: Client, calendar: EventIndexPage) -> None:
    event = EventPageFactory(parent=calendar, slug="paiva")
    links = BeautifulSoup(client.get(event.url).content, "html.parser").select('link[type="application/ld+json"]')
    assert [(link["rel"], link["href"]) for link in links] == [(["alternate"], f"{event.url}event.jsonld")]
    assert client.get(f"{calendar.url}event.jsonld").status_code == 404
    answer = client.get(f"{event.url}event.jsonld")
    assert (answer["Access-Control-Allow-Origin"], bool(answer["ETag"])) == ("*", True)
    PageViewRestriction.objects.create(page=event, restriction_type="login")
    assert client.get(f"{event.url}event.jsonld").status_code == 404
