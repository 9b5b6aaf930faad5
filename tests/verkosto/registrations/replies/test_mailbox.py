"""Answers that are read from a mailbox, and those that a provider hands over."""

import pytest
from django.urls import reverse
from django.utils import translation

from tests.factories.registrations import register
from tests.verkosto.registrations.replies.imap_server import served
from verkosto.registrations.models import Registration
from verkosto.registrations.replies import mailbox, reply_actions

pytestmark = pytest.mark.django_db
QUESTION = b"From: aino@example.fi\r\nSubject: Lunch?\r\n\r\nIs there lunch?"


@pytest.fixture
def box(settings):
    with served() as found:
        settings.REGISTRATION_CALENDAR_MAILBOX = found.url
        yield found


def statuses() -> list[str]:
    return list(Registration.objects.order_by("pk").values_list("status", flat=True))


def test_answers_are_taken_and_deleted_and_other_mail_is_left_to_people(desk, answer_of, box):
    first, _second = register(desk, "aino@example.fi"), register(desk, "eero@example.fi")
    question = box.add(QUESTION)
    box.add(answer_of(first))
    assert mailbox.read_mailbox() == 2
    assert statuses() == ["cancelled", "confirmed"]
    assert box.mails == {question: QUESTION}
    assert mailbox.read_mailbox() == 0


def test_killed_process_repeats_and_cancels_once(desk, answer_of, box, monkeypatch):
    first, _second = register(desk, "aino@example.fi"), register(desk, "eero@example.fi")
    box.add(answer_of(first))
    monkeypatch.setattr("imaplib.IMAP4.expunge", lambda self: None)
    assert mailbox.read_mailbox() == 1
    box.flags = {uid: set() for uid in box.flags}
    assert mailbox.read_mailbox() == 1
    assert statuses() == ["cancelled", "confirmed"]


def test_mail_that_breaks_the_reader_keeps_no_other_from_being_read(desk, answer_of, box, monkeypatch):
    registration = register(desk, "aino@example.fi")
    box.add(QUESTION)
    box.add(answer_of(registration))
    take = reply_actions.take_mail

    def break_at_question(raw):
        assert raw != QUESTION
        return take(raw)

    monkeypatch.setattr(mailbox, "take_mail", break_at_question)
    assert mailbox.read_mailbox() == 2
    assert statuses() == ["cancelled"]


@pytest.mark.parametrize("url", ["imap://kalenteri:wrong@127.0.0.1:{port}/INBOX", "imap://a:b@127.0.0.1:1/INBOX", ""])
def test_mailbox_that_does_not_answer_is_tried_the_next_time(box, settings, url):
    settings.REGISTRATION_CALENDAR_MAILBOX = url.format(port=box.url.rpartition(":")[2].partition("/")[0])
    box.add(QUESTION)
    assert mailbox.read_mailbox() == 0
    assert len(box.mails) == 1


def test_provider_hands_over_mails_at_a_secret_url(client, desk, answer_of, settings):
    registration = register(desk, "aino@example.fi")
    raw = answer_of(registration)
    with translation.override("fi"):
        secret, wrong = (reverse("verkosto_registrations:calendar_replies", args=[word]) for word in ("abc", "abd"))
    for url in (secret, wrong):  # no secret is set
        assert client.post(url, raw, content_type="message/rfc822").status_code == 404
    settings.REGISTRATION_CALENDAR_SECRET = "abc"
    assert client.post(wrong, raw, content_type="message/rfc822").status_code == 404
    assert client.get(secret).status_code == 405
    assert statuses() == ["confirmed"]
    assert client.post(secret, raw, content_type="message/rfc822").status_code == 204
    assert client.post(secret, b"anything", content_type="message/rfc822").status_code == 204
    assert statuses() == ["cancelled"]
