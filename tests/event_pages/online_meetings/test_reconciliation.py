"""Meetings follow their events: made when published, moved, withdrawn, and tried again after a failure."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.utils import timezone
from wagtail.models import PageViewRestriction

from event_pages.models import EventPage, OnlineMeeting
from event_pages.online_meetings import health, reconciliation
from event_pages.online_meetings.health import find_meetings_without_link
from event_pages.online_meetings.providers import MeetingFailed
from event_pages.online_meetings.reconciliation import reconcile, reconcile_due, try_again
from tests.event_pages.online_meetings.conftest import FakeProvider
from tests.factories import EventIndexPageFactory
from tests.factories.registrations import desk_of, event_with_desk, in_three_languages, publish, register
from verkosto.registrations.models import Message

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def no_worker(monkeypatch: Any) -> None:
    """The work waits until the test does it."""
    monkeypatch.setattr(reconciliation, "_enqueue", lambda pk, at=None: None)


@pytest.fixture
def event(fake: FakeProvider) -> EventPage:
    return published_with(event_with_desk(attendance="online"), meeting_provider="fake")


def published_with(event: EventPage, **facts: Any) -> EventPage:
    for name, value in facts.items():
        setattr(event, name, value)
    found: EventPage = publish(event)
    return found


def joining(event: EventPage) -> list[str]:
    """The link of the desk, in each language."""
    return [version["joining"] for version in desk_of.__wrapped__(event).versions.values()]


def row() -> OnlineMeeting:
    return OnlineMeeting.objects.get()


def make_due() -> None:
    OnlineMeeting.objects.exclude(due_at=None).update(due_at=timezone.now())


def when(event: EventPage) -> str:
    assert event.starts_at is not None
    return f"Webinaari {event.starts_at:%d.%m. %H.%M}"


def test_life_of_a_meeting(event: EventPage, fake: FakeProvider) -> None:
    assert fake.take() == []  # publishing calls nobody: the worker does
    assert reconcile_due() == 1
    assert fake.take() == [("make", when(event))]
    link = f"https://fake.example.fi/{event.translation_key}"
    assert (row().url, row().state, joining(event)) == (link, "Valmis", [link])
    # Published without a change of the meeting: nothing is due.
    event = published_with(event, subtitle="Uusi")
    assert (reconcile_due(), fake.take()) == (0, [])
    assert event.starts_at is not None
    assert event.ends_at is not None
    moved = {"starts_at": event.starts_at + timedelta(days=1), "ends_at": event.ends_at + timedelta(days=1)}
    event = published_with(event, **moved)
    assert (reconcile_due(), fake.take()) == (1, [("move", when(event))])
    event = published_with(event, status="cancelled")
    assert (reconcile_due(), fake.take()) == (1, [("withdraw", "ref-fake")])
    assert (row().url, row().state, joining(event)) == ("", "Peruttu", [""])
    event = published_with(event, status="scheduled")
    assert (reconcile_due(), fake.take()) == (1, [("make", when(event))])
    again = f"{link}-1"  # another room: the link of the withdrawn one leads nowhere
    assert (row().url, joining(event)) == (again, [again])
    event.unpublish()
    assert (reconcile_due(), fake.take()) == (1, [("withdraw", "ref-fake")])
    assert joining(event) == [""]  # people with a place keep no dead link
    published_with(event)
    reconcile_due()
    fake.take()
    EventPage.objects.get(pk=event.pk).delete()
    assert (reconcile_due(), fake.take()) == (1, [("withdraw", "ref-fake")])


def test_registered_people_get_the_link_and_nobody_else(event: EventPage) -> None:
    register(desk_of(event), "aino@example.fi")
    reconcile_due()
    [message] = Message.objects.filter(kind="joining")
    assert message.recipient == "aino@example.fi"
    assert row().url in joining(event)
    assert row().url not in str(event.get_latest_revision().content)


def test_languages_share_one_meeting(event: EventPage, fake: FakeProvider) -> None:
    in_three_languages(event)
    assert reconcile_due() == 1
    assert [call for call, _what in fake.take()] == ["make"]
    assert joining(event) == [row().url] * 3


def test_another_provider_takes_over_and_an_own_link_needs_none(event: EventPage, fake: FakeProvider) -> None:
    reconcile_due()
    fake.take()
    event = published_with(event, meeting_provider="other")
    reconcile_due()
    assert fake.take() == [("withdraw", "ref-fake")]
    assert row().url == f"https://other.example.fi/{event.translation_key}-1"
    event = published_with(event, joining_url="https://own.example.fi/a")
    reconcile_due()
    assert (row().url, joining(event)) == ("", ["https://own.example.fi/a"])


@pytest.mark.parametrize(
    "facts",
    [
        {"attendance": "on_site"},
        {"status": "postponed"},
        {"date_precision": "unannounced"},
        {"meeting_provider": ""},
        {"joining_url": "https://own.example.fi/a"},
    ],
)
def test_events_that_want_no_meeting(fake: FakeProvider, facts: dict[str, str]) -> None:
    published_with(event_with_desk(attendance="online"), **{"meeting_provider": "fake", **facts})
    assert not OnlineMeeting.objects.exists()


def test_failure_is_shown_and_tried_again_after_growing_pauses(event: EventPage, fake: FakeProvider) -> None:
    fake.errors = [MeetingFailed("Palvelin ei vastaa."), ValueError("secret")]
    assert reconcile_due() == 0
    failed = row()
    assert (failed.failure, failed.state, failed.attempts) == ("Palvelin ei vastaa.", "Epäonnistui", 1)
    assert "Verkkokokousta ei voitu valmistella: Palvelin ei vastaa." in [check.text for check in event.checklist]
    assert failed.due_at is not None
    assert timedelta(seconds=50) < failed.due_at - timezone.now() <= timedelta(minutes=1)
    assert reconcile_due() == 0  # not yet
    make_due()
    assert reconcile_due() == 0
    assert row().failure == "ValueError"  # the text of an unknown error may hold a secret
    assert try_again(row())
    assert reconcile_due() == 1
    assert (row().failure, row().attempts, row().due_at) == ("", 0, None)
    assert not try_again(row())
    assert [call for call, _what in fake.take()] == ["make"] * 3


def test_it_is_given_up_after_many_failures(event: EventPage, fake: FakeProvider) -> None:
    OnlineMeeting.objects.update(attempts=reconciliation.ATTEMPTS - 1)
    fake.errors = [MeetingFailed("Ei.")]
    reconcile_due()
    assert (row().due_at, row().failure) == (None, "Ei.")


def test_two_workers_make_one_meeting_and_a_killed_one_is_replaced(event: EventPage, fake: FakeProvider) -> None:
    OnlineMeeting.objects.update(claimed_at=timezone.now())
    assert (reconcile(row().pk), fake.take()) == (False, [])
    OnlineMeeting.objects.update(claimed_at=timezone.now() - timedelta(minutes=11))
    assert (reconcile(row().pk), fake.take()) == (True, [("make", when(event))])


def test_change_during_the_work_stays_due(event: EventPage, fake: FakeProvider, monkeypatch: Any) -> None:
    own = fake.make

    def made_while_it_is_cancelled(meeting: Any) -> Any:
        published_with(EventPage.objects.get(pk=event.pk), status="cancelled")
        return own(meeting)

    monkeypatch.setattr(fake, "make", made_while_it_is_cancelled)
    assert reconcile_due() == 1
    assert reconcile_due() == 1
    assert [call for call, _what in fake.take()] == ["make", "withdraw"]


def test_provider_that_was_removed_is_named(event: EventPage) -> None:
    OnlineMeeting.objects.update(wanted={**row().wanted, "provider": "gone"})
    reconcile_due()
    assert row().failure == "Palvelua ”gone” ei ole asennettu."


def test_page_that_becomes_private_gets_another_link_and_keeps_it(event: EventPage, fake: FakeProvider) -> None:
    """Who can no longer register must not have the way in. People with a place get the new link."""
    register(desk_of(event), "aino@example.fi")
    reconcile_due()
    public = row().url
    fake.take()
    restriction = PageViewRestriction.objects.create(page=event.get_parent(), restriction_type="login")
    assert (reconcile_due(), [call for call, _what in fake.take()]) == (1, ["withdraw", "make"])
    private = row().url
    assert private != public
    assert joining(event) == [private]
    assert [message.recipient for message in Message.objects.filter(kind="joining")] == ["aino@example.fi"] * 2
    restriction.restriction_type = "groups"
    restriction.save()
    assert (reconcile_due(), fake.take()) == (0, [])
    restriction.delete()
    assert (reconcile_due(), [call for call, _what in fake.take()]) == (1, ["move"])
    assert row().url == private


def test_event_that_moves_below_a_private_page_gets_another_link(event: EventPage, fake: FakeProvider) -> None:
    reconcile_due()
    public = row().url
    calendar = event.get_parent()
    members = EventIndexPageFactory(parent=calendar.get_parent(), slug="jasenille")
    other = EventIndexPageFactory(parent=calendar.get_parent(), slug="muut")
    PageViewRestriction.objects.create(page=members, restriction_type="login")
    EventPage.objects.get(pk=event.pk).move(other, pos="last-child")
    assert (reconcile_due(), row().url) == (0, public)
    EventPage.objects.get(pk=event.pk).move(members, pos="last-child")
    assert reconcile_due() == 1
    assert row().url not in ("", public)


def test_link_is_on_no_page_public_or_private(event: EventPage, client: Client, admin_client: Client) -> None:
    reconcile_due()
    addresses = [event.url, f"{event.url}event.ics", f"{event.url}event.jsonld", "/api/v1/events?lang=fi"]
    for reader in (client, admin_client):
        for address in addresses:
            answer = reader.get(address)
            assert answer.status_code == 200, address
            assert str(event.translation_key) not in hosts_of(answer)
    PageViewRestriction.objects.create(page=event, restriction_type="login")
    reconcile_due()
    assert row().url
    assert client.get(event.url).status_code == 302
    assert "fake.example.fi" not in admin_client.get(event.url).content.decode()


def hosts_of(answer: Any) -> str:
    """The part of an answer that follows the host of the fake provider."""
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content
    return str(content.decode().partition("fake.example.fi")[2])


def only(monkeypatch: Any, *installed: FakeProvider) -> None:
    found = {provider.name: provider for provider in installed}
    for module in (reconciliation, health):
        monkeypatch.setattr(module, "meeting_providers", lambda: found)


def test_provider_that_is_removed_takes_its_links_away_and_editors_are_told(
    event: EventPage, fake: FakeProvider, monkeypatch: Any
) -> None:
    reconcile_due()
    first = row().url
    assert (
        find_meetings_without_link().summary
        == "Jokaisella tulevalla tapahtumalla on verkkokokous, jonka se tarvitsee."
    )
    only(monkeypatch)
    assert reconcile_due() == 0
    assert (row().url, row().failure, joining(event)) == ("", "Palvelua ”fake” ei ole asennettu.", [""])
    assert any("ei ole asennettu" in check.text for check in event.checklist)
    found = find_meetings_without_link()
    assert (found.status, found.figures["online_meetings_without_provider"]) == ("attention", 1)
    assert found.summary == "1 tuleva tapahtuma on menettänyt verkkokokouksensa: sen palvelua ei ole asennettu."
    attempts = row().attempts
    assert (reconcile_due(), row().attempts) == (0, attempts)  # it is not asked for in every round
    only(monkeypatch, fake)
    assert reconcile_due() == 1
    assert row().url not in ("", first)
    assert (row().failure, joining(event)) == ("", [row().url])


def test_meetings_move_to_a_changed_server_unless_they_are_over(
    event: EventPage, fake: FakeProvider, monkeypatch: Any
) -> None:
    reconcile_due()
    fake.take()
    fake.server = "https://meet.example.fi"
    assert (reconcile_due(), [call for call, _what in fake.take()]) == (1, ["withdraw", "make"])
    assert (reconcile_due(), fake.take()) == (0, [])
    fake.server = "https://other.example.fi"
    assert event.ends_at is not None
    with time_machine.travel(event.ends_at + timedelta(days=2), tick=False):
        assert (reconcile_due(), fake.take()) == (0, [])


def test_failure_after_a_withdrawal_leaves_no_old_link(event: EventPage, fake: FakeProvider) -> None:
    reconcile_due()
    event = published_with(event, meeting_provider="other")
    OnlineMeeting.objects.update(wanted={**row().wanted, "provider": "gone"})
    assert reconcile_due() == 0
    assert (row().url, joining(event)) == ("", [""])
