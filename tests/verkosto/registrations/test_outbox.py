"""The outbox when the mail server is well, ill or dead (law 5)."""

import smtplib
from datetime import timedelta

import pytest
from django.core import mail
from django.utils import timezone
from icalendar import Calendar

from tests.factories.registrations import desk_of, in_three_languages, publish, register
from verkosto.registrations import scheduled_work
from verkosto.registrations.domain import lifecycle
from verkosto.registrations.mail import delivery, outbox
from verkosto.registrations.models import EmailTemplate, Message

pytestmark = pytest.mark.django_db


@pytest.fixture
def server(monkeypatch):
    """A mail server that raises what is put into ``server.errors``, one for each mail."""

    class Server:
        errors: list[Exception] = []
        sent: list = []

        def take(self, letter):
            if self.errors and (error := self.errors.pop(0)):
                raise error
            self.sent.append(letter)

    fake = Server()
    fake.errors, fake.sent = [], []
    monkeypatch.setattr("verkosto.registrations.mail.email.send_mail", fake.take)
    return fake


def only() -> Message:
    return Message.objects.get()


@pytest.mark.parametrize(
    "error",
    [
        smtplib.SMTPRecipientsRefused({"a@example.fi": (451, b"try later")}),
        smtplib.SMTPServerDisconnected("gone"),
        TimeoutError("too slow"),
        ConnectionRefusedError("down"),
    ],
)
def test_passing_trouble_is_tried_again_later(desk, server, error):
    register(desk, "a@example.fi")
    server.errors = [error]
    delivery.deliver_due()
    assert (only().state, only().attempts) == ("queued", 1)
    assert only().due_at > timezone.now()
    assert delivery.deliver_due() == 0
    Message.objects.update(due_at=timezone.now())
    assert delivery.deliver_due() == 1
    assert (only().state, len(server.sent)) == ("sent", 1)


def test_refusal_for_good_is_kept_with_its_reason_and_can_be_sent_again(desk, server):
    register(desk, "a@example.fi")
    server.errors = [smtplib.SMTPRecipientsRefused({"a@example.fi": (550, b"no such user")})]
    delivery.deliver_due()
    assert (only().state, only().failure) == ("failed", "550 no such user")
    outbox.resend(only())
    assert delivery.deliver_due() == 1
    assert only().state == "sent"


def test_message_of_a_killed_worker_is_sent_by_the_next(desk, server):
    register(desk, "a@example.fi")
    Message.objects.update(state="sending", claimed_at=timezone.now())
    assert delivery.deliver_due() == 0
    Message.objects.update(claimed_at=timezone.now() - timedelta(minutes=11))
    assert delivery.deliver_due() == 1
    assert delivery.deliver_due() == 0


def test_letter_is_in_the_registrants_language_with_text_html_and_calendar(event, server):
    in_three_languages(event)
    register(desk_of(event), "a@example.fi", language="sv")
    delivery.deliver_due()
    letter = server.sent[0]
    assert "Webbinarium" in letter.subject
    kinds = [alternative[1] for alternative in letter.alternatives]
    assert kinds == ["text/html", "text/calendar; method=REQUEST"]
    entry = Calendar.from_ical(letter.attachments[0][1]).walk("VEVENT")[0]
    assert str(entry["uid"]) == f"{event.translation_key}@verkosto"
    assert entry["status"] == "CONFIRMED"
    assert 'lang="sv"' in letter.alternatives[0][0]


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


def test_title_with_line_breaks_and_markup_does_no_harm(event, server):
    event.title = "A\r\nBcc: x@example.fi\r\nATTENDEE:mailto:x@example.fi <script>alert(1)</script>"
    register(desk_of(publish(event)), "a@example.fi", name="</td><script>alert(1)</script>")
    delivery.deliver_due()
    letter = server.sent[0]
    assert letter.message()["Bcc"] is None
    assert letter.recipients() == ["a@example.fi"]
    assert "<script>" not in letter.alternatives[0][0]
    calendar = letter.attachments[0][1]
    assert all(len(line.encode()) <= 75 for line in calendar.splitlines())
    assert len(Calendar.from_ical(calendar).walk("VEVENT")) == 1
    assert calendar.count("\nATTENDEE") == 1


def test_own_wording_is_data(desk, server):
    EmailTemplate.objects.create(
        desk=desk,
        kind="confirmed",
        language="fi",
        subject="Tervetuloa: {title}",
        body="{name}: {{ name }} {% now 'Y' %} {title.__class__}",
    )
    register(desk, "a@example.fi", name="{title}")
    delivery.deliver_due()
    assert server.sent[0].subject == "Tervetuloa: Webinaari"
    assert "{title}: {{ name }} {% now 'Y' %} {title.__class__}" in server.sent[0].body


def test_joining_instructions_go_once_to_who_has_a_place_also_later(event, server):
    event.attendance, event.joining_url, event.capacity = "online", "https://meet.example.fi/abc", 1
    event.joining_visible_from = timezone.now() - timedelta(hours=1)
    desk = desk_of(publish(event))
    first, _second = register(desk, "a@example.fi"), register(desk, "b@example.fi")
    assert [scheduled_work.send_joining_instructions(), scheduled_work.send_joining_instructions()] == [1, 0]
    lifecycle.cancel(registration=first)
    assert scheduled_work.send_joining_instructions() == 1
    delivery.deliver_due()
    told = {
        letter.to[0]: "meet.example.fi" in letter.body for letter in server.sent if "meet.example.fi" in letter.body
    }
    assert told == {"b@example.fi": True}
    assert not mail.outbox


def test_address_in_a_strangers_name_is_no_link(desk, server):
    register(desk, "a@example.fi", name="win.example.com \u202ehttps://evil.example/x")
    EmailTemplate.objects.create(
        desk=desk, kind="confirmed", language="fi", subject="x", body="{name}: https://verkosto.example.fi/"
    )
    delivery.deliver_due()
    html = server.sent[0].alternatives[0][0]
    assert "win.example.com https://evil.example/x" in html
    assert "evil.example" not in "".join(part.partition('"')[0] for part in html.split('href="')[1:])
    assert 'href="https://verkosto.example.fi/"' in html
