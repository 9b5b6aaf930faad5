"""Retention: after an event, sensitive answers are erased first and persons later. Counts stay.

Where an archive is to be made before, registrations wait for it (``privacy/archives.py``); nothing else does.
"""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import TypedDict

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from verkosto.core.transactions import in_transaction
from verkosto.registrations.domain.capacity import lock
from verkosto.registrations.enums import ENDED_STATUSES, ErasureCause, RegistrationStatus
from verkosto.registrations.models import (
    Desk,
    GuestSensitiveAnswers,
    Invitation,
    Mailing,
    Message,
    PurgeRun,
    SensitiveAnswers,
)
from verkosto.registrations.privacy.archives import desks_to_archive, may_be_erased, over_since
from verkosto.registrations.privacy.erasure import anonymise
from verkosto.registrations.privacy.personal_data import personal_data_stores

MESSAGE_RETENTION = timedelta(days=30)  # of messages that belong to no registration


class DueData(TypedDict):
    """The numbers of what a purge would erase at one desk, and since when it is due."""

    desk: Desk
    sensitive: int
    registrations: int
    at: datetime | None


class WaitingData(TypedDict):
    """The number of registrations that wait for the archive of their desk, and why it is missing."""

    desk: Desk
    registrations: int
    reason: str


class DeskReport(TypedDict):
    """The numbers of what was erased at one desk, and of the registrations that stay without a person, by status."""

    key: str
    title: str
    sensitive: int
    registrations: int
    invitations: int
    kept: dict[str, int]


class PurgeReport(TypedDict):
    """The numbers of what one run of the purge erased."""

    at: str
    sensitive: int
    registrations: int
    messages: int
    # Rows that each app's stores erased.
    stores: dict[str, int]
    desks: list[DeskReport]


def due(now: datetime | None = None) -> Iterator[DueData]:
    """Yield what a purge would erase now, for each desk. Nothing is changed."""
    now = now or timezone.now()
    for desk in Desk.objects.all().iterator():
        sensitive, persons = sum(rows.count() for rows in _due_sensitive(desk, now)), _due_persons(desk, now)
        over = over_since(desk)
        if sensitive or persons.exists():
            yield {
                "desk": desk,
                "sensitive": sensitive,
                "registrations": persons.count(),
                "at": over + timedelta(days=desk.retention_days) if over else None,
            }


def waiting_for_archive(now: datetime | None = None) -> Iterator[WaitingData]:
    """Yield what a purge would erase now if its archive had been made, for each desk. Nothing is changed."""
    now = now or timezone.now()
    for each in desks_to_archive():
        if not each.reason:
            continue
        persons = each.desk.registrations.filter(purged_at__isnull=True)
        number = _past(each.desk, persons, now - timedelta(days=each.desk.retention_days), "").count()
        if number:
            yield {"desk": each.desk, "registrations": number, "reason": each.reason}


def purge(now: datetime | None = None) -> PurgeReport:
    """Erase what is due, and store and return a report without personal data. A second run erases nothing more."""
    now = now or timezone.now()
    reports = [_purge_desk(desk=desk, now=now) for desk in Desk.objects.all().iterator()]
    desks = [report for report in reports if report]
    old = Message.objects.filter(registration__isnull=True, created_at__lte=now - MESSAGE_RETENTION)
    messages = old.delete()[0]
    erased = {store.name: store.purge(now) for store in personal_data_stores()}
    report: PurgeReport = {
        "at": now.isoformat(),
        "sensitive": sum(desk["sensitive"] for desk in desks),
        "registrations": sum(desk["registrations"] for desk in desks),
        "messages": messages,
        "stores": {name: number for name, number in erased.items() if number},
        "desks": desks,
    }
    with transaction.atomic():
        PurgeRun.objects.create(at=now, report=report)
    return report


@in_transaction
def _purge_desk(*, desk: Desk, now: datetime) -> DeskReport | None:
    due = (*_due_sensitive(desk, now), _due_persons(desk, now), _due_invitations(desk, now), _due_mailings(desk, now))
    if not any(rows.exists() for rows in due):
        return None
    lock(desk)
    sensitive = sum(rows.delete()[0] for rows in _due_sensitive(desk, now))
    erased = anonymise(_due_persons(desk, now), cause=ErasureCause.RETENTION)
    invitations = 0
    if is_past_retention(desk, now):
        # All of them: invited people who did not answer are persons too.
        invitations = _due_invitations(desk, now).count()
        _due_invitations(desk, now).delete()
        Message.objects.filter(desk=desk, registration__isnull=True).delete()
        # The texts and recipients of mailings. When they were sent and to how many stays.
        _due_mailings(desk, now).update(subjects={}, bodies={}, selection={})
        if not desk.registrations.filter(purged_at__isnull=True).exists():
            Desk.objects.filter(pk=desk.pk).update(purged_at=now)
    return {
        "key": str(desk.translation_key),
        "title": desk.title,
        "sensitive": sensitive,
        "registrations": erased,
        "invitations": invitations,
        "kept": {
            status: desk.registrations.filter(status=status).count()
            for status in RegistrationStatus.values
            if desk.registrations.filter(status=status).exists()
        },
    }


def _due_sensitive(desk: Desk, now: datetime) -> list[QuerySet]:
    """Return the sensitive answers that are due: those of registered people, and those about their guests."""
    limit = now - timedelta(days=desk.sensitive_retention_days)
    own = SensitiveAnswers.objects.filter(registration__desk=desk)
    of_guests = GuestSensitiveAnswers.objects.filter(guest__registration__desk=desk)
    return [_past(desk, own, limit, "registration__"), _past(desk, of_guests, limit, "guest__registration__")]


def _due_persons(desk: Desk, now: datetime) -> QuerySet:
    """Return the registrations that are due; none while the archive that is to be made before is missing."""
    persons = desk.registrations.filter(purged_at__isnull=True)
    if not may_be_erased(desk):
        return persons.none()
    return _past(desk, persons, now - timedelta(days=desk.retention_days), "")


def _due_invitations(desk: Desk, now: datetime) -> QuerySet:
    return Invitation.objects.filter(desk=desk) if is_past_retention(desk, now) else Invitation.objects.none()


def _due_mailings(desk: Desk, now: datetime) -> QuerySet:
    with_text = Mailing.objects.filter(desk=desk).exclude(subjects={}, bodies={}, selection={})
    return with_text if is_past_retention(desk, now) else with_text.none()


def is_past_retention(desk: Desk, now: datetime) -> bool:
    """Return whether the registrations of a desk are no longer kept."""
    over = over_since(desk)
    return bool(over and over <= now - timedelta(days=desk.retention_days))


def _past(desk: Desk, rows: QuerySet, limit: datetime, prefix: str) -> QuerySet:
    """Return the rows whose retention time began before ``limit``. ``prefix`` leads from a row to its registration."""
    began_at = over_since(desk)
    if began_at:
        return rows if began_at <= limit else rows.none()
    ended = list(ENDED_STATUSES)
    return rows.filter(**{f"{prefix}status__in": ended, f"{prefix}updated_at__lte": limit})
