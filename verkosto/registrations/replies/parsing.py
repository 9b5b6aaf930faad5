"""What a mail from a calendar says: an iMIP REPLY (RFC 5546 §3.2.3, RFC 6047) as Outlook, Gmail and Apple send it."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from email import message_from_bytes, policy
from email.errors import HeaderParseError
from email.message import EmailMessage
from email.utils import getaddresses

from icalendar import Calendar, Event

from verkosto.registrations.mail.reply_addresses import key_in

MAX_SIZE = 1_000_000  # bytes; a reply is a few thousand
# What the parsers of mails and calendars raise for some that follow no standard.
MALFORMED = (ValueError, LookupError, TypeError, AttributeError, AssertionError, HeaderParseError, RecursionError)
RECIPIENT_HEADERS = ("To", "Delivered-To", "X-Original-To", "Cc")


class NotAReply(Exception):
    """A mail that is no answer from a calendar. The text says why, without anything from the mail."""


@dataclass(frozen=True, kw_only=True)
class CalendarReply:
    """One answer. ``identifier`` is the same if the mail is delivered again; ``key`` names the registration."""

    identifier: str
    sender: str
    attendee: str
    key: str
    uid: str
    sequence: int
    answer: str


def read_reply(raw: bytes) -> CalendarReply:
    """Return the answer in a mail. Raises NotAReply for any other mail, however malformed."""
    if len(raw) > MAX_SIZE:
        raise NotAReply("too large")
    try:
        mail = message_from_bytes(raw, policy=policy.default)
        return _read(mail, raw)
    except MALFORMED as error:
        raise NotAReply("malformed") from error


def _read(mail: EmailMessage, raw: bytes) -> CalendarReply:
    if is_automatic(mail):
        raise NotAReply("automatic")
    event = _replied_event(mail)
    attendees = event.get("ATTENDEE")
    if attendees is None or isinstance(attendees, list):
        raise NotAReply("not of one attendee")
    senders = _addresses(mail, "From")
    if len(senders) != 1:
        raise NotAReply("not of one sender")
    organizers = [_bare(str(event.get("ORGANIZER", "")))]
    recipients = [address for name in RECIPIENT_HEADERS for address in _addresses(mail, name)]
    return CalendarReply(
        identifier=str(mail.get("Message-ID", "")).strip() or hashlib.sha256(raw).hexdigest(),
        sender=senders[0],
        attendee=_bare(str(attendees)),
        key=next(filter(None, map(key_in, [*organizers, *recipients])), ""),
        uid=str(event.get("UID", "")),
        sequence=int(event.get("SEQUENCE", 0)),
        answer=str(attendees.params.get("PARTSTAT", "")).upper(),
    )


def is_automatic(mail: EmailMessage) -> bool:
    """Return whether a machine sent a mail by itself: an automatic reply (RFC 3834 §5), a bounce, a mailing list."""
    if str(mail.get("Auto-Submitted", "no")).partition(";")[0].strip().lower() != "no":
        return True
    is_bounce = str(mail.get("Return-Path", "")).strip() == "<>" or mail.get_content_type() == "multipart/report"
    is_bulk = str(mail.get("Precedence", "")).strip().lower() in ("bulk", "junk", "list", "auto_reply")
    return is_bounce or is_bulk or "List-Id" in mail


def _replied_event(mail: EmailMessage) -> Event:
    """Return the one event of the mail's calendar."""
    for content in _calendars(mail):
        calendar = Calendar.from_ical(content)
        events = [event for event in calendar.walk("VEVENT") if isinstance(event, Event)]
        if str(calendar.get("METHOD", "")).upper() == "REPLY" and len(events) == 1:
            return events[0]
    raise NotAReply("no reply")


def _calendars(mail: EmailMessage) -> Iterator[str]:
    for part in mail.walk():
        if part.get_content_type() == "text/calendar":
            payload = part.get_payload(decode=True)
            if isinstance(payload, bytes):
                yield payload.decode("utf-8", "replace").lstrip("\ufeff")


def _addresses(mail: EmailMessage, name: str) -> list[str]:
    return [address for _label, address in getaddresses([str(value) for value in mail.get_all(name, [])]) if address]


def _bare(address: str) -> str:
    """Return an address without "mailto:" (RFC 6068)."""
    return address[7:] if address.lower().startswith("mailto:") else address
