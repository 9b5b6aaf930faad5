"""One registration for a whole series, or one for each of its events."""

from datetime import timedelta

import pytest
from icalendar import Calendar

from tests.factories.directory import PrivacyNoticeFactory
from tests.factories.events import EventIndexPageFactory, EventPageFactory, EventSeriesPageFactory
from tests.factories.registrations import desk_of, event_with_desk, publish, register
from tests.recordings import recorded
from tests.verkosto.registrations.form_posts import address, fill
from verkosto.registrations.mail.calendar import calendar_of
from verkosto.registrations.models import Desk, Registration

pytestmark = pytest.mark.django_db


@pytest.fixture
@recorded
def series(homes):
    page = EventSeriesPageFactory(
        parent=EventIndexPageFactory(parent=homes["fi"]),
        title="Kausi",
        registration_enabled=True,
        privacy_notice=PrivacyNoticeFactory(),
        capacity=5,
    )
    return publish(page)


def whole(series):
    series.registration_scope = "whole"
    return publish(series)


def test_one_registration_for_all_is_made_from_every_event(client, series):
    series = whole(series)
    events = [EventPageFactory(parent=series, title=f"Tapaaminen {n}") for n in (1, 2)]
    series = publish(series)
    desk = desk_of(series)
    for event in events:
        html = client.get(event.url).content.decode()
        assert f'href="{series.url}#register"' in html
        assert "Ilmoittaudu sarjaan" in html
        assert f'action="{address(desk)}"' not in html
    assert f'action="{address(desk)}"' in client.get(series.url).content.decode()
    assert client.post(address(desk), fill(desk)).status_code == 302
    assert Registration.objects.get().desk == desk
    assert Desk.objects.count() == 1
    entries = Calendar.from_ical(calendar_of(desk, "fi")).walk("VEVENT")
    assert {str(entry["summary"]) for entry in entries} == {"Tapaaminen 1", "Tapaaminen 2"}


def test_one_registration_for_each_event(client, series):
    event = event_with_desk(index=series, title="Tapaaminen", capacity=3)
    html = client.get(event.url).content.decode()
    assert f'action="{address(desk_of(event))}"' in html
    assert "Ilmoittaudu sarjaan" not in html
    register(desk_of(event), "a@example.fi")
    register(desk_of(series), "a@example.fi")
    assert {registration.desk for registration in Registration.objects.all()} == {desk_of(event), desk_of(series)}


def test_event_with_a_desk_of_its_own_leads_to_the_series_that_takes_one_for_all(client, series):
    event = event_with_desk(index=whole(series), title="Tapaaminen")
    html = client.get(event.url).content.decode()
    assert f'action="{address(desk_of(event))}"' not in html
    assert f'href="{series.url}#register"' in html


def test_moved_event_is_told_to_who_registered_for_the_series(series):
    series = whole(series)
    event = publish(EventPageFactory(parent=series, title="Tapaaminen"))
    late = publish(EventPageFactory(parent=series, title="Toinen", starts_at=event.starts_at + timedelta(days=30)))
    desk = desk_of(series)
    assert (desk.starts_at, desk.ends_at) == (event.starts_at, late.ends_at)
    registration = register(desk, "a@example.fi")
    sequence = desk.calendar_sequence
    late.starts_at -= timedelta(days=1)
    late.ends_at -= timedelta(days=1)
    publish(late)
    desk = desk_of(series)
    assert desk.ends_at == late.ends_at
    assert desk.calendar_sequence > sequence
    told = registration.messages.get(kind="event_changed")
    assert "Toinen" in told.context["change"]
    publish(late)
    assert registration.messages.filter(kind="event_changed").count() == 1
