from django.test import Client
from wagtail.models import PageViewRestriction

from event_pages.calendar_subscriptions import CalendarSubscription, subscription_of
from home.models import HomePage
from tests.factories import (
    EventIndexPageFactory,
    EventPageFactory,
    EventSeriesPageFactory,
    NetworkIndexPageFactory,
    NetworkPageFactory,
    StandardPageFactory,
)


def test_addresses_are_absolute(homes: dict[str, HomePage]) -> None:
    page = EventIndexPageFactory(parent=homes["fi"], slug="tapahtumat", title="Tapahtumat & muut")
    assert subscription_of(page) == CalendarSubscription(
        calendar="http://localhost/fi/tapahtumat/calendar.ics",
        webcal="webcal://localhost/fi/tapahtumat/calendar.ics",
        google="https://calendar.google.com/calendar/r?cid=webcal%3A%2F%2Flocalhost%2Ffi%2Ftapahtumat%2Fcalendar.ics",
        outlook="https://outlook.office.com/calendar/0/addfromweb"
        "?url=http%3A%2F%2Flocalhost%2Ffi%2Ftapahtumat%2Fcalendar.ics&name=Tapahtumat+%26+muut",
        rss="http://localhost/fi/tapahtumat/events.rss",
        atom="http://localhost/fi/tapahtumat/events.atom",
        json="http://localhost/fi/tapahtumat/events.json",
    )


def test_pages_without_events_and_private_pages_have_none(homes: dict[str, HomePage]) -> None:
    assert subscription_of(StandardPageFactory(parent=homes["fi"])) is None
    page = EventIndexPageFactory(parent=homes["fi"])
    PageViewRestriction.objects.create(page=page, restriction_type="login")
    assert subscription_of(page) is None


def test_every_list_links_to_its_calendar_and_feeds_that_exist(client: Client, homes: dict[str, HomePage]) -> None:
    network = NetworkPageFactory(parent=NetworkIndexPageFactory(parent=homes["fi"]))
    index = EventIndexPageFactory(parent=homes["fi"])
    series = EventSeriesPageFactory(parent=index)
    EventPageFactory(parent=index)
    for page in (homes["fi"], index, network, series):
        addresses = subscription_of(page)
        assert addresses is not None
        html = client.get(page.get_url()).content.decode()
        for address in (addresses.webcal, addresses.calendar, addresses.rss, addresses.atom, addresses.json):
            assert f'"{address}"' in html, (page, address)
        files = (addresses.calendar, addresses.rss, addresses.atom, addresses.json)
        assert [client.get(file.removeprefix("http://localhost")).status_code for file in files] == [200] * 4
