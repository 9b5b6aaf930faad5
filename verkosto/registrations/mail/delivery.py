"""Delivery of the outbox: a worker claims a message, passes it to its channel, and plans a retry if that fails."""

import logging
import smtplib
from datetime import datetime, timedelta

from django.db.models import F, Q
from django.utils import timezone
from django_tasks import task

from verkosto.core.jobs import queue
from verkosto.registrations import conf
from verkosto.registrations.enums import MessageState
from verkosto.registrations.mail import sent_marks
from verkosto.registrations.mail.channels import channel_of
from verkosto.registrations.mail.kinds import mail_kinds, still_applies
from verkosto.registrations.models import Message

logger = logging.getLogger(__name__)
State = MessageState
AN_HOUR = timedelta(hours=1)
LONGEST_PAUSE = 240  # minutes between two attempts
# Eight attempts in the first four hours, then one every four hours: five days in all (RFC 5321 §4.5.4.1).
ATTEMPTS = 38
PORTION = 20  # mails that one background task sends before it lets other tasks run


def deliver(message_pk: int) -> bool:
    """Deliver one message if it is due and no other worker has claimed it. Return whether it was sent."""
    now = timezone.now()
    due = Message.objects.due(now).filter(pk=message_pk)
    if not due.update(state=State.SENDING, claimed_at=now, attempts=F("attempts") + 1):
        return False
    message = Message.objects.select_related("registration", "desk", "registration__desk", "mailing").get(
        pk=message_pk
    )
    if sent_marks.is_marked(message):
        # It was sent, but the database failed before that could be recorded.
        sent_marks.save_as_sent(message)
        return False
    if message.mailbox and _is_beyond_hourly_limit(message):
        return False
    try:
        sent = still_applies(message) and channel_of(message.channel)(message)
    except Exception as error:  # every failure is stored with its message; none may keep others from being sent
        _keep_failure(message, error)
        return False
    if sent:
        sent_marks.mark(message)
        sent_marks.save_as_sent(message)
    else:
        _drop(message, "no longer true")
    return sent


def deliver_due(limit: int = 500) -> int:
    """Deliver at most ``limit`` messages that are due, also those that a killed worker left. Return how many were sent."""
    return sum(deliver(pk) for pk in _due(limit))


def _due(limit: int) -> list[int]:
    return list(Message.objects.due().values_list("pk", flat=True)[:limit])


def is_permanent(error: BaseException) -> bool:
    """Return whether the mail server has refused the recipient or the mail for good: a reply 5yz (RFC 5321 §4.2.1).

    All other failures are temporary, or an operator can correct them: of the network or the database, refused
    credentials, a refused sender, an error in our code. The mail is then retried.
    """
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return all(code >= 500 for code, _reason in error.recipients.values())
    return isinstance(error, smtplib.SMTPDataError) and error.smtp_code >= 500


def enqueue(message_pk: int, at: datetime | None = None) -> None:
    """Have a worker deliver a message, now or at a time. If the queue cannot wait, the scheduled work delivers it."""
    if at is None or deliver_message.get_backend().supports_defer:
        queue.enqueue(deliver_message, message_pk, priority=queue.MAIL_PRIORITY, at=at)


def enqueue_due() -> None:
    """Have a worker deliver every message that is due."""
    queue.enqueue(deliver_due_messages, priority=queue.BULK_MAIL_PRIORITY)


# The arguments of background tasks can be read in the queue's table, so they are primary keys and no personal data.


@task()
def deliver_message(message_pk: int) -> None:
    """Deliver one message of the outbox."""
    deliver(message_pk)


@task()
def deliver_due_messages() -> None:
    """Deliver every message that is due, in portions, so that single mails do not have to wait for a long mailing."""
    while _deliver_portion():
        if not queue.is_at_once(deliver_due_messages):
            enqueue_due()
            return


def _deliver_portion() -> bool:
    """Deliver a portion of what is due. Return whether there may be more."""
    portion = _due(PORTION)
    for pk in portion:
        deliver(pk)
    return len(portion) == PORTION


def _drop(message: Message, reason: str) -> None:
    """Record that a message is not sent. A text that was never sent is not stored."""
    logger.info("Message %s (%s) was dropped: %s", message.pk, message.kind, reason)
    message.state, message.sent_at, message.failure = State.DROPPED, None, ""
    message.save(update_fields=["state", "sent_at", "failure"])


def _is_beyond_hourly_limit(message: Message) -> bool:
    """Postpone a message if its mailbox has already had the hour's limit of mails that strangers can cause.

    One of a repeatable kind is dropped instead. The outbox checks the limit of the others too, but messages written
    at the same time do not see each other. Here each worker claims its message before it counts, so that of two workers
    at least one sees the other's message. Return whether the message was postponed or dropped.
    """
    others = Message.objects.filter(mailbox=message.mailbox).filter(
        Q(state=State.SENDING) | Q(state=State.SENT, claimed_at__gt=timezone.now() - AN_HOUR)
    )
    most = conf.mails_an_hour()
    claimed = others.exclude(pk=message.pk).order_by("-claimed_at").values_list("claimed_at", flat=True)
    times = [at for at in claimed[:most] if at]
    if len(times) < most:
        return False
    kind = mail_kinds().get(message.kind)
    if kind and kind.is_repeatable:
        _drop(message, "beyond the hourly limit of its mailbox")
        return True
    message.state, message.due_at, message.attempts = State.QUEUED, min(times) + AN_HOUR, message.attempts - 1
    message.save(update_fields=["state", "due_at", "attempts"])
    return True


def _keep_failure(message: Message, error: Exception) -> None:
    """Store the reason of a failure, and plan the retry: after 1, 2, 4 … minutes, at most ``LONGEST_PAUSE``."""
    if not isinstance(error, OSError):  # the errors of smtplib and of the network are OSErrors
        logger.error("Message %s (%s) could not be made: %s", message.pk, message.kind, type(error).__name__)
    message.failure = _reason(error)
    if is_permanent(error) or message.attempts >= ATTEMPTS:
        message.state = State.FAILED
    else:
        pause = min(2 ** (message.attempts - 1), LONGEST_PAUSE)
        message.state, message.due_at = State.QUEUED, timezone.now() + timedelta(minutes=pause)
    message.save(update_fields=["state", "failure", "due_at"])
    if message.state == State.QUEUED:
        enqueue(message.pk, at=message.due_at)


def _reason(error: Exception) -> str:
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return "; ".join(f"{code} {_decoded(reason)}" for code, reason in error.recipients.values())
    if isinstance(error, smtplib.SMTPResponseException):
        return f"{error.smtp_code} {_decoded(error.smtp_error)}"
    return f"{type(error).__name__}: {error}"[:500]


def _decoded(reason: bytes | str) -> str:
    return reason.decode("utf-8", "replace") if isinstance(reason, bytes) else str(reason)
