"""A course and its first event, in Finnish and Swedish; and a LinkedEvents server."""

import json
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

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
from tests.verkosto.linked_events.server import Server
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


def handler_of(server: Server) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def handle_request(self) -> None:
            length = int(self.headers.get("Content-Length", 0))
            body = json.loads(self.rfile.read(length)) if length else None
            server.requests.append((self.command, self.path, body))
            server.headers.append(dict(self.headers.items()))
            status, answer = server.answer(self.command, self.path, body)
            content = b"" if answer is None else json.dumps(answer).encode()
            self.send_response(status)
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        do_GET = do_POST = do_PUT = do_DELETE = handle_request

        def log_message(self, *args: Any) -> None:
            pass

    return Handler


@pytest.fixture
def server(settings: Any) -> Iterator[Server]:
    """A LinkedEvents server on this machine, to which the site sends its events."""
    found = Server()
    running = ThreadingHTTPServer(("127.0.0.1", 0), handler_of(found))
    running.daemon_threads = True
    found.url = f"http://127.0.0.1:{running.server_address[1]}/v1/"
    settings.VERKOSTO_LINKED_EVENTS_URL = found.url.rstrip("/")
    settings.VERKOSTO_LINKED_EVENTS_API_KEY = "key"
    settings.VERKOSTO_LINKED_EVENTS_PRIVATE_NETWORKS = True
    thread = threading.Thread(target=running.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    yield found
    running.shutdown()
    running.server_close()
    thread.join()
