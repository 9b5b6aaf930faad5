"""The outbox: a mail is a row, written with what causes it, before a worker delivers it."""

import smtplib
from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from functools import partial
from itertools import islice
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import InterfaceError, OperationalError, transaction
from django.db.models import F, Q, QuerySet
from django.utils import timezone

from verkosto.registrations.mail.channels import channels
from verkosto.registrations.models import Desk, Invitation, Mailing, Message, Registration

State = Message.State
# Kinds that an anonymous visitor can cause, with the address of anybody.
AN_HOUR = timedelta(hours=1)
ATTEMPTS = 12
NOTICES = ("already_registered", "links", "not_eligible")


def write(
    kind: str,
    *,
    registration: Registration | None = None,
    desk: Desk | None = None,
    recipient: str = "",
    language: str = "",
    context: dict[str, Any] | None = None,
    due_at: datetime | None = None,
    anonymous: bool = False,
    mailing: Any = None,
    channel: str = "email",
) -> Message | None:
    """Write a message in the running transaction; it is delivered after the commit.

    ``anonymous``: a stranger may have caused it with somebody's address. Beyond ``REGISTRATION_MAILS_AN_HOUR`` a notice
    is not written (None), and a mail about a registration waits its hour. ``channel`` is a name of ``channels()``.
    """
    recipient = recipient or (registration.email if registration else "")
    if not recipient:
        return None
    if anonymous:
        due_at = _next_free_hour(recipient)
        if due_at and kind in NOTICES:
            return None
    message = Message.objects.create(
        kind=kind,
        registration=registration,
        desk=desk or (registration.desk if registration else None),
        recipient=recipient,
        language=language or (registration.language if registration else settings.LANGUAGE_CODE),
        context={**(context or {}), **({"anonymous": True} if anonymous else {})},
        due_at=due_at or timezone.now(),
        mailing=mailing,
        channel=channel,
    )
    if due_at is None or due_at <= timezone.now():
        # robust: a full queue must not turn an acknowledged registration into an error; the sweep finds the row.
        transaction.on_commit(partial(_enqueue, message.pk), robust=True)
    return message


def write_many(
    kind: str,
    registrations: Iterable[Registration],
    *,
    context: Callable[[Registration], dict[str, Any]],
    mailing: Mailing | None = None,
) -> int:
    """Write one message to each registration in the running transaction. Returns how many."""
    written = 0
    rows = registrations.iterator(chunk_size=500) if isinstance(registrations, QuerySet) else iter(registrations)
    while batch := list(islice(rows, 500)):
        messages = [
            Message(
                kind=kind,
                registration=registration,
                desk_id=registration.desk_id,
                recipient=registration.email,
                language=registration.language,
                context=context(registration),
                mailing=mailing,
            )
            for registration in batch
            if registration.email
        ]
        Message.objects.bulk_create(messages)
        written += len(messages)
    if written:
        transaction.on_commit(_enqueue_sweep, robust=True)
    return written


def write_to_invited(kind: str, invitations: list[Invitation]) -> None:
    """Write one message to each invited person in the running transaction."""
    messages = [
        Message(
            kind=kind,
            desk_id=invitation.desk_id,
            recipient=invitation.email,
            language=invitation.language,
            context={"invitation": invitation.pk, "name": invitation.name},
        )
        for invitation in invitations
    ]
    Message.objects.bulk_create(messages, batch_size=500)
    if messages:
        transaction.on_commit(_enqueue_sweep, robust=True)


def deliver(message_pk: int) -> bool:
    """Deliver one message if it is due and nobody else is at it. Returns whether it was sent."""
    now = timezone.now()
    if (
        not Message.objects.due(now)
        .filter(pk=message_pk)
        .update(state=State.SENDING, claimed_at=now, attempts=F("attempts") + 1)
    ):
        return False
    message = Message.objects.select_related("registration", "desk", "registration__desk", "mailing").get(
        pk=message_pk
    )
    if message.context.get("anonymous") and _waits_its_hour(message):
        return False
    try:
        sent = channels()[message.channel](message)
    except Exception as error:  # every failure is kept with the message, none may stop the others
        _failed(message, error)
        return False
    message.state = State.SENT if sent else State.DROPPED
    message.sent_at, message.failure = timezone.now() if sent else None, ""
    message.save(update_fields=["state", "sent_at", "failure", "subject", "text"])
    return sent


