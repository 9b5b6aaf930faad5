"""Hand-over: a person with a place gives it to a colleague, freely or with the organiser's consent.

The place passes to a registration of the colleague's own, under the lock of the desk: no pool changes, and nobody on the
waiting list can get the place meanwhile. The former registration ends, with all that the former person gave; its links
are deleted, and its check-in code no longer opens a place. The colleague sees none of its answers.
"""

from dataclasses import dataclass

from verkosto.core.email_addresses import normalise_email
from verkosto.core.text import clean_line, without_links
from verkosto.core.transactions import in_transaction, send_after_commit
from verkosto.registrations.domain.capacity import OTHERS_POOL, give_named, lock_registration
from verkosto.registrations.domain.history import User, record
from verkosto.registrations.domain.meetings import take_over_meetings
from verkosto.registrations.domain.signup import check_not_registered
from verkosto.registrations.domain.transitions import apply, check_possible
from verkosto.registrations.domain.waiting_list import can_give_places, check_can_give_places, promote
from verkosto.registrations.enums import Action, Actor, Attendance, Handover, HistoryEvent, RegistrationStatus
from verkosto.registrations.exceptions import NotPossible
from verkosto.registrations.mail import outbox
from verkosto.registrations.models import AccessToken, Desk, Guest, HandoverRequest, Message, Registration
from verkosto.registrations.signals import place_freed


@dataclass(frozen=True, kw_only=True)
class Colleague:
    """The person to whom a place is given, and the language of their mails."""

    name: str
    email: str
    language: str


@dataclass(frozen=True, kw_only=True)
class HandoverState:
    """What a registrant can do now, and what has happened to the place."""

    is_possible: bool
    request: HandoverRequest | None = None
    # Whether the place was given to a colleague, who still has it or has given it on.
    has_happened: bool = False


def handover_state(registration: Registration) -> HandoverState:
    """Return what a registrant can do to give their place to a colleague. One query."""
    is_possible = can_hand_over(registration)
    request, has_happened = None, False
    if registration.status == RegistrationStatus.CONFIRMED:
        request = HandoverRequest.objects.filter(registration=registration).first()
    elif registration.status == RegistrationStatus.CANCELLED:
        has_happened = Registration.objects.filter(predecessor=registration).exists()
    return HandoverState(
        is_possible=is_possible,
        request=request,
        has_happened=has_happened,
    )


def needs_consent(desk: Desk) -> bool:
    """Return whether the organiser is asked before a place passes to a colleague."""
    return desk.handover_now == Handover.WITH_CONSENT


def can_hand_over(registration: Registration) -> bool:
    """Return whether a person has a place that they may give to a colleague now, freely or with consent."""
    desk = registration.desk
    return (
        registration.status == RegistrationStatus.CONFIRMED
        and registration.attendance == Attendance.UNKNOWN
        and desk.takes_changes
        and desk.handover_now != Handover.NO
        and can_give_places(desk)
    )


@in_transaction
def hand_over(*, registration: Registration, to: Colleague) -> Registration | None:
    """Give a person's place to a colleague. Return the colleague's registration; None if the organiser is asked first.

    Raises NotPossible where ``can_hand_over`` says no, and AlreadyRegistered when the colleague has a registration.
    """
    registration = lock_registration(registration)
    desk = registration.desk
    if not can_hand_over(registration):
        raise NotPossible
    successor = _successor(registration, to)
    if desk.handover_now == Handover.FREELY:
        return _pass_on(registration, successor)
    HandoverRequest.objects.update_or_create(
        registration=registration,
        defaults={"name": successor.name, "email": successor.email, "language": successor.language},
    )
    _record(registration, HistoryEvent.HANDOVER_REQUESTED)
    return None


@in_transaction
def withdraw_request(*, registration: Registration) -> None:
    """Withdraw the wish to hand over a place. Without one nothing happens."""
    registration = lock_registration(registration)
    if HandoverRequest.objects.filter(registration=registration).delete()[0]:
        _record(registration, HistoryEvent.HANDOVER_WITHDRAWN)


@in_transaction
def accept_request(*, registration: Registration, user: User) -> Registration:
    """Hand over the place as its holder wishes, whether or not they may still change it. Return the new registration.

    Raises NotPossible, also where nothing is requested, and AlreadyRegistered.
    """
    registration = lock_registration(registration)
    request = _request_of(registration)
    to = Colleague(name=request.name, email=request.email, language=request.language)
    return _pass_on(registration, _successor(registration, to), user=user)


@in_transaction
def refuse_request(*, registration: Registration, user: User, reason: str = "") -> None:
    """Refuse the wish to hand over a place, with the reason in the mail. The place stays where it is.

    Raises NotPossible where nothing is requested.
    """
    registration = lock_registration(registration)
    _request_of(registration).delete()
    _record(registration, HistoryEvent.HANDOVER_REFUSED, user=user, reason=reason)
    outbox.write("handover_refused", registration=registration, context={"reason": reason})


def _request_of(registration: Registration) -> HandoverRequest:
    request = HandoverRequest.objects.filter(registration=registration).first()
    if request is None:
        raise NotPossible
    return request


def _successor(registration: Registration, to: Colleague) -> Registration:
    """Return the colleague's registration (not saved): the same places and guests, and nothing that was answered.

    The desk must be locked. Raises NotPossible or AlreadyRegistered.
    """
    check_possible(registration, Action.HAND_OVER)
    check_can_give_places(registration.desk)
    if registration.attendance != Attendance.UNKNOWN:
        raise NotPossible
    successor = Registration(
        desk=registration.desk,
        name=to.name,
        email=normalise_email(to.email),
        language=to.language,
        places=registration.places,
        queued_at=registration.queued_at,
        shares_address=registration.desk.takes_several_per_address,
        predecessor=registration,
    )
    check_not_registered(successor)
    return successor


def _pass_on(former: Registration, successor: Registration, *, user: User = None) -> Registration:
    """Give the place of a registration to its successor, and end it. The desk must be locked."""
    # Options and the organisation depend on answers, which the colleague has yet to give. Whether the place is one of
    # those that are kept for members stays as it is: the others are not more by it.
    kept = [name for name in former.claims if name == OTHERS_POOL]
    if given_up := [name for name in former.claims if name not in kept]:
        give_named(former, given_up)
        send_after_commit(place_freed, Desk, desk=former.desk)
    successor.holds_place, successor.claims, successor.is_member = True, kept, former.is_member
    former.holds_place, former.claims = False, []
    giver, receiver = (without_links(clean_line(person.name)) for person in (former, successor))
    # Somebody else typed the colleague's address.
    apply(
        successor, Action.TAKE_OVER, RegistrationStatus.CONFIRMED, user=user, context={"giver": giver}, anonymous=True
    )
    # The guests keep their places and codes.
    Message.objects.filter(guest__registration=former).update(registration=successor)
    Guest.objects.filter(registration=former).update(registration=successor)
    former.places = 1
    former.save(update_fields=["places"])
    apply(
        former,
        Action.HAND_OVER,
        RegistrationStatus.CANCELLED,
        user=user,
        context={"receiver": receiver, "had_place": True},
    )
    take_over_meetings(successor, former)
    AccessToken.objects.filter(registration=former).delete()
    promote(former.desk)
    return successor


def _record(registration: Registration, event: HistoryEvent, *, user: User = None, reason: str = "") -> None:
    record(registration, event, before=registration.status, actor=Actor.REGISTRANT, user=user, reason=reason)
