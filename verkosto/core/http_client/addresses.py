"""Where requests may go: URLs that are checked when they are typed, addresses that are checked at each request."""

import ipaddress
import socket
from dataclasses import dataclass
from urllib.parse import urlsplit

PORTS = {"https": 443, "http": 80}


class RequestFailed(Exception):
    """The other system got nothing, or gave no answer in time. The text says why, for staff."""


class AddressRefused(RequestFailed):
    """The host has an address to which nothing is sent."""


@dataclass(frozen=True, kw_only=True)
class Target:
    """The parts of a URL that a request needs; ``host`` is in ASCII (RFC 5891), ``path`` has the query."""

    scheme: str
    host: str
    port: int
    path: str


def target_of(url: str) -> Target:
    """Return the parts of a URL. Raises ValueError for one that is no http(s) URL, or names a user."""
    parts = urlsplit(url)
    if parts.scheme not in PORTS or not parts.hostname or parts.username is not None or not url.isprintable():
        raise ValueError(url)
    host = parts.hostname.encode("idna").decode()
    path = f"{parts.path or '/'}{f'?{parts.query}' if parts.query else ''}"
    if not path.isascii() or " " in path:
        raise ValueError(url)
    return Target(scheme=parts.scheme, host=host, port=parts.port or PORTS[parts.scheme], path=path)


def is_sendable(host: str, *, allow_private: bool) -> bool:
    """Return whether something may be sent to a host as far as its text tells: names are looked up when it is sent."""
    return not _is_literal(host) or allow_private or is_public(host)


def resolve(target: Target, *, allow_private: bool) -> str:
    """Return the IP address to connect to.

    The caller connects to this address and does not ask for it again, so that the name cannot lead elsewhere meanwhile.
    Raises AddressRefused if any address of the host is not allowed, and RequestFailed if it has none.
    """
    try:
        found = socket.getaddrinfo(target.host, target.port, type=socket.SOCK_STREAM)
    except OSError as error:
        raise RequestFailed(f"The host was not found: {error}") from error
    addresses = [str(row[4][0]) for row in found]
    if not addresses or not all(allow_private or is_public(address) for address in addresses):
        raise AddressRefused("The host has an address that is not public.")
    return addresses[0]


def is_public(address: str) -> bool:
    """Return whether an IP address is a public one, of one host. One that embeds an IPv4 address is not.

    IPv4-mapped addresses (RFC 4291 §2.5.5) and those of NAT64 (RFC 6052) are in ::/8, which is reserved; 6to4 is given up
    (RFC 7526), and what newer versions of Python do not count as global.
    """
    ip = ipaddress.ip_address(address.partition("%")[0])
    if isinstance(ip, ipaddress.IPv6Address) and ip.sixtofour is not None:
        return False
    return ip.is_global and not ip.is_multicast and not ip.is_reserved


def _is_literal(host: str) -> bool:
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return True
