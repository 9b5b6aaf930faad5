"""This app's stores of personal data, for the registry."""

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime

from django.db import models
from django.db.models import Model, Q, QuerySet

from verkosto.registrations.models import (
    Desk,
    DeskSubscription,
    FeedbackAnswers,
    FeedbackNote,
    HandoverRequest,
    Invitation,
    Job,
    Mailing,
    Message,
    Note,
    Registration,
    StatusChange,
)
from verkosto.registrations.privacy.archive_store import ARCHIVE_STORE
from verkosto.registrations.privacy.data_export import data_of
from verkosto.registrations.privacy.erasure import erase_registrations
from verkosto.registrations.privacy.guest_store import GUEST_STORE
from verkosto.registrations.privacy.personal_data import PersonalDataStore
from verkosto.registrations.privacy.redaction import redacted
from verkosto.registrations.privacy.retention import is_past_retention
from verkosto.registrations.privacy.role_store import COLLEAGUE_INVITATION_STORE, ROLE_STORE

# The models with text by staff, or free text of feedback, in which anybody may be named, and their fields.
STAFF_TEXTS: tuple[tuple[type[Model], tuple[str, ...]], ...] = (
    (Mailing, ("subjects", "bodies", "selection")),
    (Job, ("parameters", "text")),
    (Note, ("text",)),
    (StatusChange, ("reason", "check_in_link")),
    (Message, ("context", "subject", "text")),
    (FeedbackAnswers, ("answers",)),
)


def _registrations(email: str) -> list[dict[str, object]]:
    return [data_of(registration) for registration in Registration.objects.of_address(email).select_related("desk")]


def _names_in_registrations(email: str) -> Collection[str]:
    return set(Registration.objects.of_address(email).values_list("name", flat=True))


def _invitations(email: str) -> list[dict[str, object]]:
    return [_invitation(each) for each in Invitation.objects.filter(email=email).select_related("desk")]


def _invitation(row: Invitation) -> dict[str, object]:
    declined = {"declined": row.declined_at.isoformat()} if row.declined_at else {}
    return {"title": row.desk.title, "name": row.name, "invited": row.created_at.isoformat(), **declined}


def _names_in_invitations(email: str) -> Collection[str]:
    return set(Invitation.objects.filter(email=email).values_list("name", flat=True))


def _erase_invitations(email: str) -> int:
    return Invitation.objects.filter(email=email).delete()[0]


def _handover_requests(email: str) -> list[dict[str, object]]:
    return [
        {
            "title": request.registration.desk.title,
            "name": request.name,
            "email": request.email,
            "requested": request.created_at.isoformat(),
        }
        for request in HandoverRequest.objects.filter(email=email).select_related("registration__desk")
    ]


def _names_in_handover_requests(email: str) -> Collection[str]:
    return set(HandoverRequest.objects.filter(email=email).values_list("name", flat=True))


def _erase_handover_requests(email: str) -> int:
    return HandoverRequest.objects.filter(email=email).delete()[0]


def _messages(email: str) -> list[dict[str, object]]:
    return [
        {"at": message.created_at.isoformat(), "kind": message.kind, "subject": message.subject}
        for message in Message.objects.filter(recipient=email, registration__isnull=True)
    ]


def _erase_messages(email: str) -> int:
    return Message.objects.filter(recipient=email).delete()[0]


def _staff_texts(email: str) -> list[dict[str, object]]:
    """Return no texts: those about the person are exported with their registrations, the others concern other people."""
    return []


def _feedback_notes(email: str) -> list[dict[str, object]]:
    """Return at which events the person gave feedback. What they answered is not known."""
    notes = FeedbackNote.objects.filter(registration__in=Registration.objects.of_address(email))
    return [
        {"title": note.registration.desk.title, "has_given_feedback": True}
        for note in notes.select_related("registration__desk")
    ]


def _erase_feedback_notes(email: str) -> int:
    return FeedbackNote.objects.filter(registration__in=Registration.objects.of_address(email)).delete()[0]


