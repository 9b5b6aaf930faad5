"""The mailbox to which calendars answer, read with IMAP (RFC 9051)."""

import imaplib
import logging
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import unquote, urlsplit

from django.db import Error as DatabaseError

from verkosto.registrations import conf
from verkosto.registrations.models import ReceivedReply
from verkosto.registrations.replies.reply_actions import Outcome, take_mail

logger = logging.getLogger(__name__)
TIMEOUT = 20  # seconds
AT_ONCE = 200  # mails


def read_mailbox() -> int:
    """Take the answers that have arrived (``REGISTRATION_CALENDAR_MAILBOX``). Return how many mails were read.

    An answer is deleted from the mailbox once it is taken. Any other mail is left there as read, for people. If the
    process is killed in between, the mail is read again, and its answer is not taken again.
    """
    url = conf.calendar_mailbox()
    if not url:
        return 0
    ReceivedReply.objects.delete_old()
    read = 0
    try:
        with _opened(url) as mailbox:
            for number in _unread(mailbox):
                _take(mailbox, number)
                read += 1
            mailbox.expunge()
    except (OSError, imaplib.IMAP4.error) as error:  # the next run goes on
        logger.error("The calendar’s mailbox could not be read: %s", type(error).__name__)
    return read


def _take(mailbox: imaplib.IMAP4, number: str) -> None:
    _status, answer = mailbox.uid("FETCH", number, "(BODY.PEEK[])")
    raw = next((bytes(part[1]) for part in answer if isinstance(part, tuple)), b"")
    try:
        outcome = take_mail(raw)
    except DatabaseError:
        raise
    except Exception:  # one mail must not keep others from being read
        logger.exception("A mail to the calendar could not be read")
        outcome = Outcome.NO_REPLY
    is_for_people = outcome == Outcome.NO_REPLY
    mailbox.uid("STORE", number, "+FLAGS", r"(\Seen)" if is_for_people else r"(\Seen \Deleted)")


def _unread(mailbox: imaplib.IMAP4) -> list[str]:
    _status, (found, *_rest) = mailbox.uid("SEARCH", "UNSEEN")
    return (found or b"").decode().split()[:AT_ONCE]


@contextmanager
def _opened(url: str) -> Iterator[imaplib.IMAP4]:
    """Open the mailbox of ``imaps://user:password@host:993/INBOX``. Special characters are percent-encoded."""
    parts = urlsplit(url)
    host, folder = parts.hostname or "", unquote(parts.path.strip("/")) or "INBOX"
    mailbox: imaplib.IMAP4
    if parts.scheme == "imaps":
        context = ssl.create_default_context()
        mailbox = imaplib.IMAP4_SSL(host, parts.port or 993, ssl_context=context, timeout=TIMEOUT)
    else:
        mailbox = imaplib.IMAP4(host, parts.port or 143, timeout=TIMEOUT)
    with mailbox:
        mailbox.login(unquote(parts.username or ""), unquote(parts.password or ""))
        status, _answer = mailbox.select(f'"{folder}"')
        if status != "OK":
            raise imaplib.IMAP4.error("no such folder")
        yield mailbox
