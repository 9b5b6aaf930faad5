"""What a LinkedEvents server gets of events that are published, changed and withdrawn."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.models import PageViewRestriction

from event_pages.models import EventPage
from tests.factories import EventPageFactory, TopicFactory
from tests.verkosto.linked_events.conftest import Course
from tests.verkosto.linked_events.server import Server
from verkosto.core.http_client import RequestFailed
from verkosto.directory.models import TopicLink
from verkosto.linked_events.models import ImportedPlace, PushedEvent
from verkosto.linked_events.push import delivery
from verkosto.linked_events.push.outbox import write, write_below


@pytest.fixture
def row(server: Server, course: Course) -> PushedEvent:
    """The row of the event, whose venue the server knows."""
    ImportedPlace.objects.create(place_id="tprek:1", venue_key=course.venue.translation_key, digest="x")
    written = write(course.event.translation_key, course.event.title)
    assert written is not None
    return written


def send(row: PushedEvent) -> PushedEvent:
    """Send what has changed, and return the row as it is then."""
    delivery.deliver(row.pk)
    row.refresh_from_db()
    return row


def again(row: PushedEvent) -> PushedEvent:
    write(row.translation_key, row.title)
    return send(row)


def test_published_event_is_added_and_a_changed_one_changed(server: Server, course: Course, row: PushedEvent) -> None:
    identifier = f"verkosto:{course.event.translation_key}"
    url = server.url
    body: dict[str, Any] = {
        "id": identifier,
        "data_source": "verkosto",
        "publication_status": "public",
        "type_id": "General",
        "name": {"fi": "Päivä", "sv": "Dagen"},
        "short_description": {"fi": "Tiivistelmä.", "sv": "Sammandrag."},
        "description": {"fi": "Tiivistelmä.", "sv": "Sammandrag."},
        "info_url": {"fi": course.event.full_url, "sv": course.swedish.full_url},
        "provider": {"fi": "Virasto", "sv": "Virasto"},
        "location_extra_info": {"fi": "A1", "sv": "A1"},
        "start_time": "2126-09-16T10:00:00Z",
        "end_time": "2126-09-16T12:45:00Z",
        "super_event": None,
        "super_event_type": None,
        "images": [],
        "offers": [
            {
                "is_free": True,
                "price": {"fi": "Maksuton.", "sv": "Avgiftsfritt"},
                "description": None,
                "info_url": {"fi": course.event.full_url, "sv": course.swedish.full_url},
            }
        ],
        "maximum_attendee_capacity": None,
        "enrolment_start_time": None,
        "enrolment_end_time": None,
        "location": {"@id": f"{url}place/tprek:1/"},
        "keywords": [{"@id": f"{url}keyword/yso:p554/"}],
        "in_language": [{"@id": f"{url}language/fi/"}, {"@id": f"{url}language/sv/"}],
    }
    send(row)
    assert server.requests == [("PUT", f"/v1/event/{identifier}/", body), ("POST", "/v1/event/", body)]
    headers = {name: server.headers[-1][name] for name in ("apikey", "Content-Type", "User-Agent")}
    assert headers == {"apikey": "key", "Content-Type": "application/json", "User-Agent": "Verkosto-LinkedEvents/1"}
    assert (row.state, row.problem, row.response_code, row.is_on_server) == ("sent", "", 201, True)

    EventPage.objects.filter(pk=course.swedish.pk).update(live=False)
    server.requests.clear()
    again(row)
    changed = {
        **body,
        **{
            name: {"fi": body[name]["fi"]}
            for name in ("name", "short_description", "description", "info_url", "provider", "location_extra_info")
        },
        "offers": [{**body["offers"][0], "price": {"fi": "Maksuton."}, "info_url": {"fi": course.event.full_url}}],
    }
    assert server.requests == [("PUT", f"/v1/event/{identifier}/", changed)]
    assert (row.state, row.response_code) == ("sent", 200)


def test_withdrawn_event_is_deleted_and_gets_another_id_afterwards(
    server: Server, course: Course, row: PushedEvent
) -> None:
    send(row)
    restriction = PageViewRestriction.objects.create(page=course.series, restriction_type="login")
    swedish = PageViewRestriction.objects.create(page=course.swedish, restriction_type="login")
    row.refresh_from_db()
    assert row.state == "waiting"
    server.requests.clear()
    send(row)
    identifier = f"verkosto:{course.event.translation_key}"
    assert server.requests == [("DELETE", f"/v1/event/{identifier}/", None)]
    assert (row.state, row.is_on_server) == ("withdrawn", False)

    restriction.delete(), swedish.delete()
    server.requests.clear()
    again(row)
    assert [request[:2] for request in server.requests] == [
        ("PUT", f"/v1/event/{identifier}/"),
        ("POST", "/v1/event/"),
    ]
    assert list(server.events) == [f"{identifier}-2"]
    server.requests.clear()
    again(row)
    assert [request[:2] for request in server.requests] == [("PUT", f"/v1/event/{identifier}-2/")]


def test_event_that_was_never_there_is_not_deleted(server: Server, course: Course, row: PushedEvent) -> None:
    EventPage.objects.filter(translation_key=course.event.translation_key).update(live=False)
    send(row)
    assert (server.requests, row.state) == ([], "withdrawn")


def test_what_the_server_demands_is_missing(server: Server, course: Course) -> None:
    topic = TopicFactory(concept_url="http://www.yso.fi/onto/yso/p1")

    def problem(**fields: Any) -> tuple[str, str, str]:
        has_topic = fields.pop("has_topic", True)
        event = EventPageFactory(parent=course.calendar, **fields)
        if has_topic:
            TopicLink.objects.create(page=event, topic=topic, locale=event.locale)
        row = write(event.translation_key, event.title)
        assert row is not None
        send(row)
        return row.state, row.problem, row.detail

    assert problem(slug="a") == ("failed", "no_venue", "")
    assert problem(slug="b", venue=course.venue) == ("failed", "unknown_venue", "Säätytalo, Helsinki")
    assert problem(slug="c", attendance="online", has_topic=False) == ("failed", "no_keyword", "")
    assert problem(slug="d", date_precision="unannounced", starts_at=None) == ("failed", "no_date", "")
    past = datetime(2020, 1, 1, tzinfo=UTC)
    assert problem(slug="e", attendance="online", starts_at=past) == ("withdrawn", "over", "")
    assert server.requests == []
    assert problem(slug="f", attendance="online") == ("sent", "", "")
    assert server.requests[-1][2]["location"] == {"@id": f"{server.url}place/helsinki:internet/"}


def test_server_that_fails_is_asked_again_later_and_a_refusal_is_shown(
    server: Server, course: Course, row: PushedEvent
) -> None:
    server.answers = [(503, {"detail": "busy"})]
    send(row)
    assert (row.state, row.problem, row.response_code, row.detail) == (
        "waiting",
        "unreachable",
        503,
        '{"detail": "busy"}',
    )
    assert row.due_at > timezone.now() + timedelta(seconds=20)
    assert delivery.deliver_due() == 0
    with time_machine.travel(row.due_at + timedelta(seconds=1), tick=False):
        assert delivery.deliver_due() == 1
    row.refresh_from_db()
    assert (row.state, row.attempts, len(server.events)) == ("sent", 2, 1)

    server.answers = [(400, {"keywords": ["This field must be specified."]})]
    again(row)
    assert (row.state, row.problem, row.response_code) == ("failed", "refused", 400)
    assert row.detail == '{"keywords": ["This field must be specified."]}'
    server.answers = [(503, None)]
    PushedEvent.objects.filter(pk=row.pk).update(
        state="waiting", due_at=timezone.now(), changed_at=timezone.now() - timedelta(days=6)
    )
    assert send(row).state == "failed"


def test_server_that_does_not_answer_is_asked_once_in_a_round(
    server: Server, course: Course, row: PushedEvent, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = EventPageFactory(parent=course.calendar, slug="toinen", attendance="online")
    assert write(other.translation_key, other.title)
    PushedEvent.objects.update(due_at=timezone.now(), state="waiting")
    asked: list[str] = []

    def no_answer(method: str, path: str, body: object = None) -> None:
        asked.append(path)
        raise RequestFailed("No answer within 20 seconds.")

    monkeypatch.setattr(delivery.client, "write", no_answer)
    assert (delivery.deliver_due(), len(asked)) == (0, 1)
    assert PushedEvent.objects.filter(problem="unreachable").count() == 1


def test_killed_worker_makes_no_double(server: Server, course: Course, row: PushedEvent) -> None:
    send(row)
    long_ago = timezone.now() - timedelta(minutes=11)
    PushedEvent.objects.filter(pk=row.pk).update(state="sending", claimed_at=timezone.now(), changed_at=long_ago)
    assert delivery.deliver_due() == 0
    PushedEvent.objects.filter(pk=row.pk).update(claimed_at=long_ago)
    assert delivery.deliver_due() == 1
    assert len(server.events) == 1


def test_event_that_changes_while_it_is_sent_is_sent_again(server: Server, course: Course, row: PushedEvent) -> None:
    PushedEvent.objects.filter(pk=row.pk).update(state="sending", claimed_at=timezone.now())
    write(row.translation_key, "Uusi nimi")
    row.refresh_from_db()
    assert (row.state, row.title) == ("sending", "Uusi nimi")
    delivery._keep(row, delivery.Outcome(delivery.PushState.SENT, status=200))
    row.refresh_from_db()
    assert row.state == "waiting"


def test_pauses_grow_and_end(db: None) -> None:
    seconds = [delivery.pause_after(attempts).total_seconds() for attempts in (1, 2, 3, 20)]
    assert seconds == [30, 90, 270, 6 * 3600]


def test_pages_write_rows_only_on_a_site_with_a_server(course: Course, server: Server, settings: Any) -> None:
    event = EventPage.objects.get(pk=course.event.pk)

    def due() -> list[str]:
        """The titles of the rows to be sent; the series of an event is sent before it, for it has its times."""
        found = list(PushedEvent.objects.due().values_list("title", flat=True))
        PushedEvent.objects.update(state="sent")
        return found

    event.save_revision().publish()
    assert due() == ["Kurssi", "Päivä"]
    event.unpublish()
    assert due() == ["Kurs", "Dagen"]  # with its translation, which is unpublished last
    course.series.save_revision().publish()
    assert due() == ["Kurssi"]
    with CaptureQueriesContext(connection) as for_one:
        assert write_below(course.series.path) == 2
    for number in range(4):
        EventPageFactory(parent=course.series, title=f"Kerta {number}")
    PushedEvent.objects.update(state="sent")
    with CaptureQueriesContext(connection) as for_five:
        assert write_below(course.series.path) == 6
    assert len(for_five) == len(for_one)
    assert set(PushedEvent.objects.values_list("state", flat=True)) == {"waiting"}
    PushedEvent.objects.all().delete()
    settings.VERKOSTO_LINKED_EVENTS_API_KEY = ""
    event.save_revision().publish()
    event.delete()
    assert not PushedEvent.objects.exists()
