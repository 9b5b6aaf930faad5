"""A course and its first event, in Finnish and Swedish."""

from dataclasses import dataclass

import pytest

from event_pages.models import EventIndexPage, EventPage, EventSeriesPage, Organiser
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
from verkosto.directory.models import TopicLink, Venue

CONCEPT = "http://www.yso.fi/onto/yso/p554"


@dataclass(frozen=True)
class Course:
    """What the site of these tests has."""

    calendar: EventIndexPage
    series: EventSeriesPage
    event: EventPage
    swedish: EventPage
    venue: Venue


@recorded
def make_course(homes: dict[str, HomePage]) -> tuple[EventIndexPage, EventSeriesPage, EventPage, EventPage, Venue]:
    calendar = EventIndexPageFactory(parent=homes["fi"], slug="tapahtumat")
    series = EventSeriesPageFactory(parent=calendar, title="Kurssi", slug="kurssi", kind="course")
    venue = VenueFactory(name="Säätytalo", street_address="Snellmaninkatu 9", city="Helsinki")
    swedish_venue = VenueFactory(
        name="Ständerhuset",
        street_address="Snellmansgatan 9",
        city="Helsingfors",
        locale=locale("sv"),
        translation_key=venue.translation_key,
    )
    event = EventPageFactory(
        parent=series,
        title="Päivä",
        slug="paiva",
        venue=venue,
        room="A1",
        event_languages=["fi", "sv"],
        price="Maksuton.",
    )
    topic = TopicFactory(name="Johtaminen", slug="johtaminen", concept_url=CONCEPT)
    TopicFactory(
        name="Ledning",
        slug="johtaminen",
        concept_url=CONCEPT,
        locale=locale("sv"),
        translation_key=topic.translation_key,
    )
    other = TopicFactory(name="Talous", slug="talous")
    for order, each in enumerate((topic, other)):
        TopicLink.objects.create(page=event, topic=each, locale=event.locale, sort_order=order)
    organisation = OrganisationFactory(name="Virasto")
    Organiser.objects.create(page=event, organisation=organisation, role="", locale=event.locale)
    in_language(calendar, "sv", slug="evenemang")
    in_language(series, "sv", title="Kurs", slug="kurs")
    swedish = in_language(
        event, "sv", title="Dagen", slug="dagen", summary="Sammandrag.", venue=swedish_venue, price="Avgiftsfritt"
    )
    return calendar, series, event, swedish, venue


@pytest.fixture
def course(homes: dict[str, HomePage]) -> Course:
    return Course(*make_course(homes))
