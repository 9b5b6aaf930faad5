"""A receiver of webhooks on this machine, and endpoints that lead to it."""

import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

from verkosto.webhooks.models import Endpoint
from verkosto.webhooks.webhook_events import webhook_events


@dataclass
class Receiver:
    """What a server got, as (path, headers, body), and what it answers: statuses in their order, then 204."""

    url: str = ""
    requests: list[tuple[str, dict[str, str], bytes]] = field(default_factory=list)
    answers: list[int] = field(default_factory=list)
    location: str = ""
    text: bytes = b""
    #: Set when a server that does not answer may end.
    released: threading.Event = field(default_factory=threading.Event)
    HANGS = 0


def handler_of(receiver: Receiver) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            receiver.requests.append((self.path, dict(self.headers.items()), body))
            status = receiver.answers.pop(0) if receiver.answers else 204
            if status == Receiver.HANGS:
                receiver.released.wait(5)
                return
            self.send_response(status)
            if receiver.location:
                self.send_header("Location", receiver.location)
            self.send_header("Content-Length", str(len(receiver.text)))
            self.end_headers()
            self.wfile.write(receiver.text)

        def log_message(self, *args: Any) -> None:
            pass

    return Handler


@pytest.fixture
def receiver(settings: Any) -> Iterator[Receiver]:
    """A server on this machine, to which webhooks may go."""
    settings.VERKOSTO_WEBHOOKS_PRIVATE_NETWORKS = settings.VERKOSTO_WEBHOOKS_HTTP = True
    found = Receiver()
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler_of(found))
    server.daemon_threads = True
    found.url = f"http://127.0.0.1:{server.server_address[1]}/hook?from=verkosto"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    yield found
    found.released.set()
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture
def make_endpoint(db: None) -> Callable[..., Endpoint]:
    """make_endpoint(events=["page.published"]): an endpoint, of all events if none are named."""

    def make(**given: Any) -> Endpoint:
        fields = {"name": "CRM", "url": "https://crm.example.fi/hook", "events": list(webhook_events()), **given}
        return Endpoint.objects.create(**fields)

    return make
