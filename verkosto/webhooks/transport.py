"""One POST to a receiver: to an address that was checked, within one time limit, without following redirects."""

import http.client
import socket
import ssl
import threading
import time
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass

from verkosto.webhooks import conf
from verkosto.webhooks.addresses import Target, resolve, target_of
from verkosto.webhooks.exceptions import NotDelivered

MOST_READ = 500  # bytes of the answer


@dataclass(frozen=True, kw_only=True)
class Answer:
    """What the receiver answered: the status, the first bytes as text, and after how many milliseconds."""

    status: int
    start: str
    duration: int


class _PinnedConnection(http.client.HTTPConnection):
    """A connection to one IP address, whatever the name of the host leads to."""

    def __init__(self, target: Target, address: str) -> None:
        super().__init__(target.host, target.port, timeout=conf.timeout())
        self._is_tls = target.scheme == "https"
        self._address = address

    def connect(self) -> None:
        self.sock = socket.create_connection((self._address, self.port), self.timeout)
        if self._is_tls:
            context = ssl.create_default_context()
            wrapped = context.wrap_socket(self.sock, server_hostname=self.host, do_handshake_on_connect=False)
            self.sock = wrapped
            wrapped.do_handshake()

    def abort(self) -> None:
        """End whatever the connection waits for, from another thread."""
        with suppress(OSError, TypeError):  # TypeError: there is no socket yet, and connecting has its own limit
            # Of the class: that of an SSLSocket would take the TLS state away from the thread that reads.
            socket.socket.shutdown(self.sock, socket.SHUT_RDWR)


def post(url: str, body: bytes, headers: Mapping[str, str]) -> Answer:
    """Send a body, and return the answer, whatever its status. Raises NotDelivered, or AddressRefused.

    The time limit (``conf.timeout``) is for everything from the connection to the end of the answer, so a receiver that
    sends a byte now and then holds the worker no longer than one that is silent.
    """
    try:
        target = target_of(url)
    except ValueError as error:
        raise NotDelivered("The URL is not valid.") from error
    connection = _PinnedConnection(target, resolve(target))
    begun = time.monotonic()
    deadline = threading.Timer(conf.timeout(), connection.abort)
    deadline.daemon = True
    deadline.start()
    try:
        connection.request("POST", target.path, body, dict(headers))
        response = connection.getresponse()
        start = response.read(MOST_READ)
    except (OSError, http.client.HTTPException, ValueError) as error:
        raise NotDelivered(_reason(error, time.monotonic() - begun)) from error
    finally:
        deadline.cancel()
        connection.close()
    if time.monotonic() - begun >= conf.timeout():
        raise NotDelivered(_reason(TimeoutError(), conf.timeout()))
    text = start.decode("utf-8", "replace").replace("\x00", "")
    return Answer(status=response.status, start=text, duration=round(1000 * (time.monotonic() - begun)))


def _reason(error: Exception, seconds: float) -> str:
    if isinstance(error, TimeoutError) or seconds >= conf.timeout():
        return f"No answer within {conf.timeout():g} seconds."
    return f"{type(error).__name__}: {error}"[:200]
