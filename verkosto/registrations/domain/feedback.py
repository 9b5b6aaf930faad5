"""Feedback after an event: who may give it, who is asked, and the jobs that write the mails."""

from collections.abc import Mapping
from datetime import datetime

from django.db.models import QuerySet
from django.utils import timezone

from verkosto.core.jobs import engine
from verkosto.core.transactions import in_transaction
from verkosto.core.users import SignedInUser
from verkosto.registrations.enums import Attendance, RegistrationStatus
from verkosto.registrations.exceptions import NotPossible
from verkosto.registrations.mail import outbox
from verkosto.registrations.mail.feedback import REMINDER, REQUEST
from verkosto.registrations.models import (
    Desk,
    FeedbackAnswers,
    FeedbackNote,
    Job,
    Message,
    Question,
    Registration,
)
from verkosto.registrations.models.feedback import takes_feedback
from verkosto.registrations.models.querysets import RegistrationQuerySet

PORTION = 200  # mails in one transaction


def questions_of(desk: Desk) -> list[Question]:
    """Return the questions of a desk's feedback form, in their order. One query."""
    return list(Question.feedback.in_use().filter(desk=desk).select_related("desk"))


@in_transaction
def give_feedback(*, registration: Registration, answers: Mapping[str, object]) -> None:
    """Store somebody's answers, and apart from them that this person has answered.

    Raises NotPossible if the person has answered already or may not.
    """
    if not takes_feedback(registration.desk) or registration.status != RegistrationStatus.CONFIRMED:
        raise NotPossible
    _note, is_first = FeedbackNote.objects.get_or_create(registration=registration)
    if not is_first:
        raise NotPossible
    FeedbackAnswers.objects.create(desk=registration.desk, answers=dict(answers))


def participants(desk: Desk) -> RegistrationQuerySet:
    """Return who is asked for feedback: those who attended, or all with a place if attendance was not recorded."""
    rows = Registration.objects.filter(desk=desk, purged_at__isnull=True).confirmed().exclude(email="")
    if rows.filter(attendance=Attendance.ATTENDED).exists():
        rows = rows.filter(attendance=Attendance.ATTENDED)
    return rows.exclude(attendance=Attendance.ABSENT)


def to_ask(desk: Desk) -> RegistrationQuerySet:
    """Return who has not been asked yet."""
    return participants(desk).filter(feedback_note=None).exclude(pk__in=_written(desk, REQUEST).values("registration"))


def to_remind(desk: Desk, *, since: datetime) -> RegistrationQuerySet:
    """Return who was asked and has not answered, without those who were reminded since a time."""
    asked = participants(desk).filter(feedback_note=None, pk__in=_written(desk, REQUEST).values("registration"))
    return asked.exclude(pk__in=_written(desk, REMINDER, since=since).values("registration"))


def _written(desk: Desk, kind: str, *, since: datetime | None = None) -> QuerySet[Message]:
    messages = Message.objects.filter(kind=kind, registration__desk=desk)
    return messages.filter(created_at__gte=since) if since else messages


def start_feedback_mails(*, desk: Desk, kind: str, user: SignedInUser) -> Job:
    """Start the job that asks for feedback or reminds, as the kind says."""
    return engine.start(Job(kind=kind, desk=desk, user=user, total=recipients_of(desk, kind).count()))


def recipients_of(desk: Desk, kind: str, job: Job | None = None) -> RegistrationQuerySet:
    """Return who gets a mail of a kind now. Whoever a job has reminded is not reminded by it again."""
    return to_ask(desk) if kind == REQUEST else to_remind(desk, since=job.created_at if job else timezone.now())


def write_feedback_mails(job: Job) -> None:
    """Do the job: write a mail to each recipient."""
    position = job.done
    while written := _write_portion(job=job, position=position):
        position += written


@in_transaction
def _write_portion(*, job: Job, position: int) -> int:
    portion = list(recipients_of(job.desk, job.kind, job).order_by("pk")[:PORTION]) if job.desk else []
    if portion:
        engine.advance(job, position, len(portion))
        outbox.write_many(job.kind, portion, context=lambda registration: {})
    return len(portion)
