"""The use cases after sign-up. The registrant acts, or staff where ``user`` is given.

Those that may take a place renew the content version, because cached pages say how many places are left.
"""

from django.utils import timezone

from verkosto.core.content_cache import content_changed
from verkosto.core.transactions import in_transaction
from verkosto.registrations.domain.capacity import claim, give_back, lock, lock_registration, pool_names, release
from verkosto.registrations.domain.eligibility import is_member
from verkosto.registrations.domain.history import User
from verkosto.registrations.domain.signup import (
    check_not_registered,
    check_open,
    claim_or_join_waiting_list,
    claim_place,
    refusal,
)
from verkosto.registrations.domain.transitions import STATUS_MAIL, apply, check_possible
from verkosto.registrations.domain.waiting_list import check_can_give_places, promote, promotion_stop
from verkosto.registrations.enums import Action, RegistrationStatus
from verkosto.registrations.exceptions import ChangesClosed, NotPossible, RegistrationClosed
from verkosto.registrations.mail import guest_mails, outbox
from verkosto.registrations.models import Desk, Question, Registration


@in_transaction
def confirm_address(*, registration: Registration) -> Registration:
    """Confirm the address: the held place becomes the registrant's, or the application goes to staff.

    Raises NotPossible, also when the event is cancelled or over. Where no place was held, it also raises
    RegistrationClosed while places are not given automatically, and DeskFull, ChoiceFull or OrganisationFull.
    """
    registration = lock_registration(registration)
    check_possible(registration, Action.CONFIRM_ADDRESS)
    desk = registration.desk
    check_can_give_places(desk)
    if desk.needs_approval and not registration.holds_place:
        status = RegistrationStatus.AWAITING_APPROVAL
    else:
        if not registration.holds_place and not registration.claims:
            # Nothing was held for them. If they join the waiting list, they join it now, at the end.
            if promotion_stop(desk):
                raise RegistrationClosed
            claim_or_join_waiting_list(registration, _questions(desk), in_turn=True)
            registration.queued_at = timezone.now()
            content_changed()
        status = RegistrationStatus.CONFIRMED if registration.holds_place else RegistrationStatus.WAITING
    registration.expires_at = None
    apply(registration, Action.CONFIRM_ADDRESS, status, with_mail=False)
    if status == RegistrationStatus.WAITING and registration in promote(desk):
        # The promotion has written its own mail.
        registration.refresh_from_db()
        return registration
    outbox.write(STATUS_MAIL[status], registration=registration)
    return registration


@in_transaction
def approve(*, registration: Registration, user: User = None) -> Registration:
    """Give an applicant a place, or one on the waiting list.

    Raises NotPossible, AlreadyRegistered, DeskFull, ChoiceFull or OrganisationFull.
    """
    registration = lock_registration(registration)
    check_possible(registration, Action.APPROVE)
    check_not_registered(registration)
    is_waiting = claim_or_join_waiting_list(registration, _questions(registration.desk))
    registration.queued_at, registration.expires_at = timezone.now(), None
    status = RegistrationStatus.WAITING if is_waiting else RegistrationStatus.CONFIRMED
    apply(registration, Action.APPROVE, status, user=user)
    content_changed()
    return registration


@in_transaction
def give_place(*, registration: Registration, user: User = None) -> Registration:
    """Give a place to somebody on the waiting list or with an offer, whatever ``promotion_stop`` says.

    Raises NotPossible when the event is cancelled or over or they are not on the waiting list, and DeskFull, ChoiceFull
    or OrganisationFull.
    """
    registration = lock_registration(registration)
    check_possible(registration, Action.PROMOTE)
    check_can_give_places(registration.desk)
    if not registration.holds_place:
        give_back(registration)
        questions = _questions(registration.desk)
        if refused := claim(registration, pool_names(registration, questions)):
            raise refusal(refused)
    apply(registration, Action.PROMOTE, RegistrationStatus.CONFIRMED, user=user)
    content_changed()
    return registration


@in_transaction
def decline(*, registration: Registration, reason: str = "", user: User = None) -> Registration:
    """Decline a registration, with the reason in its mail; a place it had goes to the next on the waiting list."""
    return _end(lock_registration(registration), Action.DECLINE, RegistrationStatus.DECLINED, user, reason)


