"""The texts of mailings, and the follow-up mail after an event."""

from collections.abc import Collection

from verkosto.core.jobs import engine
from verkosto.core.transactions import in_transaction
from verkosto.core.users import SignedInUser
from verkosto.registrations.enums import Attendance
from verkosto.registrations.mail import outbox
from verkosto.registrations.mail.placeholders import PLACEHOLDER, fill
from verkosto.registrations.models import Desk, Job, Mailing, Message, Registration
from verkosto.registrations.models.querysets import RegistrationQuerySet

PLACEHOLDERS = ("name", "title", "when", "where", "reference")
PORTION = 200  # mails in one transaction


def unknown_placeholders(text: str, known: Collection[str] = PLACEHOLDERS) -> list[str]:
    """Return the placeholders that would not be filled in."""
    return sorted(set(PLACEHOLDER.findall(text)) - set(known))


def fill_in(registration: Registration, *, subject: str, body: str) -> dict[str, str]:
    """Return a subject and body with the placeholders filled in for one person."""
    version = registration.desk.version(registration.language)
    values = {
        "name": registration.name,
        "title": str(version.get("title", "")),
        "when": str(version.get("when", "")),
        "where": str(version.get("where", "")),
        "reference": registration.reference,
    }
    return {"subject": fill(subject, values), "body": fill(body, values)}


def mailing_text(mailing: Mailing, registration: Registration) -> dict[str, str]:
    """Return a mailing's subject and body to one person, in their language if the mailing has a text in it."""
    language = registration.language if registration.language in mailing.subjects else next(iter(mailing.subjects))
    return fill_in(registration, subject=mailing.subjects[language], body=mailing.bodies[language])


def follow_up_recipients(desk: Desk) -> RegistrationQuerySet:
    """Return who gets the follow-up mail: those who attended, or all with a place if attendance was not recorded.

    Those who already have it are left out.
    """
    rows = Registration.objects.filter(desk=desk, purged_at__isnull=True).confirmed().exclude(email="")
    if rows.filter(attendance=Attendance.ATTENDED).exists():
        rows = rows.filter(attendance=Attendance.ATTENDED)
    sent = Message.objects.filter(kind="follow_up", registration__desk=desk).values("registration")
    return rows.exclude(attendance=Attendance.ABSENT).exclude(pk__in=sent)


def start_follow_up(*, desk: Desk, user: SignedInUser) -> Job:
    """Start the job that writes the follow-up mails."""
    return engine.start(Job(kind="follow_up", desk=desk, user=user, total=follow_up_recipients(desk).count()))


def write_follow_up(job: Job) -> None:
    """Do the job: write a follow-up mail to each recipient."""
    position = job.done
    while written := _write_follow_up_portion(job=job, position=position):
        position += written


@in_transaction
def _write_follow_up_portion(*, job: Job, position: int) -> int:
    portion = list(follow_up_recipients(job.desk).order_by("pk")[:PORTION]) if job.desk else []
    if portion:
        engine.advance(job, position, len(portion))
        outbox.write_many("follow_up", portion, context=lambda registration: {})
    return len(portion)
