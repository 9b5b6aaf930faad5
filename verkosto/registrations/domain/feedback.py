"""Feedback after an event: when it can be given, and by whom."""

from collections.abc import Mapping
from datetime import datetime

from django.utils import timezone

from verkosto.core.transactions import in_transaction
from verkosto.registrations.enums import Attendance, EventStatus, RegistrationStatus
from verkosto.registrations.exceptions import NotPossible
from verkosto.registrations.models import Desk, FeedbackAnswers, FeedbackNote, Message, Question, Registration
from verkosto.registrations.models.querysets import RegistrationQuerySet

REQUEST, REMINDER = "feedback_request", "feedback_reminder"


def questions_of(desk: Desk) -> list[Question]:
    """Return the questions of a desk's feedback form, in their order. One query."""
    return list(Question.feedback.in_use().filter(desk=desk).select_related("desk"))


def takes_feedback(desk: Desk) -> bool:
    """Return whether people may give feedback now: the form is on, and the event is over and was held."""
    was_held = desk.status not in (EventStatus.CANCELLED, EventStatus.POSTPONED)
    return desk.feedback_enabled and desk.purged_at is None and was_held and is_over(desk)


def is_over(desk: Desk) -> bool:
    """Return whether the event is over; True for a page without dates."""
    return desk.ends_at is None or desk.ends_at <= timezone.now()


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
    return participants(desk).filter(feedback_note=None).exclude(pk__in=_written(desk, REQUEST))


def to_remind(desk: Desk, *, since: datetime) -> RegistrationQuerySet:
    """Return who was asked and has not answered, without those who were reminded since a time."""
    asked = participants(desk).filter(feedback_note=None, pk__in=_written(desk, REQUEST))
    return asked.exclude(pk__in=_written(desk, REMINDER, since=since))


def _written(desk: Desk, kind: str, *, since: datetime | None = None) -> object:
    messages = Message.objects.filter(kind=kind, registration__desk=desk)
    return (messages.filter(created_at__gte=since) if since else messages).values("registration")
