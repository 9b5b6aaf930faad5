import datetime

import factory

from event_pages.models import (
    AgendaItem,
    AgendaSpeaker,
    EventIndexPage,
    EventPage,
    EventSeriesPage,
    NetworkLink,
    Organiser,
    Speaker,
)
from network_pages.models import (
    LearningPair,
    NetworkIndexPage,
    NetworkPage,
    PairMember,
    ProgrammePage,
    ProgrammeRoundPage,
    SmallGroupPage,
)
from tests.factories.directory import OrganisationFactory, PersonFactory
from tests.factories.home import BasePageFactory


class EventIndexPageFactory(BasePageFactory):
    title = "Tapahtumat"

    class Meta:
        model = EventIndexPage


class EventSeriesPageFactory(BasePageFactory):
    class Meta:
        model = EventSeriesPage


class EventPageFactory(BasePageFactory):
    """16 September 2126, 13.00–15.45 in Helsinki: far enough to stay ahead."""

    starts_at = datetime.datetime(2126, 9, 16, 10, tzinfo=datetime.UTC)
    ends_at = factory.LazyAttribute(
        lambda event: event.starts_at + datetime.timedelta(hours=2, minutes=45) if event.starts_at else None
    )

    class Meta:
        model = EventPage


class NetworkIndexPageFactory(BasePageFactory):
    title = "Verkostot"

    class Meta:
        model = NetworkIndexPage


class NetworkPageFactory(BasePageFactory):
    class Meta:
        model = NetworkPage


class SmallGroupPageFactory(BasePageFactory):
    class Meta:
        model = SmallGroupPage


class ProgrammePageFactory(BasePageFactory):
    class Meta:
        model = ProgrammePage


class ProgrammeRoundPageFactory(BasePageFactory):
    number = factory.Sequence(lambda n: n + 1)

    class Meta:
        model = ProgrammeRoundPage


def fill_event(event: EventPage, count: int) -> EventPage:
    """Gives the event ``count`` agenda items with a speaker, organisers and speakers."""
    for number in range(count):
        person = PersonFactory(organisation=OrganisationFactory(locale=event.locale), locale=event.locale)
        item = AgendaItem.objects.create(
            page=event,
            locale=event.locale,
            sort_order=number,
            starts_at=datetime.time(13, number % 60),
            title=f"Puheenvuoro {number}",
        )
        AgendaSpeaker.objects.create(item=item, person=person, locale=event.locale)
        Speaker.objects.create(page=event, person=person, locale=event.locale, sort_order=number)
        Organiser.objects.create(
            page=event, organisation=OrganisationFactory(locale=event.locale), locale=event.locale, sort_order=number
        )
    return event


def link_to_network(page: EventPage, network: NetworkPage) -> NetworkLink:
    return NetworkLink.objects.create(page=page, network_page=network)


def pair_up(page: ProgrammeRoundPage, theme: str, count: int = 2) -> LearningPair:
    """A learning pair of ``count`` organisations."""
    pair = LearningPair.objects.create(page=page, theme=theme, locale=page.locale)
    for number in range(count):
        PairMember.objects.create(
            pair=pair, organisation=OrganisationFactory(locale=page.locale), locale=page.locale, sort_order=number
        )
    return pair
