"""Who is notified of which change of an event."""

from datetime import timedelta

import pytest
from django.utils import timezone
from icalendar import Calendar

from tests.factories.registrations import desk_of, event_with_desk, in_three_languages, publish, register
from verkosto.registrations.mail import delivery
from verkosto.registrations.mail.compose import compose
from verkosto.registrations.models import Message

pytestmark = pytest.mark.django_db


def test_cancelled_event_is_told_to_all_with_a_newer_entry(event, server):
    desk = desk_of(event)
    register(desk, "a@example.fi")
    delivery.deliver_due()
    before = Calendar.from_ical(server.sent[0].attachments[0][1]).walk("VEVENT")[0]
    event.status, event.status_note = "cancelled", "Puhuja on estynyt."
    publish(event)
    delivery.deliver_due()
    letter = server.sent[1]
    after = Calendar.from_ical(letter.attachments[0][1])
    entry = after.walk("VEVENT")[0]
    assert "Puhuja on estynyt." in letter.body
    assert (str(after["method"]), entry["status"], entry["uid"]) == ("CANCEL", "CANCELLED", before["uid"])
    assert entry["sequence"] > before["sequence"]
    publish(event)
    assert Message.objects.count() == 2


def test_changed_time_is_told_in_each_language(event, server):
    in_three_languages(event)
    desk = desk_of(event)
    register(desk, "a@example.fi", language="fi")
    register(desk, "b@example.fi", language="en")
    register(desk, "c@example.fi", language="sv")
    event.starts_at += timedelta(days=1)
    event.ends_at += timedelta(days=1)
    publish(event)
    told = Message.objects.filter(kind="event_changed")
    assert set(told.values_list("recipient", "language")) == {("a@example.fi", "fi"), ("b@example.fi", "en")}
    assert all("17" in message.context["change"] for message in told)


def test_a_new_joining_link_is_told_to_who_had_the_old_one():
    online = {"attendance": "online", "starts_at": timezone.now() + timedelta(days=9)}
    event = event_with_desk(joining_url="https://example.org/old", capacity=1, **online)
    register(desk_of(event), "a@example.fi")
    register(desk_of(event), "b@example.fi")
    publish(event)
    event.joining_url = "https://example.org/new"
    publish(event)
    message = Message.objects.get(kind="joining")
    assert (message.recipient, event.joining_url in compose(message).text()) == ("a@example.fi", True)
    event.joining_visible_from, event.joining_url = timezone.now() + timedelta(days=3), "https://example.org/later"
    publish(event)
    assert Message.objects.filter(kind="joining").count() == 1
