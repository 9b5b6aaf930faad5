"""The guests whom registered people bring: named, replaced, cancelled one by one.

A registration has a row for each of its places but the first. A guest with an address gets emails and a calendar entry of
their own while the registration has a place.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from verkosto.core.email_addresses import normalise_email
from verkosto.core.transactions import in_transaction
from verkosto.registrations.domain.capacity import change_claims, lock_registration
from verkosto.registrations.domain.guest_participations import take_over_plans
from verkosto.registrations.domain.history import User, record
from verkosto.registrations.domain.waiting_list import promote
from verkosto.registrations.enums import Actor, HistoryEvent, RegistrationStatus
from verkosto.registrations.exceptions import ChangesClosed, NotPossible
from verkosto.registrations.mail import guest_mails
from verkosto.registrations.models import Guest, GuestSensitiveAnswers, Registration


@dataclass(frozen=True, kw_only=True)
class GuestData:
    """What a registered person gives about a guest; an empty name for a place that is kept for somebody unnamed.

    ``answers`` and ``sensitive`` hold the answers that a form has shown, by question key: None for one that is removed.
    """

    name: str = ""
    email: str = ""
    organisation: str = ""
    answers: Mapping[str, object] = field(default_factory=dict)
    sensitive: Mapping[str, object] = field(default_factory=dict)

    @classmethod
    def of(cls, guest: Guest) -> "GuestData":
        """Return what identifies a stored guest: it changes none of their answers."""
        return cls(name=guest.name, email=guest.email, organisation=guest.organisation)


def with_changes(stored: Mapping[str, object], changes: Mapping[str, object]) -> dict[str, object]:
    """Return stored answers with changes applied: a change to None removes the answer."""
    return {key: answer for key, answer in {**stored, **changes}.items() if answer is not None}


def save_guests(registration: Registration, guests: Sequence[GuestData]) -> None:
    """Save the guests of a registration that is saved already: as many rows as it has places beyond the first.

    Who was named before, by the same address or else the same name, keeps their check-in code, attendance and answers.
    The others are replaced; those with an address get an email if the registration has a place.
    """
    before = list(Guest.objects.filter(registration=registration))
    wanted = [*guests, *[GuestData()] * (registration.places - 1 - len(guests))][: registration.places - 1]
    known = [_take_known(before, data) for data in wanted]
    plans = [_declined_meetings(guest) for guest in before]
    # First those who leave, so that an address may pass from one to another.
    for guest in before:
        if registration.status == RegistrationStatus.CONFIRMED:
            guest_mails.write_cancelled(guest, registration)
        guest.delete()
    for position, (data, found) in enumerate(zip(wanted, known, strict=True), start=1):
        guest = found or Guest(registration=registration)
        address_before = guest.email
        guest.position, guest.name, guest.organisation = position, data.name, data.organisation
        guest.email = normalise_email(data.email) if data.email else ""
        guest.answers = with_changes(guest.answers, data.answers)
        guest.save()
        _save_sensitive(guest, data.sensitive)
        if found is None and plans:
            take_over_plans(guest, plans.pop(0))
        if guest.email and guest.email != address_before:
            guest_mails.write_registered(guest, registration)


def _save_sensitive(guest: Guest, changes: Mapping[str, object]) -> None:
    if not changes:
        return
    row = GuestSensitiveAnswers.objects.filter(guest=guest).first() or GuestSensitiveAnswers(guest=guest)
    row.answers = with_changes(row.answers, changes)
    if row.answers:
        row.save()
    elif row.pk:
        row.delete()


def _take_known(guests: list[Guest], data: GuestData) -> Guest | None:
    """Remove from the list and return the guest who is the same person as in the data; None if none is."""
    email = normalise_email(data.email) if data.email else ""
    for guest in guests:
        same_address = bool(email) and guest.email == email
        same_name = guest.name == data.name and (not email or not guest.email)
        if same_address or same_name:
            guests.remove(guest)
            return guest
    return None


@in_transaction
def replace_guest(*, registration: Registration, reference: str, data: GuestData, user: User = None) -> None:
    """Correct what is known about a guest, or name another person for the place. The number of places stays.

    Raises ChangesClosed when the registrant may no longer change the registration, and NotPossible for a registration
    that has ended and a guest who is not there any more or has come.
    """
    registration, guest = _lock_guest(registration, reference, user)
    rows = [data if row == guest else GuestData.of(row) for row in registration.guests.all()]
    save_guests(registration, rows)
    _record(registration, HistoryEvent.GUEST_CHANGED, user)


@in_transaction
def cancel_guest(*, registration: Registration, reference: str, user: User = None) -> None:
    """Cancel the place of one guest: it goes to the first on the waiting list that it fits.

    Raises what ``replace_guest`` raises.
    """
    registration, guest = _lock_guest(registration, reference, user)
    before = registration.places
    registration.places -= 1
    if registration.holds_place:
        # The pools stay the same; each gets one place back.
        change_claims(registration, registration.claims, places_before=before)
    registration.save(update_fields=["places", "claims", "updated_at"])
    save_guests(registration, [GuestData.of(row) for row in registration.guests.exclude(pk=guest.pk)])
    _record(registration, HistoryEvent.GUEST_CANCELLED, user)
    promote(registration.desk)


def erase_guest(guest: Guest) -> None:
    """Remove a person from a registration, whose place stays for somebody unnamed. They get no email."""
    registration = lock_registration(guest.registration)
    position, declined = guest.position, _declined_meetings(guest)
    guest.delete()
    take_over_plans(Guest.objects.create(registration=registration, position=position), declined)


def _declined_meetings(guest: Guest) -> list[str]:
    return list(guest.participations.declined().values_list("meeting", flat=True))


def _lock_guest(registration: Registration, reference: str, user: User) -> tuple[Registration, Guest]:
    registration = lock_registration(registration)
    if user is None and not registration.desk.takes_changes:
        raise ChangesClosed
    guest = registration.guests.filter(reference=reference).first()
    if guest is None or registration.has_ended or guest.attendance:
        raise NotPossible
    return registration, guest


def _record(registration: Registration, event: HistoryEvent, user: User) -> None:
    record(registration, event, before=registration.status, actor=Actor.REGISTRANT, user=user)
