"""One request: to an address that was checked, within one time limit, without following redirects."""

import http.client
import socket
import ssl
import threading
import time
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass

from verkosto.core.http_client.addresses import RequestFailed, Target, resolve, target_of


@dataclass(frozen=True, kw_only=True)
class Limits:
    """What a request may do: how many seconds it may take in all, how many bytes are read, and where it may go."""

    seconds: float
    most_read: int = 500
    allow_private: bool = False


@dataclass(frozen=True, kw_only=True)
class Response:
    """What the other system answered: the status, the first bytes, and after how many milliseconds."""

    status: int
    content: bytes
    duration: int

    @property
    def text(self) -> str:
        """The content as text that a database can store."""
        return self.content.decode("utf-8", "replace").replace("\x00", "")


class _PinnedConnection(http.client.HTTPConnection):
    """A connection to one IP address, whatever the name of the host leads to."""

    def __init__(self, target: Target, address: str, seconds: float) -> None:
        super().__init__(target.host, target.port, timeout=seconds)
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


def send(method: str, url: str, *, limits: Limits, headers: Mapping[str, str], body: bytes | None = None) -> Response:
    """Send a request, and return the response, whatever its status. Raises RequestFailed, or AddressRefused.

    The time limit is for everything from the connection to the end of the response, so a server that sends a byte now and
    then holds the worker no longer than one that is silent.
    """
    try:
        target = target_of(url)
    except ValueError as error:
        raise RequestFailed("The URL is not valid.") from error
    connection = _PinnedConnection(target, resolve(target, allow_private=limits.allow_private), limits.seconds)
    begun = time.monotonic()
    deadline = threading.Timer(limits.seconds, connection.abort)
    deadline.daemon = True
    deadline.start()
    try:
        connection.request(method, target.path, body, dict(headers))
        response = connection.getresponse()
        content = response.read(limits.most_read)
    except (OSError, http.client.HTTPException, ValueError) as error:
        raise RequestFailed(_reason(error, time.monotonic() - begun, limits)) from error
    finally:
        deadline.cancel()
        connection.close()
    if time.monotonic() - begun >= limits.seconds:
        raise RequestFailed(_reason(TimeoutError(), limits.seconds, limits))
    return Response(status=response.status, content=content, duration=round(1000 * (time.monotonic() - begun)))


def _reason(error: Exception, seconds: float, limits: Limits) -> str:
    if isinstance(error, TimeoutError) or seconds >= limits.seconds:
        return f"No answer within {limits.seconds:g} seconds."
    return f"{type(error).__name__}: {error}"[:200]
