"""Series and images on a LinkedEvents server: sent with their events, changed with them, and withdrawn."""

from typing import Any

import pytest
from django.utils import timezone
from wagtail.images import get_image_model
from wagtail.images.tests.utils import get_test_image_file

from event_pages.models import EventPage, EventSeriesPage
from tests.factories import EventPageFactory, EventSeriesPageFactory, TopicFactory
from tests.verkosto.linked_events.conftest import Course
from tests.verkosto.linked_events.server import Server
from verkosto.directory.models import TopicLink
from verkosto.linked_events.models import ImportedPlace, PushedEvent, PushedImage
from verkosto.linked_events.push import delivery
from verkosto.linked_events.push.outbox import write_page


@pytest.fixture
def event(server: Server, course: Course) -> EventPage:
    """The event of the course. The server knows its venue, and the topic of its series."""
    ImportedPlace.objects.create(place_id="tprek:1", venue_key=course.venue.translation_key, digest="x")
    topic = TopicFactory(name="Kurssit", slug="kurssit", concept_url="http://www.yso.fi/onto/yso/p5")
    for series in EventSeriesPage.objects.all():
        TopicLink.objects.create(page=series, topic=topic, locale=series.locale)
    return EventPage.objects.get(pk=course.event.pk)


def send_all() -> None:
    """Do what the workers do, until nothing is due."""
    for _round in range(6):
        PushedEvent.objects.filter(state="waiting").update(due_at=timezone.now())
        delivery.deliver_due()
    assert not PushedEvent.objects.filter(state="waiting").exists()


def publish(page: Any, **fields: Any) -> None:
    for name, value in fields.items():
        setattr(page, name, value)
    page.save_revision().publish()
    send_all()


def picture() -> Any:
    return get_image_model().objects.create(title="Sali", description="Salissa", file=get_test_image_file("sali.png"))


def own(page: Any, suffix: str = "") -> str:
    return f"verkosto:{page.translation_key}{suffix}"


def problems() -> set[tuple[str, str]]:
    return set(PushedEvent.objects.values_list("state", "problem"))


def test_series_is_sent_and_its_events_name_it(server: Server, course: Course, event: EventPage) -> None:
    publish(event)
    series = server.events[own(course.series)]
    assert server.shown(own(event)) == (own(course.series), [])
    assert problems() == {("sent", "")}
    shown = {
        name: series[name] for name in ("name", "super_event_type", "super_event", "start_time", "end_time", "offers")
    }
    assert shown == {
        "name": {"fi": "Kurssi", "sv": "Kurs"},
        "super_event_type": "recurring",
        "super_event": None,
        "start_time": "2126-09-16T10:00:00Z",
        "end_time": "2126-09-16T12:45:00Z",
        "offers": [{"is_free": False, "info_url": series["info_url"]}],
    }
    assert series["location"] == {"@id": f"{server.url}place/tprek:1/"}
    # Another event makes the series longer.
    other = EventPageFactory(parent=course.series, slug="toinen", attendance="online", starts_at=event.ends_at)
    TopicLink.objects.create(
        page=other, topic=TopicFactory(concept_url="http://www.yso.fi/onto/yso/p9"), locale=other.locale
    )
    publish(other)
    assert server.shown(own(other)) == (own(course.series), [])
    assert server.events[own(course.series)]["end_time"] != "2126-09-16T12:45:00Z"


def test_event_leaves_its_series_when_that_is_withdrawn_and_joins_it_again(
    server: Server, course: Course, event: EventPage
) -> None:
    publish(event)
    versions = EventSeriesPage.objects.filter(translation_key=course.series.translation_key)
    for series in versions:
        series.unpublish()
    send_all()
    assert own(course.series) in server.deleted
    assert server.events[own(event)]["super_event"] is None
    for series in versions:
        publish(series)
    assert server.shown(own(event)) == (own(course.series, "-2"), [])


