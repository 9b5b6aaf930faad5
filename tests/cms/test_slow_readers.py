"""A long export over a real gunicorn, with the project's own configuration, to a client that reads slowly."""

import http.client
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path

import pytest
from django.conf import settings

from tests import services
from tests.cms.slow_urls import content

TIMEOUT = 3  # gunicorn's, in seconds: a worker that gives no sign for so long is killed
PAUSE = 6  # seconds in which the reader takes nothing
STARTING = 60  # seconds that a server may take on a busy machine
PROTOCOLS = {"HTTP/1.0": 10, "HTTP/1.1": 11}

NGINX = """
daemon off;
master_process off;
pid {folder}/nginx.pid;
error_log {folder}/nginx.log;
events {{}}
http {{
    access_log off;
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
    proxy_max_temp_file_size 0;
    server {{
        listen 127.0.0.1:{port};
        location / {{
            proxy_pass http://127.0.0.1:{upstream};
            proxy_http_version {version};
        }}
    }}
}}
"""


@contextmanager
def process(command: list[str], port: int, log: Path, **more: str) -> Iterator[None]:
    """Runs a server from when it listens on its port until the end of the block."""
    with log.open("wb") as written:
        server = subprocess.Popen(
            command, cwd=settings.BASE_DIR, env=os.environ | more, stdout=written, stderr=written
        )
        try:
            deadline = time.monotonic() + STARTING
            while not services.answers("127.0.0.1", port):
                if time.monotonic() > deadline or server.poll() is not None:
                    raise RuntimeError("The server does not start:\n" + log.read_text())
                time.sleep(0.1)
            yield
        finally:
            server.terminate()
            server.wait(30)


@pytest.fixture(scope="module")
def port(tmp_path_factory: pytest.TempPathFactory) -> Iterator[int]:
    """Where gunicorn serves the site, as an operator starts it but for the impatience.

    It loads the site before its workers begin: their time to start is not counted, and after a kill the next is there.
    """
    port = services.free_port()
    hurry = ["--preload", f"--timeout={TIMEOUT}", "--graceful-timeout=1", "--log-level=warning"]
    command = [sys.executable, "-m", "gunicorn", "cms.wsgi", f"--bind=127.0.0.1:{port}", *hurry]
    log = tmp_path_factory.mktemp("gunicorn") / "log"
    with process(command, port, log, DJANGO_SETTINGS_MODULE="tests.cms.slow_settings"):
        yield port


def ask(port: int, protocol: str) -> http.client.HTTPResponse:
    """The answer's beginning. The rest waits at the sender: hardly anything fits into this reader's buffer."""
    reader = socket.socket()
    reader.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 16 * 1024)
    reader.settimeout(STARTING)
    reader.connect(("127.0.0.1", port))
    connection = http.client.HTTPConnection("127.0.0.1", port)
    connection.sock = reader
    connection._http_vsn, connection._http_vsn_str = PROTOCOLS[protocol], protocol  # type: ignore[attr-defined]
    connection.request("GET", "/long-export.csv")
    answer = connection.getresponse()
    assert answer.status == 200
    return answer


def test_a_slow_reader_gets_every_row(port: int) -> None:
    whole = b"".join(content())
    with ExitStack() as stack:
        answers = {protocol: stack.enter_context(closing(ask(port, protocol))) for protocol in PROTOCOLS}
        assert answers["HTTP/1.0"].getheader("Content-Length") == str(len(whole))
        assert answers["HTTP/1.1"].getheader("Transfer-Encoding") == "chunked"
        begun = {protocol: answer.read(1000) for protocol, answer in answers.items()}
        time.sleep(PAUSE)
        for protocol, answer in answers.items():
            assert begun[protocol] + answer.read() == whole, protocol


def cut(answer: http.client.HTTPResponse) -> None:
    """Kills the process that sends the answer, which has begun."""
    assert answer.read(1000)
    os.kill(int(answer.getheader("X-Worker", "")), signal.SIGKILL)


@pytest.mark.parametrize("protocol", PROTOCOLS)
def test_a_cut_shows(port: int, protocol: str) -> None:
    with closing(ask(port, protocol)) as answer:
        cut(answer)
        with pytest.raises(http.client.IncompleteRead):
            answer.read()


@pytest.mark.nginx
@pytest.mark.parametrize("version", ["1.0", "1.1"])
def test_a_cut_shows_through_nginx(port: int, tmp_path: Path, version: str) -> None:
    outer, path = services.free_port(), tmp_path / "nginx.conf"
    path.write_text(NGINX.format(folder=tmp_path, port=outer, upstream=port, version=version))
    command = [str(services.nginx()), "-p", str(tmp_path), "-c", str(path)]
    with process(command, outer, tmp_path / "nginx.out"), closing(ask(outer, "HTTP/1.1")) as answer:
        cut(answer)
        with pytest.raises(http.client.IncompleteRead):
            answer.read()
