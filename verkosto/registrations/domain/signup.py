"""The use case of signing up at a desk, and the steps that other use cases share with it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.utils import timezone

from verkosto.core.content_cache import content_changed
from verkosto.core.transactions import in_transaction
from verkosto.registrations.domain.capacity import (
    claim,
    give_back,
    join_waiting_list,
    lock,
    pool_names,
)
from verkosto.registrations.domain.eligibility import check_eligible, is_member
from verkosto.registrations.domain.files import store_files
from verkosto.registrations.domain.guests import GuestData, save_guests
from verkosto.registrations.domain.history import User
from verkosto.registrations.domain.transitions import apply
from verkosto.registrations.enums import Action, Eligibility, Opening, PoolKind, RegistrationStatus
from verkosto.registrations.exceptions import (
    AlreadyRegistered,
    ChoiceFull,
    DeskFull,
    KeptForMembers,
    NotYetOpen,
    OrganisationFull,
    Refusal,
    RegistrationClosed,
    TooManyPlaces,
)
from verkosto.registrations.mail import outbox
from verkosto.registrations.models import AnswerFile, Desk, Question, Registration, SensitiveAnswers
from verkosto.registrations.questions.types.organisation import pool_key

# A form that arrives again within this time was sent twice by one click: nobody has seen the first answer yet.
SENT_TWICE = timedelta(seconds=1)


@dataclass(frozen=True, kw_only=True)
class SignupData:
    """What a person gives when signing up.

    ``answers`` and ``sensitive`` hold validated answers by question key, as ``QuestionType.answer`` returns them.
    """

    name: str
    email: str
    language: str
    answers: Mapping[str, object] = field(default_factory=dict)
    sensitive: Mapping[str, object] = field(default_factory=dict)
    files: Sequence[AnswerFile] = ()
    places: int = 1
    guests: Sequence[GuestData] = ()
    # Whether the person confirmed the statement of the target group.
    declared: bool = False
    # The code of a personal invitation.
    code: str = ""
    # What they were shown and agreed to, see ``Registration.agreed``.
    agreed: Mapping[str, object] = field(default_factory=dict)
    # Whether staff allow an address that already has another registration.
    shares_address: bool = False
    # A fingerprint of the form that was sent, by which the same form sent twice is recognised.
    submission: str = ""


@in_transaction
def sign_up(
    *,
    desk: Desk,
    data: SignupData,
    questions: Iterable[Question] | None = None,
    has_proof: bool = True,
    user: User = None,
    in_turn: bool = False,
    mails: Mapping[RegistrationStatus, str] | None = None,
) -> Registration:
    """Register a person at a desk, and write their confirmation email.

    ``questions`` are those in use, if the caller has them already. ``user`` is the member of staff who adds somebody by
    hand: opening times and eligibility do not apply to them, capacities do. ``has_proof`` is False when the form may
    have been sent by a machine: the address then has to be confirmed, and no place is held until it is.
    ``in_turn``: staff take no place that is due to somebody on the waiting list, as visitors never do.
    ``mails`` replace the usual ones by status.

    Raises RegistrationClosed, NotYetOpen, NotEligible, TooManyPlaces, AlreadyRegistered, ChoiceFull, OrganisationFull,
    DeskFull or FileNotStored; then nothing is written.
    """
    invitation = None
    if user is None:
        check_open(desk)
        if data.places > desk.most_places:
            raise TooManyPlaces
        invitation = check_eligible(desk, email=data.email, declared=data.declared, code=data.code)
    questions = list(desk.questions.in_use() if questions is None else questions)
    registration = _new_registration(desk, data, questions, user)
    registration.is_member = desk.has_kept_places and is_member(desk, registration.email)
    try:
        status = claim_place(
            registration, questions, by_staff=bool(user), has_proof=has_proof, in_turn=in_turn or not user
        )
    except Refusal:
        # Somebody who sends the form again after taking the last place has to read “already registered”, not “full”.
        # The desk is locked either way.
        check_not_registered(registration)
        raise
    check_not_registered(registration)
    apply(registration, Action.SIGN_UP, status, user=user, anonymous=user is None, mails=mails)
    if user:
        content_changed()  # cached pages say how many places are left; for visitors the view decides
    if registration.places > 1:
        save_guests(registration, data.guests)
    save_separate_answers(registration, data.sensitive, data.files)
    if invitation:
        invitation.registration, invitation.answered_at, invitation.declined_at = registration, timezone.now(), None
        invitation.save(update_fields=["registration", "answered_at", "declined_at"])
    return registration


def check_open(desk: Desk) -> None:
    """Raise NotYetOpen or RegistrationClosed unless visitors may register now."""
    match desk.opening:
        case Opening.NOT_YET:
            raise NotYetOpen
        case Opening.CLOSED | Opening.CANCELLED:
            raise RegistrationClosed


def check_not_registered(registration: Registration) -> None:
    """Raise AlreadyRegistered if the address has another registration at the desk that has not ended.

    If the registration may share its address, only one with the same name counts.
    """
    others = registration.desk.registrations.active()
    if registration.pk is not None:
        others = others.exclude(pk=registration.pk)
    if not registration.email:
        return
    # Nearly always there is none, and to read two columns takes a third of what all take.
    for key, name in others.order_by().of_address(registration.email).values_list("pk", "name"):
        if not registration.shares_address or name.casefold() == registration.name.casefold():
            raise AlreadyRegistered(others.get(pk=key))


def claim_place(
    registration: Registration,
    questions: list[Question],
    *,
    by_staff: bool = False,
    has_proof: bool = True,
    in_turn: bool = False,
) -> RegistrationStatus:
    """Claim a place, or one on the waiting list (not saved), and return the registration's first status. Locks the desk.

    ``by_staff``: neither the address nor the registration needs to be confirmed. ``in_turn``: free places that are due to
    somebody on the waiting list are not taken. Without ``has_proof`` the same refusals apply, but the place is claimed only
    when the address is confirmed.

    Raises ChoiceFull, OrganisationFull or DeskFull.
    """
    desk = registration.desk
    # That somebody is a member shows only to the owner of the address.
    is_for_members = desk.keeps_some_places or desk.eligibility_now == Eligibility.MEMBERS
    must_confirm = not by_staff and (desk.confirm_email or is_for_members or not has_proof)
    if must_confirm:
        registration.expires_at = timezone.now() + timedelta(hours=desk.confirm_hours)
    if desk.needs_approval and not by_staff:
        # A place is claimed when staff approve the registration.
        lock(desk)
        return RegistrationStatus.AWAITING_CONFIRMATION if must_confirm else RegistrationStatus.AWAITING_APPROVAL
    is_waiting = claim_or_join_waiting_list(registration, questions, in_turn=in_turn)
    if must_confirm:
        if not has_proof:
            give_back(registration)
        return RegistrationStatus.AWAITING_CONFIRMATION
    return RegistrationStatus.WAITING if is_waiting else RegistrationStatus.CONFIRMED


def claim_or_join_waiting_list(
    registration: Registration, questions: list[Question], *, in_turn: bool = False
) -> bool:
    """Claim a place, or one on the waiting list (not saved). Return whether it is one on the waiting list. Locks the desk.

    ``in_turn``: free places that are due to somebody on the waiting list are not taken.

    Raises ChoiceFull, OrganisationFull, DeskFull or KeptForMembers.
    """
    full_pool = claim(registration, pool_names(registration, questions), in_turn=in_turn)
    if full_pool and not _can_wait_for(full_pool, questions):
        raise refusal(full_pool)
    if full_pool and not join_waiting_list(registration):
        raise refusal(full_pool)
    return bool(full_pool)


def _can_wait_for(pool_name: str, questions: Iterable[Question]) -> bool:
    """Return whether there is a waiting list for a full pool: for the whole event and for its single venues."""
    kind, _sep, key = pool_name.partition(":")
    if kind != PoolKind.CHOICE:
        return kind in (PoolKind.DESK, PoolKind.OTHERS)
    question_key = key.split(":", 1)[0]
    return any(each.key == question_key and each.question_type.waits_when_full for each in questions)


def refusal(pool_name: str) -> Refusal:
    """Return the exception to raise for the name of a full pool."""
    kind, _sep, key = pool_name.partition(":")
    if kind == PoolKind.CHOICE:
        return ChoiceFull(*key.split(":", 1))
    if kind == PoolKind.OTHERS:
        return KeptForMembers()
    return OrganisationFull() if kind == PoolKind.ORGANISATION else DeskFull()


def set_organisation(registration: Registration, questions: Iterable[Question]) -> None:
    """Set the registration's organisation from the first answer to a question for one (not saved)."""
    stored = [registration.answers.get(question.key) for question in questions if question.type == "organisation"]
    answer = next((value for value in stored if isinstance(value, dict)), None)
    registration.organisation = answer.get("name", "") if answer else ""
    registration.organisation_key = pool_key(answer) if answer else ""


