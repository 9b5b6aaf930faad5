"""Delivery of the outbox: messages are claimed, handed to their channel, and retried when it fails."""

import smtplib
from datetime import datetime, timedelta

from django.db import InterfaceError, OperationalError
from django.db.models import F, Q
from django.utils import timezone
from django_tasks import task

from verkosto.registrations import conf
from verkosto.registrations.enums import MessageState
from verkosto.registrations.mail.channels import channels
from verkosto.registrations.models import Message

State = MessageState
AN_HOUR = timedelta(hours=1)
ATTEMPTS = 12
LONGEST_PAUSE = 240  # minutes between two attempts


def deliver(message_pk: int) -> bool:
    """Deliver one message if it is due and no other worker has claimed it. Return whether it was sent."""
    now = timezone.now()
    due = Message.objects.due(now).filter(pk=message_pk)
    if not due.update(state=State.SENDING, claimed_at=now, attempts=F("attempts") + 1):
        return False
    message = Message.objects.select_related("registration", "desk", "registration__desk", "mailing").get(
        pk=message_pk
    )
    if message.mailbox and _postpone_beyond_hourly_limit(message):
        return False
    try:
        sent = channels()[message.channel](message)
    except Exception as error:  # every failure is kept with its message, none may stop the others
        _keep_failure(message, error)
        return False
    message.state = State.SENT if sent else State.DROPPED
    message.sent_at, message.failure = timezone.now() if sent else None, ""
    message.save(update_fields=["state", "sent_at", "failure", "subject", "text"])
    return sent


def deliver_due(limit: int = 500) -> int:
    """Deliver at most ``limit`` messages that are due, also those that a killed worker left. Return how many were sent."""
    return sum(deliver(pk) for pk in list(Message.objects.due().values_list("pk", flat=True)[:limit]))


def is_permanent(error: BaseException) -> bool:
    """Return whether a retry is of no use: a reply 5yz (RFC 5321 §4.2.1), or a mail that cannot be made."""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return all(code >= 500 for code, _reason in error.recipients.values())
    if isinstance(error, smtplib.SMTPResponseException):
        # Refused credentials are corrected by an operator; the mail is then accepted.
        return error.smtp_code >= 500 and not isinstance(error, smtplib.SMTPAuthenticationError)
    # A failure of the network or the database passes.
    return not isinstance(error, OSError | OperationalError | InterfaceError)


def enqueue(message_pk: int, at: datetime | None = None) -> None:
    """Have a worker deliver a message, now or at a time; without a queue that can wait, the next sweep delivers it."""
    if at is None:
        deliver_message.enqueue(message_pk)
    elif deliver_message.get_backend().supports_defer:
        deliver_message.using(run_after=at).enqueue(message_pk)


# The arguments of background tasks are primary keys: they can be read in the queue's table.


@task()
def deliver_message(message_pk: int) -> None:
    """Deliver one message of the outbox."""
    deliver(message_pk)


@task()
def deliver_due_messages() -> None:
    """Deliver every message that is due."""
    while deliver_due():
        pass


def _postpone_beyond_hourly_limit(message: Message) -> bool:
    """Put a message back when its mailbox has had the mails of this hour that strangers can cause.

    The outbox has counted too, but messages written at the same time did not see each other. Each worker claims its
    message before it counts, so that of two at once at least one sees the other.
    """
    others = Message.objects.filter(mailbox=message.mailbox).filter(
        Q(state=State.SENDING) | Q(state=State.SENT, claimed_at__gt=timezone.now() - AN_HOUR)
    )
    most = conf.mails_an_hour()
    claimed = others.exclude(pk=message.pk).order_by("-claimed_at").values_list("claimed_at", flat=True)
    times = [at for at in claimed[:most] if at]
    if len(times) < most:
        return False
    message.state, message.due_at, message.attempts = State.QUEUED, min(times) + AN_HOUR, message.attempts - 1
    message.save(update_fields=["state", "due_at", "attempts"])
    return True


def _keep_failure(message: Message, error: Exception) -> None:
    """Keep why a delivery failed, and plan the retry: after 1, 2, 4 … minutes."""
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
