"""What happens to a registration after it was made: by its owner, or by staff when ``user`` is given."""

from collections.abc import Iterable
from typing import Any

from django.utils import timezone

from verkosto.core.transactions import in_transaction
from verkosto.registrations.domain.capacity import WAITING, claim, lock, pool_names, release
from verkosto.registrations.domain.history import Actor, record
from verkosto.registrations.domain.signup import (
    check_open,
    claim_or_join_waiting_list,
    organisation_answer,
    place,
    refusal,
)
from verkosto.registrations.domain.waiting_list import lock_registration, promote
from verkosto.registrations.enums import RegistrationStatus
from verkosto.registrations.exceptions import AlreadyRegistered, ChangesClosed, NotPossible, TooManyPlaces
from verkosto.registrations.mail import outbox
from verkosto.registrations.models import AnswerFile, Desk, Question, Registration, SensitiveAnswers
from verkosto.registrations.questions.types.organisation import pool_key

Status = RegistrationStatus


@in_transaction
def confirm_address(*, registration: Registration) -> Registration:
    """The owner followed the link: the held place is theirs, or the application goes to staff.

    Raises NotPossible; where no place was held also DeskFull, ChoiceFull or OrganisationFull.
    """
    registration = lock_registration(registration)
    if registration.status != Status.AWAITING_CONFIRMATION:
        raise NotPossible
    before, desk = registration.status, registration.desk
    registration.expires_at = None
    if desk.needs_approval and not registration.holds_place:
        registration.status = Status.AWAITING_APPROVAL
    else:
        if not registration.holds_place and not registration.claims:
            # Nothing was kept for them: they stand in line from now on.
            claim_or_join_waiting_list(registration, _questions(desk))
            registration.queued_at = timezone.now()
        registration.status = Status.CONFIRMED if registration.holds_place else Status.WAITING
    _save(registration)
    record(registration, "address_confirmed", before=before, actor=Actor.REGISTRANT)
    if registration.status == Status.WAITING and registration in promote(desk):
        registration.refresh_from_db()
        return registration
    _tell(registration)
    return registration


@in_transaction
def approve(*, registration: Registration, user: Any = None) -> Registration:
    """Give an applicant a place, or a place in line. Raises DeskFull, ChoiceFull, OrganisationFull or NotPossible."""
    registration = lock_registration(registration)
    if registration.status not in (Status.AWAITING_APPROVAL, Status.DECLINED):
        raise NotPossible
    before = registration.status
    _check_alone(registration)
    on_waiting_list = claim_or_join_waiting_list(registration, _questions(registration.desk))
    registration.status = Status.WAITING if on_waiting_list else Status.CONFIRMED
    registration.queued_at = timezone.now()
    _save(registration)
    record(registration, "approved", before=before, user=user)
    outbox.write("waiting" if on_waiting_list else "approved", registration=registration)
    return registration


@in_transaction
def decline(*, registration: Registration, reason: str = "", user: Any = None) -> Registration:
    """Turn somebody down, with the reason in their mail; a place they had goes to the next in line."""
    return _end(lock_registration(registration), Status.DECLINED, "declined", user=user, reason=reason)


@in_transaction
def cancel(*, registration: Registration, user: Any = None, reason: str = "") -> Registration:
    """End a registration; its place goes to the next in line. Once cancelled, again is nothing.

    Raises ChangesClosed when its owner is too late.
    """
    registration = lock_registration(registration)
    if registration.status == Status.CANCELLED:
        return registration
    if user is None and not registration.desk.takes_changes:
        raise ChangesClosed
    return _end(registration, Status.CANCELLED, "cancelled", user=user, reason=reason)


@in_transaction
def rejoin(*, registration: Registration, user: Any = None) -> Registration:
    """Register again somebody whose registration was cancelled or has expired, at the end of the line.

    Raises what ``sign_up`` raises.
    """
    registration = lock_registration(registration)
    if registration.status not in (Status.CANCELLED, Status.EXPIRED):
        raise NotPossible
    if user is None:
        check_open(registration.desk)
    before = registration.status
    _check_alone(registration)
    registration.queued_at = timezone.now()
    # The address has been proven by the link that led here.
    place(registration, _questions(registration.desk), by_staff=not registration.desk.needs_approval)
    if registration.status == Status.AWAITING_CONFIRMATION:
        registration.status, registration.expires_at = Status.AWAITING_APPROVAL, None
    _save(registration)
    record(registration, "rejoined", before=before, actor=Actor.REGISTRANT, user=user)
    _tell(registration)
    return registration


