"""The erasure of personal data: of one registration, of one address, and once more after a restore from a backup."""

from django.db.models import Q, QuerySet
from django.utils import timezone

from verkosto.core.email_addresses import normalise_email
from verkosto.core.transactions import in_transaction
from verkosto.registrations.domain.capacity import lock_registration, release
from verkosto.registrations.domain.history import User
from verkosto.registrations.domain.transitions import apply
from verkosto.registrations.domain.waiting_list import promote
from verkosto.registrations.enums import Action, ErasureCause, RegistrationStatus
from verkosto.registrations.models import (
    AccessToken,
    AnswerFile,
    FeedbackNote,
    Guest,
    HandoverRequest,
    Invitation,
    Message,
    Note,
    Registration,
    SensitiveAnswers,
    StatusChange,
    Tombstone,
)
from verkosto.registrations.privacy.archives import discard_archives
from verkosto.registrations.privacy.personal_data import (
    names_to_redact,
    names_to_redact_of_registration,
    personal_data_stores,
)


@in_transaction
def erase(*, registration: Registration, cause: ErasureCause, user: User = None) -> None:
    """Cancel a registration if it has not ended, and erase the person from it and from the other rows of its desk.

    The row stays without personal data; a ``Tombstone`` records its erasure. Archives with the person are deleted. If it
    was the last registration of the address, the person is also removed from texts by staff.
    """
    names = names_to_redact_of_registration(registration)
    _erase(registration=registration, cause=cause, user=user)
    if not Registration.objects.of_address(registration.email).exists():
        _redact(names)


@in_transaction
def erase_address(*, email: str, user: User = None) -> int:
    """Erase everything under an address, in the stores of all apps. Return the number of registrations erased."""
    email = normalise_email(email)
    _redact(names_to_redact(email))
    number = erase_registrations(email=email, user=user)
    for store in personal_data_stores():
        store.erase(email)
    return number


@in_transaction
def erase_registrations(*, email: str, user: User = None) -> int:
    """Erase the registrations of an address, at all desks. Return how many."""
    registrations = list(Registration.objects.of_address(email).filter(purged_at__isnull=True))
    cause = ErasureCause.BY_STAFF if user else ErasureCause.OWN_REQUEST
    for registration in registrations:
        _erase(registration=registration, cause=cause, user=user)
    return len(registrations)


def _redact(names: list[str]) -> None:
    for store in personal_data_stores():
        store.redact(names)


def _erase(*, registration: Registration, cause: ErasureCause, user: User) -> None:
    registration = lock_registration(registration)
    if registration.purged_at:
        return
    status, email, desk = RegistrationStatus(registration.status), registration.email, registration.desk
    if not registration.has_ended:
        release(registration)
        status = RegistrationStatus.CANCELLED
    apply(registration, Action.ERASE, status, user=user)
    anonymise(Registration.objects.filter(pk=registration.pk), cause=cause)
    if email and not desk.registrations.of_address(email).exists():
        Invitation.objects.filter(desk=desk, email=email).delete()
        Message.objects.filter(desk=desk, recipient=email).delete()
    # The receivers of the cancellation's signal get no personal data either.
    registration.refresh_from_db()
    discard_archives(desk)
    promote(desk)


def anonymise(registrations: QuerySet[Registration], *, cause: ErasureCause) -> int:
    """Erase the persons from registrations, with their mails, links, notes and files. Statuses and places stay.

    Files are deleted from the storage after the commit. Return how many registrations.
    """
    keys = list(registrations.filter(purged_at__isnull=True).values_list("pk", "reference"))
    now = timezone.now()
    for start in range(0, len(keys), 500):
        part = keys[start : start + 500]
        pks = [pk for pk, _reference in part]
        Tombstone.objects.bulk_create(
            [Tombstone(reference=reference, cause=cause, erased_at=now) for _pk, reference in part],
            ignore_conflicts=True,
        )
        _erase_sensitive(Q(registration__in=pks))
        AnswerFile.objects.filter(registration__in=pks).delete()
        AccessToken.objects.filter(registration__in=pks).delete()
        FeedbackNote.objects.filter(registration__in=pks).delete()
        Message.objects.filter(registration__in=pks).delete()
        Invitation.objects.filter(registration__in=pks).delete()
        HandoverRequest.objects.filter(registration__in=pks).delete()
        Guest.objects.filter(registration__in=pks).delete()
        StatusChange.objects.filter(registration__in=pks).update(reason="", check_in_link="")
        Note.objects.filter(registration__in=pks).delete()
        Registration.objects.filter(pk__in=pks).update(
            name="",
            email="",
            organisation="",
            answers={},
            agreed={},
            submission="",
            purged_at=now,
        )
    return len(keys)


def _erase_sensitive(condition: Q) -> int:
    return SensitiveAnswers.objects.filter(condition).delete()[0]


def reapply(references: list[str]) -> int:
    """Erase again what a restored backup has brought back. Return how many registrations."""
    found = Registration.objects.filter(reference__in=references, purged_at__isnull=True)
    count = 0
    for registration in list(found):
        erase(registration=registration, cause=ErasureCause.REAPPLIED)
        count += 1
    return count
