"""The table of a registration's transitions (status × action → status, mail and history entry), and ``apply``."""

from collections.abc import Mapping
from dataclasses import dataclass

from verkosto.core.transactions import send_after_commit
from verkosto.registrations.domain.history import User, record
from verkosto.registrations.domain.meetings import join_meetings
from verkosto.registrations.enums import (
    ACTIVE_STATUSES,
    ENDED_STATUSES,
    Action,
    Actor,
    HistoryEvent,
    RegistrationStatus,
)
from verkosto.registrations.exceptions import NotPossible
from verkosto.registrations.mail import guest_mails, outbox
from verkosto.registrations.models import Desk, HandoverRequest, Registration
from verkosto.registrations.signals import registration_cancelled, registration_confirmed, registration_confirming

#: The mail about the status of a registration.
STATUS_MAIL = {
    RegistrationStatus.AWAITING_CONFIRMATION: "confirm_address",
    RegistrationStatus.AWAITING_APPROVAL: "received",
    RegistrationStatus.CONFIRMED: "confirmed",
    RegistrationStatus.WAITING: "waiting",
}
#: The signal that is sent after the commit when a registration reaches a status.
STATUS_SIGNAL = {
    RegistrationStatus.CONFIRMED: registration_confirmed,
    RegistrationStatus.CANCELLED: registration_cancelled,
}
# The fields that a use case may change together with the status.
TRANSITION_FIELDS = [
    "status",
    "holds_place",
    "claims",
    "expires_at",
    "queued_at",
    "desk",
    "keeps_places",
    "is_member",
    "updated_at",
]


@dataclass(frozen=True, kw_only=True)
class Transition:
    """What an action does: from which statuses it is possible, and to which it leads, each with its mail ("" for none)."""

    sources: tuple[RegistrationStatus, ...]
    targets: Mapping[RegistrationStatus, str]
    event: HistoryEvent
    # Who acts when no member of staff does.
    actor: Actor = Actor.SYSTEM


def _status_mails(*statuses: RegistrationStatus) -> dict[RegistrationStatus, str]:
    return {status: STATUS_MAIL[status] for status in statuses}


Status = RegistrationStatus  # short, for the table
TRANSITIONS: dict[Action, Transition] = {
    Action.SIGN_UP: Transition(sources=(), targets=STATUS_MAIL, event=HistoryEvent.SIGNED_UP, actor=Actor.REGISTRANT),
    Action.CONFIRM_ADDRESS: Transition(
        sources=(Status.AWAITING_CONFIRMATION,),
        targets=_status_mails(Status.AWAITING_APPROVAL, Status.CONFIRMED, Status.WAITING),
        event=HistoryEvent.ADDRESS_CONFIRMED,
        actor=Actor.REGISTRANT,
    ),
    Action.APPROVE: Transition(
        sources=(Status.AWAITING_APPROVAL, Status.DECLINED),
        targets={Status.CONFIRMED: "approved", Status.WAITING: "waiting"},
        event=HistoryEvent.APPROVED,
    ),
    Action.DECLINE: Transition(
        sources=ACTIVE_STATUSES,
        targets={Status.DECLINED: "declined"},
        event=HistoryEvent.DECLINED,
        actor=Actor.REGISTRANT,
    ),
    Action.CANCEL: Transition(
        sources=ACTIVE_STATUSES,
        targets={Status.CANCELLED: "cancelled"},
        event=HistoryEvent.CANCELLED,
        actor=Actor.REGISTRANT,
    ),
    Action.REJOIN: Transition(
        sources=(Status.CANCELLED, Status.EXPIRED),
        targets=_status_mails(Status.AWAITING_APPROVAL, Status.CONFIRMED, Status.WAITING),
        event=HistoryEvent.REJOINED,
        actor=Actor.REGISTRANT,
    ),
    Action.MOVE: Transition(sources=ACTIVE_STATUSES, targets={Status.CONFIRMED: "moved"}, event=HistoryEvent.MOVED),
    Action.HAND_OVER: Transition(
        sources=(Status.CONFIRMED,),
        targets={Status.CANCELLED: "handed_over"},
        event=HistoryEvent.HANDED_OVER,
        actor=Actor.REGISTRANT,
    ),
    Action.TAKE_OVER: Transition(
        sources=(),
        targets={Status.CONFIRMED: "taken_over"},
        event=HistoryEvent.TAKEN_OVER,
        actor=Actor.REGISTRANT,
    ),
    Action.PROMOTE: Transition(
        sources=(Status.WAITING,), targets={Status.CONFIRMED: "promoted"}, event=HistoryEvent.PROMOTED
    ),
    Action.OFFER: Transition(
        sources=(Status.WAITING,), targets={Status.WAITING: "offered"}, event=HistoryEvent.OFFERED
    ),
    Action.ACCEPT_OFFER: Transition(
        sources=(Status.WAITING,),
        targets={Status.CONFIRMED: "confirmed"},
        event=HistoryEvent.OFFER_ACCEPTED,
        actor=Actor.REGISTRANT,
    ),
    Action.EXPIRE_OFFER: Transition(
        sources=(Status.WAITING,), targets={Status.EXPIRED: "offer_lapsed"}, event=HistoryEvent.OFFER_EXPIRED
    ),
    Action.EXPIRE_UNCONFIRMED: Transition(
        sources=(Status.AWAITING_CONFIRMATION,),
        targets={Status.EXPIRED: "not_confirmed"},
        event=HistoryEvent.NOT_CONFIRMED,
    ),
    Action.ERASE: Transition(
        sources=tuple(Status),
        targets=dict.fromkeys(ENDED_STATUSES, ""),
        event=HistoryEvent.ERASED,
        actor=Actor.REGISTRANT,
    ),
}


