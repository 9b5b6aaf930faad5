"""Signing up."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone

from verkosto.core.transactions import in_transaction
from verkosto.registrations.domain.capacity import (
    Kind,
    claim,
    give_back,
    join_waiting_list,
    lock,
    pool_names,
)
from verkosto.registrations.domain.eligibility import check_eligible
from verkosto.registrations.domain.history import Actor, record
from verkosto.registrations.enums import Eligibility, RegistrationStatus
from verkosto.registrations.exceptions import (
    AlreadyRegistered,
    ChoiceFull,
    DeskFull,
    NotYetOpen,
    OrganisationFull,
    Refusal,
    RegistrationClosed,
    TooManyPlaces,
)
from verkosto.registrations.mail import outbox
from verkosto.registrations.models import AnswerFile, Desk, Pool, Question, Registration, SensitiveAnswers
from verkosto.registrations.questions.types.organisation import pool_key

Status = RegistrationStatus
# The same POST twice: the second was under way before the first could have been answered.
TWIN = timedelta(seconds=1)
FIRST_MAIL = {
    Status.AWAITING_CONFIRMATION: "confirm_address",
    Status.AWAITING_APPROVAL: "received",
    Status.CONFIRMED: "confirmed",
    Status.WAITING: "waiting",
}


@in_transaction
def sign_up(
    *,
    desk: Desk,
    name: str,
    email: str,
    language: str,
    questions: Iterable[Question] | None = None,
    answers: dict[str, Any] | None = None,
    sensitive: dict[str, Any] | None = None,
    files: Iterable[AnswerFile] = (),
    places: int = 1,
    companions: Iterable[str] = (),
    declared: bool = False,
    code: str = "",
    agreed: dict[str, Any] | None = None,
    submission: str = "",
    proven: bool = True,
    user: Any = None,
) -> Registration:
    """Register a person at a desk, and write the mail that tells them.

    ``answers`` and ``sensitive`` are checked and keyed by question; ``questions`` spares a query to who has them.
    ``user`` is the member of staff who adds somebody by hand: neither opening times nor eligibility bind them, places do.
    ``proven`` False: perhaps a machine's doing; the address has to be confirmed, and no place is kept until then.

    Raises RegistrationClosed, NotYetOpen, NotEligible, TooManyPlaces, AlreadyRegistered, ChoiceFull, OrganisationFull or
    DeskFull; then nothing is written.
    """
    invitation = None
    if user is None:
        check_open(desk)
        if places > desk.places_per_registration:
            raise TooManyPlaces
        invitation = check_eligible(desk, email=email, declared=declared, code=code)
    questions = list(desk.questions.in_use() if questions is None else questions)
    organisation = organisation_answer(questions, answers or {})
    registration = Registration(
        desk=desk,
        name=name,
        email=email,
        language=language,
        answers=answers or {},
        places=places,
        companions=list(companions),
        organisation=organisation.get("name", ""),
        organisation_key=pool_key(organisation) if organisation else "",
        agreed=agreed or {},
        submission=submission,
        added_by=user,
    )
    try:
        place(registration, questions, by_staff=user is not None, proven=proven or user is not None)
    except Refusal:
        # Who has taken the last place is not told that it is gone. The desk is locked either way.
        _check_new(desk, email)
        raise
    _check_new(desk, email)
    registration.save(force_insert=True)
    _save_apart(registration, sensitive, files)
    record(registration, "signed_up", actor=Actor.REGISTRANT, user=user)
    if invitation:
        invitation.registration, invitation.answered_at = registration, timezone.now()
        invitation.save(update_fields=["registration", "answered_at"])
    outbox.write(FIRST_MAIL[Status(registration.status)], registration=registration, anonymous=user is None)
    return registration


def _check_new(desk: Desk, email: str) -> None:
    if email and (twin := desk.registrations.active().of_address(email).first()):
        raise AlreadyRegistered(twin)


def check_open(desk: Desk) -> None:
    """Raise NotYetOpen or RegistrationClosed unless visitors may register now."""
    if desk.opens_later:
        raise NotYetOpen
    if not desk.takes_registrations:
        raise RegistrationClosed


def place(
    registration: Registration, questions: list[Question], *, by_staff: bool = False, proven: bool = True
) -> None:
    """Give a registration its first status, with a place or a place in line (not saved). Locks the desk.

    An unproven one is refused where any would be, but gets its place with the confirmation of its address.

    Raises ChoiceFull, OrganisationFull or DeskFull.
    """
    desk = registration.desk
    confirms = not by_staff and (desk.confirm_email or desk.eligibility == Eligibility.MEMBERS or not proven)
    if confirms:
        registration.status = Status.AWAITING_CONFIRMATION
        registration.expires_at = timezone.now() + timedelta(hours=desk.confirm_hours)
    if desk.needs_approval and not by_staff:
        # A place is given by the approval, not by applying for it.
        registration.status = Status.AWAITING_CONFIRMATION if confirms else Status.AWAITING_APPROVAL
        lock(desk)
        return
    on_waiting_list = claim_or_join_waiting_list(registration, questions)
    if confirms:
        registration.status = Status.AWAITING_CONFIRMATION
        if not proven:
            give_back(registration)
    else:
        registration.status = Status.WAITING if on_waiting_list else Status.CONFIRMED


def claim_or_join_waiting_list(registration: Registration, questions: list[Question]) -> bool:
    """Take a place, or one in line (not saved); returns whether it is one in line. Locks the desk.

    Raises ChoiceFull, OrganisationFull or DeskFull.
    """
    refused = claim(registration, pool_names(registration, questions))
    if refused and refused != Kind.DESK:
        raise refusal(refused)
    if refused and not join_waiting_list(registration):
        raise DeskFull
    return bool(refused)


def refusal(pool_name: str) -> Exception:
    """The refusal that a full pool means."""
    kind, _sep, key = pool_name.partition(":")
    if kind == Kind.CHOICE:
        return ChoiceFull(*key.split(":", 1))
    return OrganisationFull() if kind == Kind.ORGANISATION else DeskFull()


def organisation_answer(questions: Iterable[Question], answers: dict[str, Any]) -> dict[str, str]:
    """The answer to the form's first question for an organisation, or {}."""
    for question in questions:
        stored = answers.get(question.key)
        if question.type == "organisation" and isinstance(stored, dict):
            return stored
    return {}


@in_transaction
def answer_again(*, registration: Registration, submission: str, arrived_at: datetime) -> bool:
    """Tell the owner of an address that somebody registered it once more; nothing for a form that was sent twice at once.

    ``arrived_at`` is when the second attempt reached us (UTC). Returns whether it was the same form.
    """
    same = bool(submission) and submission == registration.submission
    twice = same and arrived_at <= registration.created_at + TWIN
    if not twice:
        outbox.write("already_registered", registration=registration, anonymous=True)
    return twice


def _save_apart(registration: Registration, sensitive: dict[str, Any] | None, files: Iterable[AnswerFile]) -> None:
    if sensitive:
        SensitiveAnswers.objects.create(registration=registration, answers=sensitive)
    for file in files:
        file.registration = registration
        file.save()


def waiting_is_full(desk: Desk) -> bool:
    """Whether nobody can line up any more."""
    pool = Pool.objects.filter(desk=desk, kind=Kind.WAITING).first()
    return pool is not None and pool.is_full
