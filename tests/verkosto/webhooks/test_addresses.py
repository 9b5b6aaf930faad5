"""Where webhooks may go."""

import socket

import pytest
from django.core.exceptions import ValidationError
from django.utils.translation import override

from verkosto.webhooks import addresses
from verkosto.webhooks.exceptions import AddressRefused, NotDelivered


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
        ("2002:c1a6:405::", True),
        ("2001:0:c1a6:405::1", False),
    ],
)
def test_only_public_addresses_get_webhooks(address, expected):
    assert addresses.is_public(address) is expected


@pytest.mark.parametrize(
    ("url", "problem"),
    [
        ("https://crm.example.fi/hooks?a=1", ""),
        ("https://öljy.example.fi:8443/", ""),
        ("http://crm.example.fi/", "https://"),
        ("ftp://crm.example.fi/", "full URL"),
        ("https://user:pass@crm.example.fi/", "full URL"),
        ("https:///hooks", "full URL"),
        ("https://crm.example.fi/a\r\nHost: b", "full URL"),
        ("https://crm.example.fi/a b", "full URL"),
        ("https://crm.example.fi:99999/", "full URL"),
        ("https://127.0.0.1/", "public"),
        ("https://[::1]/", "public"),
    ],
)
def test_url_is_checked_when_it_is_typed(url, problem):
    if not problem:
        addresses.validate_url(url)
        return
    with override("en"), pytest.raises(ValidationError, match=problem):
        addresses.validate_url(url)


def test_one_private_address_among_several_is_enough_to_refuse(monkeypatch):
    found = ["193.166.4.5", "10.0.0.1"]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *args, **kwargs: [(0, 0, 0, "", (ip, 443)) for ip in found])
    target = addresses.target_of("https://crm.example.fi/")
    with pytest.raises(AddressRefused):
        addresses.resolve(target)
    found.pop()
    assert addresses.resolve(target) == "193.166.4.5"


def test_unknown_host_is_a_failure_to_deliver(monkeypatch):
    def fail(*args, **kwargs):
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", fail)
    with pytest.raises(NotDelivered, match="not found"):
        addresses.resolve(addresses.target_of("https://crm.example.fi/"))
