"""What the mail server has accepted, noted outside the database by Message-ID.

The database may go away between the server's answer and the record of it. The next worker then finds the mark, and
records the mail instead of sending it twice. Without the mark (a killed worker, a cache that lost it) it is sent again,
with the same Message-ID: at least once, twice only where nobody can know.
"""

import logging
import time

from django.db import InterfaceError, OperationalError, connection
from django.utils import timezone

from verkosto.core.content_cache import shared_cache
from verkosto.registrations.enums import MessageState
from verkosto.registrations.models import Message

logger = logging.getLogger(__name__)
SECONDS = 7 * 24 * 3600  # longer than a mail is retried
PAUSES = (0.1, 0.5, 2.0)  # seconds between the attempts to record it


def mark(message: Message) -> None:
    """Note that the message was sent. A cache that is down is logged: it makes no difference to the mail."""
    try:
        shared_cache().set(_key(message), True, SECONDS)
    except Exception as error:  # whatever the cache's client raises
        logger.warning("A sent message could not be noted in the cache: %s", type(error).__name__)


def is_marked(message: Message) -> bool:
    """Return whether the message is noted as sent."""
    try:
        return bool(shared_cache().get(_key(message)))
    except Exception as error:  # whatever the cache's client raises
        logger.warning("The cache cannot say whether a message was sent: %s", type(error).__name__)
        return False


def save_as_sent(message: Message) -> None:
    """Record that the message was sent, also when the database drops the connection meanwhile."""
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