def test_event_that_moves_to_another_series_names_that(server: Server, course: Course, event: EventPage) -> None:
    publish(event)
    season = EventSeriesPageFactory(parent=course.calendar, title="Kausi", slug="kausi", kind="series")
    TopicLink.objects.create(
        page=season, topic=TopicFactory(concept_url="http://www.yso.fi/onto/yso/p6"), locale=season.locale
    )
    course.swedish.delete()
    event.move(season, pos="last-child")
    send_all()
    assert server.shown(own(event)) == (own(season), [])
    assert server.events[own(season)]["super_event_type"] == "umbrella"
    # The series that it has left has no date now.
    assert PushedEvent.objects.get(translation_key=course.series.translation_key).problem == "no_date"


def test_images_are_added_once_and_deleted_with_the_last_event(
    server: Server, course: Course, event: EventPage
) -> None:
    image = picture()
    publish(event, listing_image=image, listing_image_alt="Sali täynnä")
    _series, [url] = server.shown(own(event))
    assert server.images == {41: {"name": "Sali", "alt_text": "Sali täynnä", "url": url, "license": "event_only"}}
    publish(event)
    assert list(server.images) == [41]
    publish(course.series, listing_image=image, listing_image_alt="Sali täynnä")
    assert (server.shown(own(course.series)), list(server.images)) == ((None, [url]), [41])
    publish(event, listing_image_alt="Tyhjä sali")
    assert {number: found["alt_text"] for number, found in server.images.items()} == {
        41: "Sali täynnä",
        42: "Tyhjä sali",
    }
    publish(event, listing_image=None, listing_image_alt="")
    assert (server.events[own(event)]["images"], list(server.images)) == ([], [41])
    for series in EventSeriesPage.objects.all():
        series.unpublish()
    send_all()
    assert (server.images, PushedImage.objects.count()) == ({}, 0)


def test_event_is_sent_without_an_image_that_the_server_refuses(
    server: Server, course: Course, event: EventPage
) -> None:
    course.series.unpublish()
    PushedEvent.objects.all().delete()
    event.listing_image = picture()
    event.save_revision().publish()
    row = PushedEvent.objects.get(translation_key=event.translation_key)
    server.answers = [(400, {"url": ["Enter a valid URL."]})]
    delivery.deliver(row.pk)
    row.refresh_from_db()
    assert (row.state, row.problem, row.detail) == ("sent", "image_refused", '{"url": ["Enter a valid URL."]}')
    assert server.events[own(event)]["images"] == []


def test_status_is_left_to_the_server_except_for_a_cancellation(
    server: Server, course: Course, event: EventPage
) -> None:
    """The server refuses "EventScheduled" for an event that was moved, and keeps a cancelled one cancelled."""
    publish(event)
    assert event.ends_at is not None
    publish(event, starts_at=event.ends_at, ends_at=None, status="changed")
    publish(event, subtitle="Uusi")
    assert (server.statuses[own(event)], problems()) == ("EventRescheduled", {("sent", "")})
    publish(event, status="cancelled")
    assert server.statuses[own(event)] == "EventCancelled"
    publish(event, status="scheduled")
    assert own(event) in server.deleted
    assert (server.statuses[own(event, "-2")], problems()) == ("EventScheduled", {("sent", "")})
    publish(event, status="postponed")
    assert server.statuses[own(event, "-2")] == "EventPostponed"
    # Its series has no dated event now, and stays as it was.
    assert problems() == {("sent", ""), ("failed", "no_date")}
    # An event that is new to the server and cancelled is cancelled there too.
    event.unpublish()
    send_all()
    publish(event, status="cancelled")
    assert server.statuses[own(event, "-3")] == "EventCancelled"


@pytest.mark.parametrize(("price", "is_free"), [("", False), ("Maksuton.", True), ("20 €", False)])
def test_event_is_free_only_if_its_page_says_so(
    server: Server, course: Course, event: EventPage, price: str, is_free: bool
) -> None:
    EventPage.objects.filter(pk=course.swedish.pk).update(price=price, live=False)
    publish(event, price=price)
    [offer] = server.events[own(event)]["offers"]
    assert offer["is_free"] is is_free
    assert offer.get("price") == ({"fi": price} if price else None)
    write_page(event)
    assert ("offers" in (event.structured_data or {})) is bool(price)