def save_separate_answers(
    registration: Registration, sensitive: Mapping[str, object] | None, files: Iterable[AnswerFile]
) -> None:
    """Save the sensitive answers and the files of a new registration."""
    if sensitive:
        SensitiveAnswers.objects.create(registration=registration, answers=dict(sensitive))
    store_files(registration, files)


@in_transaction
def notify_of_second_signup(*, registration: Registration, submission: str, arrived_at: datetime) -> bool:
    """Notify the owner of an address that somebody has registered it again, unless one click sent the form twice.

    ``submission`` is the fingerprint of the second form, ``arrived_at`` the time when it arrived (UTC). Return whether
    one click sent it twice.
    """
    is_same_form = bool(submission) and submission == registration.submission
    sent_twice = is_same_form and arrived_at <= registration.created_at + SENT_TWICE
    if not sent_twice:
        outbox.write("already_registered", registration=registration, anonymous=True)
    return sent_twice


def _new_registration(desk: Desk, data: SignupData, questions: list[Question], user: User) -> Registration:
    registration = Registration(
        desk=desk,
        name=data.name,
        email=data.email,
        language=data.language,
        answers=dict(data.answers),
        places=data.places,
        agreed=dict(data.agreed),
        submission=data.submission,
        shares_address=desk.takes_several_per_address or (user is not None and data.shares_address),
        added_by=user,
    )
    set_organisation(registration, questions)
    return registration