def check_possible(registration: Registration, action: Action) -> None:
    """Raise NotPossible unless the action is possible from the registration's status."""
    if registration.status not in TRANSITIONS[action].sources:
        raise NotPossible


def apply(
    registration: Registration,
    action: Action,
    status: RegistrationStatus,
    *,
    user: User = None,
    reason: str = "",
    context: Mapping[str, object] | None = None,
    anonymous: bool = False,
    from_desk: Desk | None = None,
    with_mail: bool = True,
    mails: Mapping[RegistrationStatus, str] | None = None,
) -> None:
    """Set a registration's status: save it, record the step in its history, write its mail, and send its signals.

    The caller has locked the desk, checked that the action is possible, and claimed or released places. ``context``
    goes to the mail; for ``anonymous`` see ``outbox.write``. ``mails`` replace those of the table. Raises KeyError for a
    status to which the action does not lead.
    """
    transition = TRANSITIONS[action]
    mail = (mails or {}).get(status, transition.targets[status])
    is_new = registration.pk is None
    before = _save_status(registration, status)
    if status in ENDED_STATUSES:
        HandoverRequest.objects.filter(registration=registration).delete()
    record(
        registration,
        transition.event,
        before=before,
        actor=transition.actor,
        user=user,
        reason=reason,
        from_desk=from_desk,
    )
    if before == RegistrationStatus.CONFIRMED != status:
        guest_mails.write_cancelled_to_all(registration)
    elif status == RegistrationStatus.CONFIRMED != before and not is_new:
        guest_mails.write_registered_to_all(registration)
    if mail and with_mail:
        outbox.write(mail, registration=registration, context=context, anonymous=anonymous)
    if status == RegistrationStatus.CONFIRMED:
        join_meetings(registration)
    if status == RegistrationStatus.CONFIRMED and before != RegistrationStatus.CONFIRMED:
        registration_confirming.send(Registration, registration=registration)
    if status != before and (signal := STATUS_SIGNAL.get(status)):
        send_after_commit(signal, Registration, registration=registration)


def _save_status(registration: Registration, status: RegistrationStatus) -> str:
    """Save a registration in a status. Return the status that was stored before; "" for a new registration."""
    before = "" if registration.pk is None else str(registration.status)
    registration.status = status
    if status not in (RegistrationStatus.AWAITING_CONFIRMATION, RegistrationStatus.WAITING):
        registration.expires_at = None
    if status != RegistrationStatus.WAITING or registration.holds_place:
        registration.keeps_places = False
    if before:
        registration.save(update_fields=TRANSITION_FIELDS)
    else:
        registration.save(force_insert=True)
    return before
