"""The shapes of mails from calendars, and what is none."""

import pytest

from tests.verkosto.registrations.replies.samples import OUTLOOK, SHAPES, reply
from verkosto.registrations.replies.parsing import MAX_SIZE, CalendarReply, NotAReply, read_reply

KEY = "0123456789abcdef01234567"
FACTS = {"organizer": f"kalenteri+{KEY}@example.fi", "attendee": "aino@example.fi", "uid": "abc@example.fi"}


@pytest.mark.parametrize("shape", SHAPES)
def test_reply_is_read_in_the_shape_of_each_client(shape):
    found = read_reply(reply(shape, **FACTS, sequence=3, number=7))
    assert found == CalendarReply(
        identifier=found.identifier,
        sender="aino@example.fi",
        attendee="aino@example.fi",
        key=KEY,
        uid="abc@example.fi",
        sequence=3,
        answer="DECLINED",
    )
    assert "7" in found.identifier


def test_key_is_found_where_the_mail_was_delivered_to_too():
    raw = reply("outlook", **{**FACTS, "organizer": "sihteeristo@example.fi"})
    assert read_reply(raw).key == ""
    assert read_reply(f"Delivered-To: {FACTS['organizer'].upper()}\r\n".encode() + raw).key == KEY


@pytest.mark.parametrize(
    "header",
    [
        "Auto-Submitted: auto-replied",
        "Auto-Submitted: auto-generated (vacation)",
        "Precedence: bulk",
        "List-Id: <members.example.fi>",
    ],
)
def test_automatic_mail_is_no_reply(header):
    with pytest.raises(NotAReply, match="automatic"):
        read_reply(f"{header}\r\n".encode() + reply("gmail", **FACTS))
    read_reply(b"Auto-Submitted: no\r\n" + reply("gmail", **FACTS))


def test_bounce_is_no_reply():
    raw = reply("outlook", **FACTS).replace(b"Return-Path: <aino@example.fi>", b"Return-Path: <>")
    with pytest.raises(NotAReply, match="automatic"):
        read_reply(raw)


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"From: aino@example.fi\r\n\r\nI cannot come.",
        b"\xff\xfe\x00" * 50,
        reply("outlook", **FACTS).replace(b"METHOD:REPLY", b"METHOD:REQUEST"),
        reply("outlook", **FACTS).replace(b"BEGIN:VEVENT", b"BEGIN:VEVEN"),
        reply("outlook", **FACTS).replace(b"SEQUENCE:0", b"SEQUENCE:many"),
        reply("outlook", **FACTS).replace(b"ATTENDEE", b"X-NOBODY"),
        reply("outlook", **FACTS).replace(b"COMMENT;LANGUAGE=fi-FI", b"ATTENDEE;PARTSTAT=ACCEPTED"),
        reply("outlook", **FACTS).replace(b'From: "Esimerkki, Aino" <aino@example.fi>', b"From: a@b.fi, c@d.fi"),
        b"a" * (MAX_SIZE + 1),
    ],
)
def test_other_mail_is_no_reply(raw):
    with pytest.raises(NotAReply):
        read_reply(raw)


def test_samples_have_one_attendee():
    assert OUTLOOK.count("ATTENDEE") == 1
