"""Who is told what, once."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.models import PageViewRestriction

from tests.factories import EventPageFactory, TopicFactory, link_to_network
from tests.verkosto.subscriptions.conftest import NOW, changed, follower
from verkosto.directory.models import TopicLink
from verkosto.registrations.models import Message
from verkosto.subscriptions import digests
from verkosto.subscriptions.digests import write_digests
from verkosto.subscriptions.models import DigestRun, Follower, PageChange

pytestmark = pytest.mark.django_db


def told() -> list[tuple[str, dict[str, bool]]]:
    """Return the address and the pages of each email, in the order of addresses."""
    messages = Message.objects.filter(kind=digests.DIGEST).order_by("recipient", "pk")
    return [(message.recipient, message.context["pages"]) for message in messages]


def test_each_is_told_of_what_they_follow_in_one_email(network: Any, event: Any, calendar: Any, homes: Any) -> None:
    elsewhere = EventPageFactory(parent=calendar, title="Muualla")
    named = EventPageFactory(parent=calendar, title="Verkoston toinen")
    link_to_network(named, network)
    topic = TopicFactory(slug="johtaminen")
    TopicLink.objects.create(page=elsewhere, topic=topic, locale=elsewhere.locale)
    for hours, page in enumerate((event, elsewhere, named)):
        changed(page, hours + 1)
    follower("a@example.fi", ("network", network.translation_key))
    follower("b@example.fi", ("topic", "johtaminen"))
    follower("c@example.fi", ("site", homes["fi"].translation_key), ("network", network.translation_key))
    follower("d@example.fi", ("events", calendar.translation_key), language="sv")
    follower("e@example.fi", ("removed_app", "x"))
    assert write_digests(NOW) == 3
    assert told() == [
        ("a@example.fi", {str(event.pk): True, str(named.pk): True}),
        ("b@example.fi", {str(elsewhere.pk): True}),
        ("c@example.fi", {str(event.pk): True, str(elsewhere.pk): True, str(named.pk): True}),
    ]


def test_drafts_private_pages_and_what_was_before_are_never_told(network: Any, event: Any, calendar: Any) -> None:
    private, draft, earlier, recent = (EventPageFactory(parent=calendar, title=f"T{each}") for each in range(4))
    PageViewRestriction.objects.create(page=private, restriction_type="login")
    draft.unpublish()
    changed(private, 1), changed(draft, 1), changed(earlier, 10)
    changed(recent, 0.01)  # its transaction may not be committed
    newcomer = follower("a@example.fi", ("events", calendar.translation_key))
    newcomer.follows.update(confirmed_at=NOW - timedelta(hours=9))
    assert write_digests(NOW) == 0
    assert told() == []


def test_nobody_is_told_the_same_twice(network: Any, event: Any) -> None:
    changed(event, 1)
    person = follower("a@example.fi", ("network", network.translation_key))
    assert (write_digests(NOW), write_digests(NOW), write_digests(NOW + timedelta(hours=1))) == (1, 0, 0)
    Follower.objects.filter(pk=person.pk).update(frequency="at_once")
    assert write_digests(NOW + timedelta(hours=2)) == 0
    PageChange.objects.update(changed_at=NOW + timedelta(hours=3))
    assert write_digests(NOW + timedelta(hours=4)) == 1
    assert [pages for _email, pages in told()] == [{str(event.pk): True}, {str(event.pk): False}]


def test_killed_run_goes_on_and_reaches_everybody_once(
    network: Any, event: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    changed(event, 1)
    addresses = [f"{name}@example.fi" for name in "abcde"]
    for address in addresses:
        follower(address, ("network", network.translation_key))
    monkeypatch.setattr(digests, "PORTION", 2)
    write_rows = digests.outbox.write_rows

    def killed(messages: list[Message]) -> None:
        write_rows(messages)
        if any(message.recipient == "d@example.fi" for message in messages):
            raise KeyboardInterrupt

    monkeypatch.setattr(digests.outbox, "write_rows", killed)
    with pytest.raises(KeyboardInterrupt):
        write_digests(NOW)
    assert [address for address, _pages in told()] == addresses[:2]
    monkeypatch.setattr(digests.outbox, "write_rows", write_rows)
    assert write_digests(NOW + timedelta(minutes=5)) == 3
    assert [address for address, _pages in told()] == addresses
    run = DigestRun.objects.get(frequency="daily")
    assert (run.written, run.finished_at is not None) == (5, True)


@pytest.mark.parametrize(
    ("frequency", "hours", "slot"),
    [
        ("daily", 0, "2126-09-04"),
        ("daily", -3, "2126-09-03"),  # 6.00 in Helsinki
        ("daily", -2, "2126-09-04"),  # 7.00
        ("weekly", 0, "2126-09-02"),
        ("weekly", 24 * 5, "2126-09-09"),
    ],
)
def test_runs_are_due_from_seven_in_the_morning(frequency: str, hours: int, slot: str, homes: Any) -> None:
    write_digests(NOW + timedelta(hours=hours))
    assert list(DigestRun.objects.filter(frequency=frequency).values_list("slot", flat=True)) == [slot]


def test_no_run_at_once_without_a_change(homes: Any) -> None:
    write_digests(NOW)
    assert not DigestRun.objects.filter(frequency="at_once").exists()


def test_queries_do_not_grow_with_followers(network: Any, event: Any) -> None:
    changed(event, 1)
    counts = []
    for day, number in enumerate((1, 1, 30)):  # the first fills the caches
        for each in range(number):
            follower(f"{day}-{each}@example.fi", ("network", network.translation_key), ("topic", "a"))
        with CaptureQueriesContext(connection) as captured:
            assert write_digests(NOW + timedelta(days=day)) == number
        counts.append(len(captured))
    assert counts[1] == counts[2]
