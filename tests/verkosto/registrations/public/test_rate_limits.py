"""Rate limits, and the network address that they count."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection
from django.utils import timezone

from tests.factories.registrations import desk_of, event_with_desk
from tests.verkosto.registrations.form_posts import address, fill
from verkosto.core.scheduled_work.runner import run_scheduled_work
from verkosto.registrations.models import Message, RateLimitCount, Registration
from verkosto.registrations.public.rate_limits import (
    client_address,
    has_attempts_left,
    reset_attempts,
    within_limits,
)

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


def test_limits_are_counted_for_each_client_over_all_desks(client, desk, event, settings):
    settings.REGISTRATION_LIMITS = {"address": "2/hour"}
    other = desk_of(event_with_desk(index=event.get_parent(), title="Toinen"))
    codes = [
        client.post(address(each), fill(each, email=f"v{number}@example.fi")).status_code
        for number, each in enumerate([desk, other, other])
    ]
    assert codes == [302, 302, 429]
    assert client.post(address(desk), fill(desk), REMOTE_ADDR="192.0.2.9").status_code == 302


def test_client_that_signs_up_often_confirms_each_address(client, desk, settings):
    """An office is not refused: each of its people answers one more mail."""
    settings.REGISTRATION_LIMITS = {"address_unproven": "2/hour"}
    for number in range(4):
        assert client.post(address(desk), fill(desk, email=f"v{number}@example.fi")).status_code == 302
    statuses = Registration.objects.order_by("pk").values_list("status", "holds_place")
    assert list(statuses) == [("confirmed", True)] * 2 + [("awaiting_confirmation", False)] * 2


def test_tags_case_and_international_domains_are_one_mailbox(client, desk, settings):
    """Six addresses of one mailbox got a mail each."""
    settings.REGISTRATION_MAILS_AN_HOUR = 3
    emails = ["victim+0@käse.fi", "Victim+1@KÄSE.FI", "victim+2@xn--kse-qla.fi", "victim+3@käse.fi", "victim@käse.fi"]
    for email in emails:
        client.post(address(desk), fill(desk, email=email))
    assert Registration.objects.count() == 5
    now = timezone.now()
    assert [message.due_at <= now for message in Message.objects.order_by("pk")] == [True] * 3 + [False] * 2
    assert set(Message.objects.values_list("mailbox", flat=True)) == {"victim@xn--kse-qla.fi"}


def test_attempts_are_counted_in_the_database_and_hold_no_address(rf, time_machine):
    """Each of several web processes had its own limits, silently."""
    time_machine.move_to("2026-11-02 09:00 +0000", tick=False)
    assert [within_limits("link_proven", "192.0.2.1") for _n in range(3)] == [True] * 3
    count = RateLimitCount.objects.get()
    assert (count.attempts, count.expires_at.isoformat()) == (3, "2026-11-02T10:00:00+00:00")
    assert "192.0.2.1" not in count.key
    RateLimitCount.objects.update(attempts=300)
    assert not has_attempts_left("link_proven", "192.0.2.1")
    assert not within_limits("link_proven", "192.0.2.1")
    assert within_limits("link_proven", "192.0.2.2")
    time_machine.move_to("2026-11-02 10:00 +0000", tick=False)
    assert has_attempts_left("link_proven", "192.0.2.1")
    assert within_limits("link_proven", "192.0.2.1")
    assert RateLimitCount.objects.get(pk=count.pk).attempts == 1
    assert run_scheduled_work(["delete_rate_limit_counts"]) == {"delete_rate_limit_counts": 1}
    reset_attempts("link_proven", "192.0.2.1")
    assert not RateLimitCount.objects.exists()


def test_counting_an_attempt_takes_one_query(django_assert_num_queries):
    for _n in range(2):
        with django_assert_num_queries(1):
            within_limits("link", "192.0.2.1")


@pytest.mark.django_db(transaction=True)
def test_attempts_at_the_same_time_are_all_counted():
    def attempt(_number: int) -> bool:
        try:
            return within_limits("sign_in", "account", "192.0.2.1")
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as pool:
        assert sum(pool.map(attempt, range(24))) == 5
    assert RateLimitCount.objects.get().attempts == 24