def _purge_feedback(now: datetime) -> int:
    """Erase the answers of events whose registrations are no longer kept: in free text people may have named somebody."""
    desks = Desk.objects.filter(feedback__isnull=False).distinct()
    due = [desk.pk for desk in desks if is_past_retention(desk, now)]
    return FeedbackAnswers.objects.filter(desk__in=due).delete()[0]


def _subscriptions(email: str) -> list[dict[str, object]]:
    return [
        {
            "title": subscription.desk.title if subscription.desk else "",
            "frequency": subscription.frequency,
            "notified": subscription.notified_at.isoformat(),
        }
        for subscription in DeskSubscription.objects.filter(user__email__iexact=email).select_related("desk")
    ]


def _erase_subscriptions(email: str) -> int:
    """Erase what a member of staff is notified of, in the account with this address: nothing is sent there again."""
    return DeskSubscription.objects.filter(user__email__iexact=email).delete()[0]


def _purge_subscriptions(now: datetime) -> int:
    """Erase the choices of accounts that are closed: they are kept as long as the account is used."""
    return DeskSubscription.objects.filter(user__is_active=False).delete()[0]


def _redact_staff_texts(names: Sequence[str]) -> int:
    return sum(_redact(model, fields, names) for model, fields in STAFF_TEXTS)


def _redact(model: type[Model], fields: Iterable[str], names: Sequence[str]) -> int:
    """Remove the names from the fields of a model. Return from how many rows.

    The rows are searched here and not in the database: databases differ in how they store letters in JSON.
    """
    changed = 0
    for row in _candidates(model, names).only("pk", *fields).iterator(chunk_size=500):
        before = {name: getattr(row, name) for name in fields}
        after = {name: redacted(value, names) for name, value in before.items()}
        if after != before:
            model._default_manager.filter(pk=row.pk).update(**after)
            changed += 1
    return changed


def _candidates(model: type[Model], names: Sequence[str]) -> QuerySet[models.Model]:
    """Return the rows that may hold the names: all, but of the many messages only those whose text has one or is empty."""
    if model is not Message:
        return model._default_manager.all()
    named = Q(text="")
    for name in names:
        named |= Q(text__icontains=name)
    return Message.objects.filter(named)


OWN_STORES = [
    PersonalDataStore(
        "registrations",
        _registrations,
        lambda email: erase_registrations(email=email),
        names=_names_in_registrations,
        models=(
            "verkosto_registrations.Registration",
            "verkosto_registrations.SensitiveAnswers",
            "verkosto_registrations.AnswerFile",
            "verkosto_registrations.AccessToken",
            "verkosto_registrations.MeetingParticipation",
            "verkosto_registrations.JobRefusal",
        ),
    ),
    PersonalDataStore(
        "invitations",
        _invitations,
        _erase_invitations,
        names=_names_in_invitations,
        models=("verkosto_registrations.Invitation",),
    ),
    GUEST_STORE,
    ARCHIVE_STORE,
    COLLEAGUE_INVITATION_STORE,
    ROLE_STORE,
    PersonalDataStore(
        "handover_requests",
        _handover_requests,
        _erase_handover_requests,
        names=_names_in_handover_requests,
        models=("verkosto_registrations.HandoverRequest",),
    ),
    PersonalDataStore("messages", _messages, _erase_messages, models=("verkosto_registrations.Message",)),
    PersonalDataStore(
        "feedback",
        _feedback_notes,
        _erase_feedback_notes,
        purge=_purge_feedback,
        models=("verkosto_registrations.FeedbackNote",),
    ),
    PersonalDataStore(
        "subscriptions",
        _subscriptions,
        _erase_subscriptions,
        purge=_purge_subscriptions,
        models=("verkosto_registrations.DeskSubscription",),
    ),
    PersonalDataStore(
        "staff_texts",
        _staff_texts,
        lambda email: 0,
        redact=_redact_staff_texts,
        models=tuple(model._meta.label for model, _fields in STAFF_TEXTS),
    ),
]
