"""The outbox: each mail is a row that is written in the transaction that causes it. A worker delivers it later."""

import uuid
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from functools import partial
from itertools import islice

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from verkosto.core.email_addresses import fold_email
from verkosto.registrations import conf
from verkosto.registrations.enums import MessageState, RegistrationStatus
from verkosto.registrations.mail.attendees import guest_context
from verkosto.registrations.mail.channels import channel_of
from verkosto.registrations.mail.delivery import AN_HOUR, enqueue, enqueue_due
from verkosto.registrations.mail.kinds import kind_of
from verkosto.registrations.models import Desk, Guest, Invitation, Mailing, Message, RateLimitCount, Registration
from verkosto.registrations.models.rate_limit import hashed_key

State = MessageState
# The kinds of mails to many people that guests get too.
KINDS_FOR_GUESTS = (
    "event_changed",
    "event_postponed",
    "event_moved_online",
    "event_cancelled",
    "reminder",
    "joining",
)
CHUNK = 500  # rows written at once


def write(
    kind: str,
    *,
    registration: Registration | None = None,
    guest: Guest | None = None,
    desk: Desk | None = None,
    recipient: str = "",
    language: str = "",
    context: Mapping[str, object] | None = None,
    due_at: datetime | None = None,
    anonymous: bool = False,
    mailing: Mailing | None = None,
    channel: str = "email",
) -> Message | None:
    """Write a message in the running transaction; it is delivered after the commit.

    ``anonymous``: a stranger may have caused the mail by typing somebody's address. Beyond the limit
    ``REGISTRATION_MAILS_AN_HOUR`` a mail of a repeatable kind is then not sent, and any other is sent when the hour
    is over. ``channel`` is a name in ``channels()``. Return None if nothing was written.

    Raises UnknownMailKind or UnknownChannel for what no app has registered.
    """
    is_repeatable = kind_of(kind).is_repeatable
    channel_of(channel)
    recipient = recipient or (registration.email if registration else "")
    if not recipient:
        return None
    mailbox = fold_email(recipient) if anonymous else ""
    if mailbox and is_repeatable:
        if _is_caused_often(kind, mailbox):
            return None
    elif mailbox:
        due_at = _next_free_hour(mailbox)
    message = Message.objects.create(
        kind=kind,
        registration=registration,
        guest=guest,
        desk=desk or (registration.desk if registration else None),
        recipient=recipient,
        language=language or (registration.language if registration else settings.LANGUAGE_CODE),
        mailbox=mailbox,
        context=dict(context or {}),
        due_at=due_at or timezone.now(),
        mailing=mailing,
        channel=channel,
    )
    if due_at is None or due_at <= timezone.now():
        _enqueue_after_commit(message)
    return message


def write_many(
    kind: str,
    registrations: Iterable[Registration],
    *,
    context: Callable[[Registration], Mapping[str, object]],
    mailing: Mailing | None = None,
) -> int:
    """Write one message to each registration in the running transaction, and of ``KINDS_FOR_GUESTS`` to its guests.

    Return how many. Raises UnknownMailKind.
    """
    kind_of(kind)
    written = 0
    rows = registrations.iterator(chunk_size=CHUNK) if isinstance(registrations, QuerySet) else iter(registrations)
    while batch := list(islice(rows, CHUNK)):
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
        messages += messages_to_guests(messages)
        Message.objects.bulk_create(messages)
        written += len(messages)
    if written:
        transaction.on_commit(enqueue_due, robust=True)
    return written


def messages_to_guests(messages: list[Message]) -> list[Message]:
    """Return unsaved messages of ``KINDS_FOR_GUESTS`` to the guests, with an address, of registrations that have a place.

    At most one query.
    """
    to_groups = {
        message.registration.pk: message
        for message in messages
        if message.kind in KINDS_FOR_GUESTS
        and message.registration
        and message.registration.places > 1
        and message.registration.status == RegistrationStatus.CONFIRMED
    }
    if not to_groups:
        return []
    guests = Guest.objects.filter(registration__in=to_groups).exclude(email="")
    found = [(guest, to_groups[guest.registration_id]) for guest in guests]
    return [
        Message(
            kind=message.kind,
            registration=message.registration,
            guest=guest,
            desk_id=message.desk_id,
            recipient=guest.email,
            language=message.language,
            context={**message.context, **guest_context(guest, message.registration)},
        )
        for guest, message in found
        if message.registration
    ]


def write_to_invited(kind: str, invitations: list[Invitation]) -> None:
    """Write one message to each invited person in the running transaction. Raises UnknownMailKind."""
    kind_of(kind)
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
    write_rows(messages)


def write_rows(messages: list[Message]) -> None:
    """Write unsaved messages, of any kind and channel, in the running transaction."""
    Message.objects.bulk_create(messages, batch_size=CHUNK)
    if messages:
        transaction.on_commit(enqueue_due, robust=True)


def resend(message: Message) -> bool:
    """Put a message that was sent, dropped or failed back into the outbox, with new personal links.

    Return False for one that is queued or being sent.
    """
    return bool(resend_all(Message.objects.filter(pk=message.pk)))


def resend_all(messages: QuerySet[Message]) -> int:
    """Put messages back into the outbox, as ``resend`` does. Return how many."""
    resendable = messages.exclude(state__in=[State.QUEUED, State.SENDING])
    resent = 0
    last = 0
    while keys := list(resendable.filter(pk__gt=last).order_by("pk").values_list("pk", flat=True)[:CHUNK]):
        last = keys[-1]
        resent += _requeue(keys)
    return resent


@transaction.atomic
def _requeue(keys: list[int]) -> int:
    rows = list(
        Message.objects.select_for_update().filter(pk__in=keys).exclude(state__in=[State.QUEUED, State.SENDING])
    )
    now = timezone.now()
    for message in rows:
        message.state, message.due_at, message.attempts, message.failure = State.QUEUED, now, 0, ""
        # Not a retry: a client that has the first mail must show this one too.
        message.message_id = uuid.uuid4()
    Message.objects.bulk_update(rows, ["state", "due_at", "attempts", "failure", "message_id"])
    if len(rows) == 1:
        _enqueue_after_commit(rows[0])
    elif rows:
        transaction.on_commit(enqueue_due, robust=True)
    return len(rows)


def _enqueue_after_commit(message: Message) -> None:
    # robust: a full queue must not turn an acknowledged registration into an error; the next sweep finds the row.
    transaction.on_commit(partial(enqueue, message.pk), robust=True)


def _is_caused_often(kind: str, mailbox: str) -> bool:
    """Count a mail of a repeatable kind. Return whether its mailbox has had the hour's limit of its kind.

    What else the mailbox has been sent counts when the mail is delivered. Here it would tell whoever causes it, by the
    work of one row less, that the site has written to this address.
    """
    return RateLimitCount.objects.count_one(hashed_key(f"mail_{kind}", mailbox), AN_HOUR) > conf.mails_an_hour()


def _next_free_hour(mailbox: str) -> datetime | None:
    """Return when a mailbox may get another mail that strangers can cause; None if it may get one now."""
    most = conf.mails_an_hour()
    recent = (
        Message.objects.filter(mailbox=mailbox, due_at__gt=timezone.now() - AN_HOUR)
        .exclude(state=State.DROPPED)
        .order_by("-due_at")
        .values_list("due_at", flat=True)[:most]
    )
    times = list(recent)
    return times[-1] + AN_HOUR if len(times) >= most else None
