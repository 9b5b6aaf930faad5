"""The health check of a container."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest

from deploy.ready import is_ready
from tests.services import free_port


@contextmanager
def server(status: int, asked: list[tuple[str, str | None]]) -> Iterator[int]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append((self.path, self.headers["Host"]))
            self.send_response(status)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, format: str, *args: object) -> None: ...

    with HTTPServer(("127.0.0.1", 0), Handler) as serving:
        threading.Thread(target=serving.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
        yield serving.server_port
        serving.shutdown()


@pytest.mark.parametrize(("status", "ready"), [(200, True), (503, False), (400, False)])
def test_site_is_ready_when_it_says_so_under_its_own_name(status: int, ready: bool) -> None:
    asked: list[tuple[str, str | None]] = []
    with server(status, asked) as port:
        assert is_ready(f"0.0.0.0:{port}", "https://verkosto.example.fi") is ready
    assert asked == [("/readyz", "verkosto.example.fi")]


def test_site_that_does_not_answer_is_not_ready() -> None:
    assert not is_ready(f"127.0.0.1:{free_port()}", "https://verkosto.example.fi")