def deliver_due(limit: int = 500) -> int:
    """Deliver what is due, also what a killed worker left. Returns how many were sent."""
    return sum(deliver(pk) for pk in list(Message.objects.due().values_list("pk", flat=True)[:limit]))


def send_again(message: Message) -> None:
    """Put a failed or sent message back into the outbox, with new personal links."""
    with transaction.atomic():
        Message.objects.filter(pk=message.pk).exclude(state=State.SENDING).update(
            state=State.QUEUED, due_at=timezone.now(), attempts=0, failure=""
        )
        transaction.on_commit(partial(_enqueue, message.pk), robust=True)


def is_permanent(error: BaseException) -> bool:
    """Whether trying again is of no use: the server refused for good (RFC 5321 §4.2.1, 5yz), or the mail cannot be made."""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return all(code >= 500 for code, _reason in error.recipients.values())
    if isinstance(error, smtplib.SMTPResponseException):
        # Refused credentials are ours to mend, and mended they work.
        return error.smtp_code >= 500 and not isinstance(error, smtplib.SMTPAuthenticationError)
    # The network or the database was away, or the letter cannot be made.
    return not isinstance(error, OSError | OperationalError | InterfaceError)


def _failed(message: Message, error: Exception) -> None:
    message.failure = _reason(error)
    if is_permanent(error) or message.attempts >= ATTEMPTS:
        message.state = State.FAILED
    else:
        message.state = State.QUEUED
        message.due_at = timezone.now() + timedelta(minutes=min(2 ** (message.attempts - 1), 240))
    message.save(update_fields=["state", "failure", "due_at"])
    if message.state == State.QUEUED:
        _enqueue(message.pk, at=message.due_at)


def _reason(error: Exception) -> str:
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        answers = [f"{code} {_text(reason)}" for code, reason in error.recipients.values()]
        return "; ".join(answers)
    if isinstance(error, smtplib.SMTPResponseException):
        return f"{error.smtp_code} {_text(error.smtp_error)}"
    return f"{type(error).__name__}: {error}"[:500]


def _text(reason: bytes | str) -> str:
    return reason.decode("utf-8", "replace") if isinstance(reason, bytes) else str(reason)


def _waits_its_hour(message: Message) -> bool:
    """Put a message back that strangers caused at once from many sides: what was written side by side saw no others.

    Each worker has claimed its message before it asks, so that of two at once at least one sees the other.
    """
    others = Message.objects.filter(recipient__lower=message.recipient.lower(), context__anonymous=True).filter(
        Q(state=State.SENDING) | Q(state=State.SENT, claimed_at__gt=timezone.now() - AN_HOUR)
    )
    claimed = others.exclude(pk=message.pk).order_by("-claimed_at").values_list("claimed_at", flat=True)
    times = [at for at in claimed[: _most()] if at]
    if len(times) < _most():
        return False
    message.state, message.due_at, message.attempts = State.QUEUED, min(times) + AN_HOUR, message.attempts - 1
    message.save(update_fields=["state", "due_at", "attempts"])
    return True


def _most() -> int:
    return int(getattr(settings, "REGISTRATION_MAILS_AN_HOUR", 3))


def _next_free_hour(recipient: str) -> datetime | None:
    """When the recipient may get another mail that strangers can cause; None for now."""
    most = _most()
    recent = (
        Message.objects.filter(
            recipient__lower=recipient.lower(), context__anonymous=True, due_at__gt=timezone.now() - AN_HOUR
        )
        .order_by("-due_at")
        .values_list("due_at", flat=True)[:most]
    )
    times = list(recent)
    return times[-1] + AN_HOUR if len(times) >= most else None


def _enqueue(message_pk: int, at: datetime | None = None) -> None:
    # The tasks call this module.
    from verkosto.registrations.tasks import deliver_message

    if at is None:
        deliver_message.enqueue(message_pk)
    elif deliver_message.get_backend().supports_defer:
        deliver_message.using(run_after=at).enqueue(message_pk)


def _enqueue_sweep() -> None:
    from verkosto.registrations.tasks import deliver_due_messages

    deliver_due_messages.enqueue()


def send_mail(mail: EmailMessage) -> None:
    """Hand a mail to the mail server. Raises what smtplib raises."""
    mail.send(fail_silently=False)
