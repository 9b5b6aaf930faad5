"""Changes of a registrant's answers."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from verkosto.core.content_cache import content_changed
from verkosto.core.email_addresses import normalise_email
from verkosto.core.transactions import in_transaction
from verkosto.registrations.domain.capacity import WAITING_LIST_CLAIM, change_claims, lock_registration, pool_names
from verkosto.registrations.domain.files import store_files
from verkosto.registrations.domain.guests import GuestData, save_guests, with_changes
from verkosto.registrations.domain.history import User, record
from verkosto.registrations.domain.meetings import check_meeting_places
from verkosto.registrations.domain.signup import check_not_registered, refusal, set_organisation
from verkosto.registrations.domain.waiting_list import promote
from verkosto.registrations.enums import Actor, HistoryEvent
from verkosto.registrations.exceptions import ChangesClosed, TooManyPlaces
from verkosto.registrations.mail import outbox
from verkosto.registrations.models import AnswerFile, Question, Registration, SensitiveAnswers


@dataclass(frozen=True, kw_only=True)
class ChangedAnswers:
    """What a registrant changes. A field that is None leaves the value as it is.

    ``answers`` and ``sensitive`` hold only the answers that change, by question key, so that a form cannot overwrite
    what it did not show. An answer that is None is removed, with its file.
    """

    name: str
    answers: Mapping[str, object]
    sensitive: Mapping[str, object] = field(default_factory=dict)
    files: Iterable[AnswerFile] = ()
    places: int | None = None
    guests: Sequence[GuestData] | None = None
    email: str | None = None
    language: str = ""
    # What they were shown and agreed to (see ``Registration.agreed``), where the form asks somebody who took over a place.
    agreed: Mapping[str, object] | None = None
    # Whether staff allow an address that already has another registration.
    shares_address: bool = False


@in_transaction
def change_answers(*, registration: Registration, data: ChangedAnswers, user: User = None) -> Registration:
    """Change a person's answers and number of places. Places that they hold and keep are not claimed again.

    Raises ChangesClosed, TooManyPlaces, AlreadyRegistered, DeskFull, ChoiceFull, OrganisationFull or FileNotStored; then
    nothing is changed.
    """
    registration = lock_registration(registration)
    desk = registration.desk
    if user is None and not desk.takes_changes:
        raise ChangesClosed
    places = data.places or registration.places
    if user is None and places > max(desk.most_places, registration.places):
        raise TooManyPlaces
    # Retired ones too: the options chosen there are still counted.
    questions = list(desk.questions.all())
    held_place, was_waiting = registration.holds_place, WAITING_LIST_CLAIM in registration.claims
    places_before = registration.places
    _set_fields(registration, data, questions, places)
    if data.email and normalise_email(data.email) != registration.email:
        registration.email = data.email
        registration.shares_address = registration.shares_address or (user is not None and data.shares_address)
        check_not_registered(registration)
    names = pool_names(registration, questions)
    if held_place and (refused := change_claims(registration, names, places_before=places_before)):
        raise refusal(refused)
    registration.save()
    if held_place and places > places_before:
        check_meeting_places(registration)
    if max(places, places_before) > 1:
        kept = [GuestData.of(guest) for guest in registration.guests.all()]
        save_guests(registration, kept if data.guests is None else data.guests)
    _save_separately(registration, data)
    record(
        registration,
        HistoryEvent.ANSWERS_CHANGED,
        before=registration.status,
        actor=Actor.REGISTRANT,
        user=user,
    )
    outbox.write("changed", registration=registration)
    if held_place:
        content_changed()  # cached pages say how many places are left
    if held_place or was_waiting:
        promote(desk)
        registration.refresh_from_db()
    return registration


def _set_fields(registration: Registration, data: ChangedAnswers, questions: list[Question], places: int) -> None:
    registration.answers = with_changes(registration.answers, data.answers)
    set_organisation(registration, questions)
    registration.name, registration.places = data.name, places
    registration.language = data.language or registration.language
    if data.agreed is not None:
        registration.agreed = dict(data.agreed)


def _save_separately(registration: Registration, data: ChangedAnswers) -> None:
    """Save what is not in the registration's row: sensitive answers and files."""
    if data.sensitive:
        row, _created = SensitiveAnswers.objects.get_or_create(registration=registration)
        row.answers = with_changes(row.answers, data.sensitive)
        row.save(update_fields=["answers"])
    removed = [key for key, answer in {**data.answers, **data.sensitive}.items() if answer is None]
    registration.files.filter(question_key__in=removed).delete()
    store_files(registration, data.files)
