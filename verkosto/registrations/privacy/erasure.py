"""Erasing personal data: of one registration, of one address, and again after a restore."""

from django.db.models import Q, QuerySet
from django.utils import timezone

from verkosto.core.transactions import in_transaction
from verkosto.registrations.domain.capacity import lock_registration, release
from verkosto.registrations.domain.history import User
from verkosto.registrations.domain.transitions import apply
from verkosto.registrations.domain.waiting_list import promote
from verkosto.registrations.enums import Action, ErasureCause, RegistrationStatus
from verkosto.registrations.models import (
    AccessToken,
    AnswerFile,
    Invitation,
    Message,
    Note,
    Registration,
    SensitiveAnswers,
    StatusChange,
    Tombstone,
)
from verkosto.registrations.privacy.personal_data import personal_data_holders


@in_transaction
def erase(*, registration: Registration, cause: ErasureCause, user: User = None) -> None:
    """Cancel a registration that has not ended, and erase the person from it. The row and its tombstone stay."""
    registration = lock_registration(registration)
    if registration.purged_at:
        return
    status = RegistrationStatus(registration.status)
    if not registration.has_ended:
        release(registration)
        status = RegistrationStatus.CANCELLED
    apply(registration, Action.ERASE, status, user=user)
    anonymise(Registration.objects.filter(pk=registration.pk), cause=cause)
    # What listens to the cancellation gets no personal data either.
    registration.refresh_from_db()
    promote(registration.desk)


@in_transaction
def erase_address(*, email: str, user: User = None) -> int:
    """Erase everything under an address, in all apps. Return the number of registrations erased."""
    registrations = list(Registration.objects.of_address(email).filter(purged_at__isnull=True))
    for registration in registrations:
        cause = ErasureCause.BY_STAFF if user else ErasureCause.OWN_REQUEST
        erase(registration=registration, cause=cause, user=user)
    Invitation.objects.filter(email=email).delete()
    Message.objects.filter(recipient=email).delete()
    for holder in personal_data_holders():
        holder.erase(email)
    return len(registrations)


def anonymise(registrations: QuerySet[Registration], *, cause: ErasureCause) -> int:
    """Erase the persons from registrations, with their mails, links, notes and files; status and places stay.

    Files are removed from the storage after the commit. Return how many registrations.
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
        Message.objects.filter(registration__in=pks).delete()
        Invitation.objects.filter(registration__in=pks).delete()
        StatusChange.objects.filter(registration__in=pks).update(reason="")
        Note.objects.filter(registration__in=pks).delete()
        Registration.objects.filter(pk__in=pks).update(
            name="",
            email="",
            organisation="",
            companions=[],
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
