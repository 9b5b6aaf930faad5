"""Marks in the cache for messages that the mail server has accepted.

The database may fail after the server has accepted a message and before that is recorded. The next worker then finds the
mark, and records the message as sent instead of sending it again. Without a mark (the worker was killed, or the cache
lost it) the message is sent again, with the same Message-ID: delivery is at least once.
"""

import logging
import time

from django.db import InterfaceError, OperationalError, connection
from django.utils import timezone

from verkosto.core.content_cache import shared_cache
from verkosto.registrations.enums import MessageState
from verkosto.registrations.models import Message

logger = logging.getLogger(__name__)
LIFETIME = 7 * 24 * 3600  # seconds; longer than a mail is retried
PAUSES = (0.1, 0.5, 2.0)  # seconds between the attempts to record a message as sent


def mark(message: Message) -> None:
    """Mark the message as sent. If the cache is down this is logged, and the mail is not affected."""
    try:
        shared_cache().set(_key(message), True, LIFETIME)
    except Exception as error:  # whatever the cache's client raises
        logger.warning("A sent message could not be noted in the cache: %s", type(error).__name__)


def is_marked(message: Message) -> bool:
    """Return whether the message is marked as sent."""
    try:
        return bool(shared_cache().get(_key(message)))
    except Exception as error:  # whatever the cache's client raises
        logger.warning("The cache cannot say whether a message was sent: %s", type(error).__name__)
        return False


def save_as_sent(message: Message) -> None:
    """Record in the database that the message was sent. If the connection is lost, try again on new ones."""
    message.state, message.sent_at, message.failure = MessageState.SENT, timezone.now(), ""
    fields = ["state", "sent_at", "failure", *(name for name in ("subject", "text") if getattr(message, name))]
    for pause in PAUSES:
        try:
            message.save(update_fields=fields)
            return
        except (OperationalError, InterfaceError):
            if connection.in_atomic_block:
                raise
            connection.close()
            time.sleep(pause)
    message.save(update_fields=fields)


def _key(message: Message) -> str:
    return f"mail-sent:{message.message_id}"
