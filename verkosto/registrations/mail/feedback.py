"""The mails that ask for feedback, and the jobs that write them."""

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from verkosto.core.accounts import SignedInUser
from verkosto.core.jobs import engine
from verkosto.core.transactions import in_transaction
from verkosto.registrations.domain.feedback import REMINDER, REQUEST, takes_feedback, to_ask, to_remind
from verkosto.registrations.enums import TokenPurpose
from verkosto.registrations.mail import outbox, validity
from verkosto.registrations.mail.kind import MailKind
from verkosto.registrations.models import Desk, FeedbackNote, Job, Message
from verkosto.registrations.models.querysets import RegistrationQuerySet

PORTION = 200  # mails in one transaction
GIVE_FEEDBACK = _("Give feedback")
LINK_NOTE = _(
    "The link is personal and can be used once. We only note that you have answered: your answers are kept without your "
    "name and cannot be connected to you."
)


def _can_answer(message: Message) -> bool:
    """Return whether the person may give feedback and has not done so."""
    if message.desk is None or not validity.has_place(message) or not takes_feedback(message.desk):
        return False
    return not FeedbackNote.objects.filter(registration=message.registration).exists()


FEEDBACK_KINDS = [
    MailKind(
        name=REQUEST,
        label=_("Request for feedback"),
        subject=_("How was it? {title}"),
        body=_(
            "Thank you for taking part in {title}.\n\n"
            "Tell us how it was. It takes a few minutes, and your answers are anonymous."
        ),
        link=GIVE_FEEDBACK,
        link_note=LINK_NOTE,
        opens=TokenPurpose.FEEDBACK,
        is_true=_can_answer,
    ),
    MailKind(
        name=REMINDER,
        label=_("Reminder about feedback"),
        subject=_("You can still give feedback: {title}"),
        body=_("We would like to hear how {title} was. You have not given feedback yet. Your answers are anonymous."),
        link=GIVE_FEEDBACK,
        link_note=LINK_NOTE,
        opens=TokenPurpose.FEEDBACK,
        is_true=_can_answer,
    ),
]


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