@in_transaction
def change_answers(
    *,
    registration: Registration,
    name: str,
    answers: dict[str, Any],
    sensitive: dict[str, Any] | None = None,
    files: Iterable[AnswerFile] = (),
    places: int | None = None,
    companions: Iterable[str] | None = None,
    email: str | None = None,
    user: Any = None,
) -> Registration:
    """Change what a person answered, and how many places they take. Answers to retired questions stay.

    ``sensitive`` None leaves the sensitive answers alone (who may not read them does not change them).
    Raises ChangesClosed, TooManyPlaces, DeskFull, ChoiceFull or OrganisationFull; then nothing is changed.
    """
    registration = lock_registration(registration)
    desk = registration.desk
    if user is None and not desk.takes_changes:
        raise ChangesClosed
    wanted = places or registration.places
    if user is None and wanted > max(desk.places_per_registration, registration.places):
        raise TooManyPlaces
    questions = _questions(desk)
    current = {question.key for question in questions}
    held, queued = registration.holds_place, WAITING in registration.claims
    if held:
        release(registration)
    registration.answers = {**{k: v for k, v in registration.answers.items() if k not in current}, **answers}
    organisation = organisation_answer(questions, registration.answers)
    registration.organisation = organisation.get("name", "")
    registration.organisation_key = pool_key(organisation) if organisation else ""
    registration.name, registration.places = name, wanted
    if companions is not None:
        registration.companions = list(companions)
    if email and email.casefold() != registration.email.casefold():
        registration.email = email
        _check_alone(registration)
    if held and (refused := claim(registration, pool_names(registration, questions))):
        raise refusal(refused)
    registration.save()
    if sensitive is not None:
        SensitiveAnswers.objects.update_or_create(registration=registration, defaults={"answers": sensitive})
    for file in files:
        registration.files.filter(question_key=file.question_key).delete()
        file.registration = registration
        file.save()
    record(registration, "answers_changed", before=registration.status, actor=Actor.REGISTRANT, user=user)
    outbox.write("changed", registration=registration)
    if held or queued:
        promote(desk)
        registration.refresh_from_db()
    return registration


@in_transaction
def move(*, registration: Registration, to: Desk, user: Any = None) -> Registration:
    """Move somebody to another desk, with a place there. Answers go along: their questions stay readable as retired ones.

    Raises AlreadyRegistered, DeskFull, ChoiceFull or OrganisationFull; then nothing is moved.
    """
    source = Desk.objects.get(pk=registration.desk_id)
    lock(source, to)
    registration = Registration.objects.get(pk=registration.pk)
    if registration.desk_id != source.pk or registration.has_ended or source == to:
        raise NotPossible
    registration.desk = source
    before = registration.status
    release(registration)
    _keep_readable(registration, to)
    registration.desk = to
    _check_alone(registration)
    if refused := claim(registration, pool_names(registration, _questions(to))):
        raise refusal(refused)
    registration.status, registration.expires_at = Status.CONFIRMED, None
    registration.save()
    record(registration, "moved", before=before, user=user, from_desk=source)
    outbox.write(
        "moved", registration=registration, context={"from_desk": source.pk, "had_place": before == Status.CONFIRMED}
    )
    promote(source)
    return registration


def _end(registration: Registration, status: str, event: str, *, user: Any, reason: str) -> Registration:
    if registration.has_ended:
        raise NotPossible
    before, had_place = registration.status, registration.status == Status.CONFIRMED
    release(registration)
    registration.status, registration.expires_at = Status(status), None
    _save(registration)
    record(registration, event, before=before, actor=Actor.REGISTRANT, user=user, reason=reason)
    outbox.write(event, registration=registration, context={"reason": reason, "had_place": had_place})
    promote(registration.desk)
    return registration


def _keep_readable(registration: Registration, to: Desk) -> None:
    keys = {*registration.answers, *registration.files.values_list("question_key", flat=True)}
    if apart := SensitiveAnswers.objects.filter(registration=registration).first():
        keys |= set(apart.answers)
    missing = keys - set(to.questions.values_list("key", flat=True))
    for question in Question.objects.filter(desk=registration.desk, key__in=missing):
        question.pk, question.desk, question.retired_at = None, to, timezone.now()
        question.save(force_insert=True)


def _check_alone(registration: Registration) -> None:
    others = registration.desk.registrations.active().exclude(pk=registration.pk)
    if registration.email and (other := others.of_address(registration.email).first()):
        raise AlreadyRegistered(other)


def _questions(desk: Desk) -> list[Question]:
    return list(desk.questions.in_use())


def _tell(registration: Registration) -> None:
    kinds = {Status.CONFIRMED: "confirmed", Status.WAITING: "waiting", Status.AWAITING_APPROVAL: "received"}
    outbox.write(kinds[Status(registration.status)], registration=registration)


def _save(registration: Registration) -> None:
    registration.save(update_fields=["status", "holds_place", "claims", "expires_at", "queued_at", "updated_at"])
