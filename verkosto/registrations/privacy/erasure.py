"""Taking out and erasing personal data: of one registration, of one address, and of what is over."""

from functools import partial
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from verkosto.core.transactions import in_transaction
from verkosto.registrations.domain.capacity import release
from verkosto.registrations.domain.history import Actor, record
from verkosto.registrations.domain.waiting_list import lock_registration, promote
from verkosto.registrations.enums import RegistrationStatus
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
from verkosto.registrations.privacy.notice_snapshots import snapshot_text
from verkosto.registrations.privacy.personal_data import holders


def data_of(registration: Registration, *, sensitive: bool = True) -> dict[str, Any]:
    """Everything that is kept about a person in one registration, as JSON; without ``sensitive`` not those answers."""
    desk, language = registration.desk, registration.language
    questions = {question.key: question for question in desk.questions.all()}
    apart = SensitiveAnswers.objects.filter(registration=registration).first() if sensitive else None
    answers = {**registration.answers, **(apart.answers if apart else {})}
    return {
        "title": desk.version(language).get("title", ""),
        "reference": registration.reference,
        "name": registration.name,
        "email": registration.email,
        "language": language,
        "organisation": registration.organisation,
        "places": registration.places,
        "companions": registration.companions,
        "status": registration.status,
        "attendance": registration.attendance,
        "registered": registration.created_at.isoformat(),
        "shown_and_agreed": {**registration.agreed, "text": snapshot_text(registration.agreed)},
        "answers": [
            {
                "question": questions[key].label(language) if key in questions else key,
                "answer": questions[key].display(value, language) if key in questions else value,
            }
            for key, value in answers.items()
        ],
        "files": [{"name": file.name, "size": file.size} for file in registration.files.all()],
        "history": [
            {"at": change.at.isoformat(), "event": change.event, "status": change.to_status, "reason": change.reason}
            for change in registration.changes.all()
        ],
        "notes": [{"at": note.created_at.isoformat(), "text": note.text} for note in registration.notes.all()],
        "messages": [
            {
                "at": message.created_at.isoformat(),
                "kind": message.kind,
                "state": message.state,
                "subject": message.subject,
                "text": message.text,
            }
            for message in registration.messages.all()
        ],
    }


def data_of_address(email: str) -> dict[str, Any]:
    """Everything that is kept under an address, over all desks, as JSON."""
    registrations = Registration.objects.of_address(email).select_related("desk")
    return {
        "email": email,
        "registrations": [data_of(registration) for registration in registrations],
        "invitations": [
            {"title": invitation.desk.title, "name": invitation.name, "invited": invitation.created_at.isoformat()}
            for invitation in Invitation.objects.filter(email__lower=email.lower()).select_related("desk")
        ],
        "messages": [
            {"at": message.created_at.isoformat(), "kind": message.kind, "subject": message.subject}
            for message in Message.objects.filter(recipient__lower=email.lower(), registration__isnull=True)
        ],
        **{holder.name: kept for holder in holders if (kept := holder.data(email))},
    }


@in_transaction
def erase(*, registration: Registration, cause: str, user: Any = None) -> None:
    """Cancel a registration that is still alive, and erase the person from it. The count and the tombstone stay."""
    registration = lock_registration(registration)
    if registration.purged_at:
        return
    before = registration.status
    if not registration.has_ended:
        release(registration)
        registration.status = RegistrationStatus.CANCELLED
        registration.expires_at = None
        registration.save(update_fields=["status", "holds_place", "claims", "expires_at", "updated_at"])
    anonymise(Registration.objects.filter(pk=registration.pk), cause=cause)
    registration.refresh_from_db()
    record(registration, "erased", before=before, actor=Actor.REGISTRANT, user=user)
    promote(registration.desk)


@in_transaction
def erase_address(*, email: str, user: Any = None) -> int:
    """Erase everything under an address. Returns the number of registrations erased."""
    registrations = list(Registration.objects.of_address(email).filter(purged_at__isnull=True))
    for registration in registrations:
        erase(registration=registration, cause="by_staff" if user else "own_request", user=user)
    Invitation.objects.filter(email__lower=email.lower()).delete()
    Message.objects.filter(recipient__lower=email.lower()).delete()
    for holder in holders:
        holder.erase(email)
    return len(registrations)


def anonymise(registrations: Any, *, cause: str) -> int:
    """Erase the persons from registrations, at once in rows, mails, links, notes and files; status and places stay.

    Files are removed from the storage after the commit. Returns how many registrations.
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
        _erase_files(pks)
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


def _erase_files(pks: list[int]) -> None:
    files = list(AnswerFile.objects.filter(registration__in=pks))
    AnswerFile.objects.filter(pk__in=[file.pk for file in files]).delete()
    for file in files:
        transaction.on_commit(partial(file.file.storage.delete, str(file.file.name)), robust=True)


def reapply(references: list[str]) -> int:
    """Erase again what a restored backup has brought back. Returns how many registrations."""
    found = Registration.objects.filter(reference__in=references, purged_at__isnull=True)
    count = 0
    for registration in list(found):
        erase(registration=registration, cause="reapplied")
        count += 1
    return count
