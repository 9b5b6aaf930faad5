"""Where requests to other systems may go. The requests themselves: ``tests/verkosto/webhooks/test_delivery.py``."""

import socket
from typing import Any

import pytest

from verkosto.core.http_client.addresses import AddressRefused, RequestFailed, is_public, resolve, target_of


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("193.166.4.5", True),
        ("2001:14b8::5", True),
        ("127.0.0.1", False),
        ("0.0.0.0", False),  # noqa: S104
        ("10.1.2.3", False),
        ("172.16.0.1", False),
        ("192.168.0.1", False),
        ("169.254.169.254", False),  # metadata of cloud machines
        ("100.64.0.1", False),
        ("192.0.2.1", False),
        ("224.0.0.1", False),
        ("255.255.255.255", False),
        ("::1", False),
        ("::", False),
        ("fe80::1%eth0", False),
        ("fd00::1", False),
        ("ff02::1", False),
        ("::ffff:127.0.0.1", False),
        ("::ffff:193.166.4.5", False),
        ("::127.0.0.1", False),
        ("64:ff9b::7f00:1", False),
        ("2002:7f00:1::", False),
        ("2002:c1a6:405::", False),
        ("2001:0:c1a6:405::1", False),
    ],
)
def test_only_public_addresses_of_one_host_are_public(address: str, expected: bool) -> None:
    assert is_public(address) is expected


def test_one_private_address_among_several_is_enough_to_refuse(monkeypatch: pytest.MonkeyPatch) -> None:
    found = ["193.166.4.5", "10.0.0.1"]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *args, **kwargs: [(0, 0, 0, "", (ip, 443)) for ip in found])
    target = target_of("https://crm.example.fi/")
    with pytest.raises(AddressRefused):
        resolve(target, allow_private=False)
    assert resolve(target, allow_private=True) == "193.166.4.5"
    found.pop()
    assert resolve(target, allow_private=False) == "193.166.4.5"


def test_unknown_host_is_a_failed_request(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*args: Any, **kwargs: Any) -> None:
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", fail)
    with pytest.raises(RequestFailed, match="not found"):
        resolve(target_of("https://crm.example.fi/"), allow_private=False)
