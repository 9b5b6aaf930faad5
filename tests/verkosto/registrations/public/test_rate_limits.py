"""Rate limits, and the network address that they count."""

import pytest

from tests.verkosto.registrations.form_posts import address, fill
from verkosto.registrations.public.rate_limits import client_address

pytestmark = pytest.mark.django_db


def test_forged_forwarding_resets_no_limit(client, desk, settings):
    settings.REGISTRATION_LIMITS = {"address": "3/hour"}
    codes = [
        client.post(
            address(desk), fill(desk, email=f"v{n}@example.fi"), headers={"X-Forwarded-For": f"10.0.0.{n}"},
            REMOTE_ADDR="192.0.2.77",
        ).status_code
        for n in range(5)
    ]  # fmt: skip
    assert codes == [302, 302, 302, 429, 429]
    settings.TRUSTED_PROXIES = 1
    trusted = [
        client.post(
            address(desk), fill(desk, email=f"w{n}@example.fi"), headers={"X-Forwarded-For": f"10.9.9.{n}, 192.0.2.78"}
        ).status_code
        for n in range(5)
    ]
    assert trusted == [302, 302, 302, 429, 429]


@pytest.mark.parametrize(
    ("proxies", "forwarded", "remote", "expected"),
    [
        (0, "203.0.113.9", "192.0.2.7", "192.0.2.7"),
        (0, "", "2001:db8:0:1:aaaa::5", "2001:db8:0:1::/64"),
        (0, "", "::ffff:192.0.2.7", "192.0.2.7"),
        (0, "", "fe80::1%eth0", "fe80::/64"),
        (0, "", "", ""),
        (1, "192.0.2.78", "10.0.0.1", "192.0.2.78"),
        (1, "203.0.113.9, 192.0.2.78", "10.0.0.1", "192.0.2.78"),
        (1, "nonsense, 192.0.2.78", "10.0.0.1", "192.0.2.78"),
        (1, "192.0.2.78:4711", "10.0.0.1", "192.0.2.78"),
        (1, "[2001:db8:0:1::5]:4711", "10.0.0.1", "2001:db8:0:1::/64"),
        # What our own proxy did not know is not taken from what the client wrote before it.
        (1, "203.0.113.9, unknown", "10.0.0.1", "10.0.0.1"),
        (1, "203.0.113.9,", "10.0.0.1", "10.0.0.1"),
        (1, "", "10.0.0.1", "10.0.0.1"),
        (2, "203.0.113.9, 192.0.2.78, 10.0.0.2", "10.0.0.1", "192.0.2.78"),
        (2, "192.0.2.78", "10.0.0.1", "10.0.0.1"),
    ],
)
def test_address_of_the_client_is_what_our_own_proxies_wrote(rf, settings, proxies, forwarded, remote, expected):
    settings.TRUSTED_PROXIES = proxies
    request = rf.get("/", REMOTE_ADDR=remote, headers={"X-Forwarded-For": forwarded, "X-Real-IP": "203.0.113.8"})
    assert client_address(request) == expected