@in_transaction
def cancel(*, registration: Registration, user: User = None, reason: str = "") -> Registration:
    """Cancel a registration; its place goes to the next on the waiting list. Cancelling it again does nothing.

    Raises ChangesClosed when the registrant may no longer cancel.
    """
    registration = lock_registration(registration)
    if registration.status == RegistrationStatus.CANCELLED:
        return registration
    if user is None and not registration.desk.takes_changes:
        raise ChangesClosed
    return _end(registration, Action.CANCEL, RegistrationStatus.CANCELLED, user, reason)


@in_transaction
def rejoin(*, registration: Registration, user: User = None) -> Registration:
    """Register again somebody whose registration was cancelled or has expired, at the end of the waiting list.

    Raises what ``sign_up`` raises.
    """
    registration = lock_registration(registration)
    check_possible(registration, Action.REJOIN)
    desk = registration.desk
    if user is None:
        check_open(desk)
    check_not_registered(registration)
    registration.queued_at = timezone.now()
    registration.is_member = desk.has_kept_places and is_member(desk, registration.email)
    # The address is confirmed already: the link that led here was sent to it. Only approval is asked for, if at all.
    status = claim_place(registration, _questions(desk), by_staff=not desk.needs_approval, in_turn=user is None)
    if status == RegistrationStatus.AWAITING_CONFIRMATION:
        status = RegistrationStatus.AWAITING_APPROVAL
    apply(registration, Action.REJOIN, status, user=user)
    content_changed()
    return registration


@in_transaction
def move(*, registration: Registration, to: Desk, user: User = None) -> Registration:
    """Move a registration to another desk, with a place there.

    Questions that the other desk does not have are copied to it as retired ones, so that the answers stay readable.

    Raises NotPossible, AlreadyRegistered, DeskFull, ChoiceFull or OrganisationFull; then nothing is moved.
    """
    source = Desk.objects.get(pk=registration.desk_id)
    lock(source, to)
    registration = Registration.objects.get(pk=registration.pk)
    if registration.desk_id != source.pk or source == to:
        raise NotPossible
    check_possible(registration, Action.MOVE)
    had_place = registration.status == RegistrationStatus.CONFIRMED
    had_entry = had_place or registration.has_offer  # in their calendar
    registration.desk = source
    release(registration)
    _copy_questions(registration, to)
    registration.desk = to
    registration.is_member = to.has_kept_places and is_member(to, registration.email)
    check_not_registered(registration)
    if refused := claim(registration, pool_names(registration, _questions(to))):
        raise refusal(refused)
    context = {"from_desk": source.pk, "had_place": had_entry}
    apply(registration, Action.MOVE, RegistrationStatus.CONFIRMED, user=user, context=context, from_desk=source)
    if had_place:
        guest_mails.write_cancelled_to_all(registration, desk=source)
        guest_mails.write_registered_to_all(registration)
    if had_entry and source.version(registration.language).get("entries"):
        # The mail "moved" adds the new event to the calendar; another is needed to remove the old one: a calendar file
        # has one method (RFC 5546 §3.2.2.5).
        outbox.write("left", registration=registration, desk=source, context={"had_place": True})
    promote(source)
    return registration


def _end(
    registration: Registration, action: Action, status: RegistrationStatus, user: User, reason: str
) -> Registration:
    check_possible(registration, action)
    had_place = registration.status == RegistrationStatus.CONFIRMED or registration.has_offer
    release(registration)
    apply(registration, action, status, user=user, reason=reason, context={"reason": reason, "had_place": had_place})
    promote(registration.desk)
    return registration


def _copy_questions(registration: Registration, to: Desk) -> None:
    """Copy the questions that a registration and its guests answer to another desk, as retired ones.

    Where the other desk has the same question, only the options that it lacks are added, as retired ones.
    """
    keys = {*registration.all_answers(), *registration.files.values_list("question_key", flat=True)}
    for guest in registration.guests.select_related("sensitive"):
        keys |= set(guest.all_answers())
    known = {question.key: question for question in to.questions.filter(key__in=keys)}
    for question in Question.objects.filter(desk=registration.desk, key__in=keys):
        if same_question := known.get(question.key):
            options = {row["key"] for row in same_question.choice_rows}
            missing = [row for row in question.choice_rows if row["key"] not in options]
            same_question.choice_rows += [{**row, "capacity": None, "retired": True} for row in missing]
            if missing:
                same_question.save(update_fields=["choice_rows"])
        else:
            question.pk, question.desk, question.retired_at = None, to, timezone.now()
            question.save(force_insert=True)


def _questions(desk: Desk) -> list[Question]:
    return list(desk.questions.in_use())
