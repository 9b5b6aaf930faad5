"""What happens to feedback about accessibility: received, assigned, answered or closed, and reminded of."""

from dataclasses import dataclass
from datetime import timedelta

from django.utils import timezone

from home.accessibility_feedback import mails
from home.models import AccessibilityFeedback
from verkosto.core.transactions import in_transaction
from verkosto.core.users import SignedInUser

#: How many days before the answer is due staff are reminded.
REMINDER_DAYS = (4, 1)


class AlreadyEnded(Exception):
    """The feedback has been answered or closed, perhaps by somebody else just now."""


@dataclass(frozen=True, kw_only=True)
class Feedback:
    """What a visitor has written. All but the message may be empty."""

    kind: str
    message: str
    page: str = ""
    name: str = ""
    email: str = ""


@in_transaction
def receive(*, feedback: Feedback, language: str) -> AccessibilityFeedback:
    """Store feedback, acknowledge it by mail if there is an address, and notify staff."""
    row = AccessibilityFeedback.objects.create(
        kind=feedback.kind,
        message=feedback.message,
        page=feedback.page,
        name=feedback.name,
        email=feedback.email,
        language=language,
    )
    if row.email:
        mails.write_receipt(row)
    mails.write_to_staff(mails.NEW, row)
    return row


def assign(*, feedback: AccessibilityFeedback, to: SignedInUser | None) -> None:
    """Say who answers. Raises AlreadyEnded."""
    if not AccessibilityFeedback.objects.open().filter(pk=feedback.pk).update(assigned_to=to):
        raise AlreadyEnded


@in_transaction
def answer(*, feedback: AccessibilityFeedback, text: str, user: SignedInUser) -> None:
    """Record the answer, and send it if there is an address. Raises AlreadyEnded."""
    _end(feedback, AccessibilityFeedback.Status.ANSWERED, text, user)
    if feedback.email:
        mails.write_answer(feedback)


@in_transaction
def close(*, feedback: AccessibilityFeedback, reason: str, user: SignedInUser) -> None:
    """Close feedback that needs no answer, such as advertisements. Raises AlreadyEnded."""
    _end(feedback, AccessibilityFeedback.Status.CLOSED, reason, user)


def _end(feedback: AccessibilityFeedback, status: str, text: str, user: SignedInUser) -> None:
    # The condition lets one of two people through.
    still_open = AccessibilityFeedback.objects.open().filter(pk=feedback.pk)
    if not still_open.update(status=status, answer=text, ended_at=timezone.now(), ended_by=user):
        raise AlreadyEnded
    feedback.refresh_from_db()


def send_reminders() -> int:
    """Remind staff of feedback whose answer is due soon, once for each of ``REMINDER_DAYS``. Return of how many."""
    return sum(_remind(number, days) for number, days in enumerate(REMINDER_DAYS, start=1))


def _remind(number: int, days: int) -> int:
    soon = timezone.localdate() + timedelta(days=days)
    due = AccessibilityFeedback.objects.open().filter(due_on__lte=soon, reminders__lt=number)
    return sum(_remind_of(feedback, number) for feedback in due.select_related("assigned_to"))


@in_transaction
def _remind_of(feedback: AccessibilityFeedback, number: int) -> int:
    own = AccessibilityFeedback.objects.open().filter(pk=feedback.pk, reminders__lt=number)
    if not own.update(reminders=number):  # another process does it, or it was just answered
        return 0
    mails.write_to_staff(mails.REMINDER, feedback)
    return 1
