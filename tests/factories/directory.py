import datetime

import factory
from factory.django import DjangoModelFactory

from tests.factories.locales import locale
from verkosto.directory.models import Organisation, Person, PrivacyNotice, Topic, Venue


class EntryFactory(DjangoModelFactory):
    locale = factory.LazyFunction(lambda: locale("fi"))

    class Meta:
        abstract = True


class OrganisationFactory(EntryFactory):
    name = factory.Sequence(lambda n: f"Organisaatio {n}")

    class Meta:
        model = Organisation


class PersonFactory(EntryFactory):
    name = factory.Sequence(lambda n: f"Henkilö {n}")
    email = factory.Sequence(lambda n: f"henkilo{n}@example.fi")

    class Meta:
        model = Person


class VenueFactory(EntryFactory):
    name = factory.Sequence(lambda n: f"Talo {n}")
    street_address = "Esimerkkikatu 1"
    postal_code = "00100"
    city = "Helsinki"

    class Meta:
        model = Venue


class TopicFactory(EntryFactory):
    name = factory.Sequence(lambda n: f"Aihe {n}")
    slug = factory.Sequence(lambda n: f"aihe-{n}")

    class Meta:
        model = Topic


class PrivacyNoticeFactory(EntryFactory):
    title = factory.Sequence(lambda n: f"Tietosuojaseloste {n}")
    valid_from = datetime.date(2026, 1, 1)
    purpose = "Tapahtuman järjestäminen."

    class Meta:
        model = PrivacyNotice
