"""The way to the site: its name leads to nginx on this machine, and each client has an address of its own."""

from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from socket import socket
from typing import Any

import pytest
from urllib3.util import connection

from tests.production.site import HOST, ProductionSite


class Network:
    """Where the clients of one process are, as nginx sees them. Only this machine has the addresses 127.0.0.0/8."""

    def __init__(self) -> None:
        self.numbers = count(1)
        self.address = "127.0.0.1"

    def move(self) -> None:
        """Give clients that connect from now on an address that nobody had before."""
        number = next(self.numbers)
        self.address = f"127.1.{number // 250}.{number % 250 + 1}"


@contextmanager
def network(port: int, certificate: Path) -> Iterator[Network]:
    """Lead clients of urllib3, such as ``requests``, to the site under its name. They trust its certificate."""
    net, connect = Network(), connection.create_connection

    def connect_to_site(address: tuple[str, int], *args: Any, **kwargs: Any) -> socket:
        if address == (HOST, 443):
            address = ("127.0.0.1", port)
            kwargs["source_address"] = (net.address, 0)
        return connect(address, *args, **kwargs)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(connection, "create_connection", connect_to_site)
        patch.setenv("REQUESTS_CA_BUNDLE", str(certificate))
        yield net


def browser_options(site: ProductionSite) -> list[str]:
    """Return the arguments that lead Chromium to the site under its name, and nowhere else."""
    return [f"--host-resolver-rules=MAP {HOST}:443 127.0.0.1:{site.port}, MAP * ~NOTFOUND, EXCLUDE 127.0.0.1"]
