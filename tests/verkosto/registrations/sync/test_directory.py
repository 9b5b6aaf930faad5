"""What a desk keeps of a venue or a contact follows its entry in the directory."""

from contextlib import nullcontext
from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.db import transaction
from django.test import Client
from django.utils import timezone
from icalendar import Calendar

from tests.factories.directory import PersonFactory, VenueFactory
from tests.factories.events import EventPageFactory, EventSeriesPageFactory
from tests.factories.registrations import desk_of, event_with_desk, publish, register
from verkosto.directory.models import Venue
from verkosto.registrations.mail.calendar import calendar_of
from verkosto.registrations.models import Desk, Message

NEW, OLD = "Oikea katu 2", "Väärä katu 1"


def place_in_calendar(content: bytes) -> str:
    (entry,) = Calendar.from_ical(content).walk("VEVENT")
    return str(entry["LOCATION"])


def correct(venue: Venue) -> None:
    venue.street_address = NEW
    venue.save()


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("in_transaction", [True, False])
def test_corrected_venue_is_the_same_on_the_page_in_the_mail_and_in_every_calendar(
    client: Client, in_transaction: bool
) -> None:
    """Finding: what ``venue.save()`` does differed with the transaction; and mails kept the address of the publication."""
    venue = VenueFactory(name="Talo", street_address=OLD)
    event = event_with_desk(venue=venue)
    desk = desk_of(event)
    register(desk, "aino@example.fi")
    assert OLD in mail.outbox[-1].body
    sequence = desk.calendar_sequence
    with transaction.atomic() if in_transaction else nullcontext():
        correct(venue)
    place = "Talo, Oikea katu 2, 00100 Helsinki"
    desk.refresh_from_db()
    assert desk.version("fi")["where"] == place
    assert desk.calendar_sequence == sequence + 1
    calendars = [calendar_of(desk, "fi"), client.get(f"{event.url}event.ics").content]
    assert [place_in_calendar(content) for content in calendars] == [place, place]
    assert NEW in client.get(event.url).content.decode()
    # Nobody is told by itself, and who registers now reads the new address.
    assert list(Message.objects.values_list("kind", flat=True)) == ["confirmed"]
    register(desk, "eva@example.fi")
    assert NEW in mail.outbox[-1].body
    # Saved once more without a change, nothing changes.
    venue.save()
    desk.refresh_from_db()
    assert desk.calendar_sequence == sequence + 1


@pytest.mark.django_db
def test_new_address_of_a_contact_gets_the_answers(django_capture_on_commit_callbacks: Any) -> None:
    """The same kind: the organiser's address was that of the publication. A page has the contacts of the page above."""
    person = PersonFactory(name="Kaisa", email="vanha@example.fi")
    event = event_with_desk(contacts=[{"type": "person", "value": person.pk}])
    assert desk_of(event).version("fi")["organiser_email"] == "vanha@example.fi"
    with django_capture_on_commit_callbacks(execute=True):
        person.email = "uusi@example.fi"
        person.save()
    assert desk_of(event).version("fi")["organiser_email"] == "uusi@example.fi"


@pytest.mark.django_db
def test_series_that_takes_the_registrations_follows_and_an_event_that_is_over_does_not(
    django_capture_on_commit_callbacks: Any,
) -> None:
    venue, now = VenueFactory(name="Talo", street_address=OLD), timezone.now()
    past = event_with_desk(venue=venue)
    index = past.get_parent()
    Desk.objects.filter(pk=desk_of(past).pk).update(ends_at=now - timedelta(days=1))
    series = EventSeriesPageFactory(
        parent=index, registration_enabled=True, registration_scope="whole", privacy_notice=past.privacy_notice
    )
    EventPageFactory(parent=series, venue=venue, starts_at=now + timedelta(days=1))
    publish(series)
    with django_capture_on_commit_callbacks(execute=True):
        correct(venue)
    assert OLD in desk_of(past).version("fi")["where"]
    assert [entry["where"] for entry in desk_of(series).version("fi")["entries"]] == [
        "Talo, Oikea katu 2, 00100 Helsinki"
    ]
