"""Changing what a registrant answered."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from verkosto.core.transactions import in_transaction
from verkosto.registrations.domain.capacity import WAITING, claim, lock_registration, pool_names, release
from verkosto.registrations.domain.files import store_files
from verkosto.registrations.domain.history import User, record
from verkosto.registrations.domain.signup import check_not_registered, refusal, set_organisation
from verkosto.registrations.domain.waiting_list import promote
from verkosto.registrations.enums import Actor, HistoryEvent
from verkosto.registrations.exceptions import ChangesClosed, TooManyPlaces
from verkosto.registrations.mail import outbox
from verkosto.registrations.models import AnswerFile, Question, Registration, SensitiveAnswers


@dataclass(frozen=True, kw_only=True)
class ChangedAnswers:
    """What a registrant changes. None leaves a value as it is."""

    name: str
    answers: Mapping[str, Any]
    # None also for a member of staff who may not read the sensitive answers.
    sensitive: Mapping[str, Any] | None = None
    files: Iterable[AnswerFile] = ()
    places: int | None = None
    companions: Iterable[str] | None = None
    email: str | None = None


@in_transaction
def change_answers(*, registration: Registration, data: ChangedAnswers, user: User = None) -> Registration:
    """Change what a person answered, and how many places they take. Answers to retired questions stay.

    Raises ChangesClosed, TooManyPlaces, AlreadyRegistered, DeskFull, ChoiceFull, OrganisationFull or FileNotStored; then
    nothing is changed.
    """
    registration = lock_registration(registration)
    desk = registration.desk
    if user is None and not desk.takes_changes:
        raise ChangesClosed
    places = data.places or registration.places
    if user is None and places > max(desk.places_per_registration, registration.places):
        raise TooManyPlaces
    questions = list(desk.questions.in_use())
    held, queued = registration.holds_place, WAITING in registration.claims
    if held:
        release(registration)
    _set_fields(registration, data, questions, places)
    if data.email and data.email.casefold() != registration.email.casefold():
        registration.email = data.email
        check_not_registered(registration)
    if held and (refused := claim(registration, pool_names(registration, questions))):
        raise refusal(refused)
    registration.save()
    _save_separately(registration, data)
    record(
        registration,
        HistoryEvent.ANSWERS_CHANGED,
        before=registration.status,
        actor=Actor.REGISTRANT,
        user=user,
    )
    outbox.write("changed", registration=registration)
    if held or queued:
        promote(desk)
        registration.refresh_from_db()
    return registration


def _set_fields(registration: Registration, data: ChangedAnswers, questions: list[Question], places: int) -> None:
    current = {question.key for question in questions}
    retired = {key: value for key, value in registration.answers.items() if key not in current}
    registration.answers = {**retired, **data.answers}
    set_organisation(registration, questions)
    registration.name, registration.places = data.name, places
    if data.companions is not None:
        registration.companions = list(data.companions)


def _save_separately(registration: Registration, data: ChangedAnswers) -> None:
    if data.sensitive is not None:
        SensitiveAnswers.objects.update_or_create(
            registration=registration, defaults={"answers": dict(data.sensitive)}
        )
    store_files(registration, data.files)
