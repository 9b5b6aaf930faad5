"""Personal invitations that staff send, each valid for one address only."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from verkosto.core.jobs import engine
from verkosto.core.text import clean_name
from verkosto.core.transactions import in_transaction
from verkosto.registrations.domain.address_lists import read_rows
from verkosto.registrations.domain.history import User
from verkosto.registrations.enums import ACTIVE_STATUSES, EventStatus
from verkosto.registrations.mail import outbox
from verkosto.registrations.models import Desk, Invitation, InvitationReminder, Job
from verkosto.registrations.models.querysets import InvitationQuerySet

PORTION = 200  # mails in one transaction
REMINDER_PAUSE = timedelta(days=1)  # the shortest time between an automatic reminder and the mail before it


@dataclass(frozen=True)
class Invitee:
    """A person to invite. ``language`` is "" where the list names none."""

    email: str
    name: str = ""
    language: str = ""


def read_invitees(text: str) -> tuple[list[Invitee], list[tuple[int, list[str]]]]:
    """Return the people in a CSV of addresses, names and languages, and (number, cells) of lines without a valid address.

    An address that is listed twice is returned once. The columns may be in any order: a cell with "@" is the address,
    a cell with a language code the language, and the first other cell the name.
    """
    invitees: dict[str, Invitee] = {}
    wrong: list[tuple[int, list[str]]] = []
    for number, row, address in read_rows(text):
        if not address:
            wrong.append((number, row))
            continue
        others = [cell for cell in row if cell and "@" not in cell]
        language = next((cell.lower() for cell in others if cell.lower() in dict(settings.LANGUAGES)), "")
        name = next((cell for cell in others if cell.lower() != language), "")
        invitees.setdefault(address, Invitee(address, clean_name(name)[:200], language))
    return list(invitees.values()), wrong


def without_invitation(desk: Desk, invitees: Iterable[Invitee]) -> list[Invitee]:
    """Return those who have not been invited to the desk yet."""
    known = set(desk.invitations.values_list("email", flat=True))
    return [invitee for invitee in invitees if invitee.email not in known]


@transaction.atomic
def create_invitations(*, desk: Desk, invitees: Iterable[Invitee], language: str, user: User) -> int:
    """Save invitations for those who have not been invited yet, without writing their mails. Return how many."""
    new = [
        Invitation(
            desk=desk, email=invitee.email, name=invitee.name, language=invitee.language or language, invited_by=user
        )
        for invitee in without_invitation(desk, invitees)
    ]
    Invitation.objects.bulk_create(new, batch_size=500, ignore_conflicts=True)
    return len(new)


@transaction.atomic
def invite(*, desk: Desk, invitees: Iterable[Invitee], language: str, user: User) -> int:
    """Invite those who have not been invited yet, and write their mails. Return how many were invited.

    ``language`` is for those whose own is not known.
    """
    number = create_invitations(desk=desk, invitees=invitees, language=language, user=user)
    _write("invitation", list(desk.invitations.without_mail()))
    return number


@transaction.atomic
def invite_later(*, desk: Desk, invitees: Iterable[Invitee], language: str, user: User) -> tuple[int, Job | None]:
    """Invite as ``invite`` does, but write more than ``INLINE_LIMIT`` mails in a background job.

    Return how many people were invited, and the job or None.
    """
    number = create_invitations(desk=desk, invitees=invitees, language=language, user=user)
    if number > engine.INLINE_LIMIT:
        return number, engine.start(Job(kind="invitations", desk=desk, user=user, total=number))
    _write("invitation", list(desk.invitations.without_mail()))
    return number, None


def write_invitations(job: Job) -> None:
    """Write a mail to everybody invited to the job's desk whose mail is not written yet."""
    position = job.done
    rows = _invitations_of(job).without_mail()
    while written := _write_portion(job=job, position=position, kind="invitation", rows=rows):
        position += written


def remind(*, desk: Desk) -> int:
    """Remind everybody whose invitation is neither answered nor withdrawn. Return how many."""
    desk.invitations.match_registrations()
    return _write("invitation_reminder", list(desk.invitations.unanswered()))


@transaction.atomic
def remind_later(*, desk: Desk, user: User) -> tuple[int, Job | None]:
    """Remind as ``remind`` does, but write more than ``INLINE_LIMIT`` mails in a background job.

    Return how many people are reminded, and the job or None.
    """
    desk.invitations.match_registrations()
    number = desk.invitations.unanswered().count()
    if number > engine.INLINE_LIMIT:
        parameters = {"before": timezone.now().isoformat()}
        job = Job(kind="invitation_reminders", desk=desk, user=user, parameters=parameters, total=number)
        return number, engine.start(job)
    return remind(desk=desk), None


def write_reminders(job: Job) -> None:
    """Write a reminder to everybody who has not answered, and was neither invited nor reminded since ``before``."""
    before, position = datetime.fromisoformat(job.parameters["before"]), job.done
    rows = _invitations_of(job).unanswered(before=before)
    while written := _write_portion(job=job, position=position, kind="invitation_reminder", rows=rows):
        position += written


def start_due_reminders() -> int:
    """Start the reminders that editors planned and that are due now, each once. Return how many people are reminded."""
    now = timezone.now()
    planned = InvitationReminder.objects.filter(sent_at__isnull=True, desk__closes_at__gt=now).select_related("desk")
    due = [reminder for reminder in planned if reminder.at and reminder.at <= now]
    return sum(
        _start_reminder(reminder)
        for reminder in due
        if reminder.desk.takes_registrations and reminder.desk.status != EventStatus.POSTPONED
    )


@transaction.atomic
def _start_reminder(reminder: InvitationReminder) -> int:
    now = timezone.now()
    if not InvitationReminder.objects.filter(pk=reminder.pk, sent_at__isnull=True).update(sent_at=now):
        return 0
    # Leave out those who had a mail recently.
    before = now - REMINDER_PAUSE
    number = reminder.desk.invitations.unanswered(before=before).count()
    if number:
        parameters = {"before": before.isoformat()}
        engine.start(Job(kind="invitation_reminders", desk=reminder.desk, parameters=parameters, total=number))
    return number


def _invitations_of(job: Job) -> InvitationQuerySet:
    return Invitation.objects.filter(desk=job.desk)


@in_transaction
def _write_portion(*, job: Job, position: int, kind: str, rows: InvitationQuerySet) -> int:
    portion = list(rows.order_by("pk")[:PORTION])
    if portion:
        engine.advance(job, position, len(portion))
        _write(kind, portion)
    return len(portion)


@transaction.atomic
def _write(kind: str, invitations: list[Invitation]) -> int:
    """Write mails to invited people, and record when."""
    field = "written_at" if kind == "invitation" else "reminded_at"
    keys = [invitation.pk for invitation in invitations]
    Invitation.objects.filter(pk__in=keys).update(**{field: timezone.now()})
    outbox.write_to_invited(kind, invitations)
    return len(invitations)


def decline(*, invitation: Invitation) -> bool:
    """Record that an invited person cannot come. Return False if they have registered: then they cancel that instead."""
    now = timezone.now()
    rows = Invitation.objects.filter(pk=invitation.pk, withdrawn_at__isnull=True)
    without = rows.exclude(registration__status__in=ACTIVE_STATUSES)
    return bool(without.update(declined_at=now, answered_at=now))


@transaction.atomic
def withdraw(*, invitation: Invitation) -> bool:
    """Withdraw an invitation, so that its codes no longer work. Return False if it has been answered."""
    rows = Invitation.objects.filter(pk=invitation.pk, answered_at__isnull=True)
    if not rows.update(withdrawn_at=timezone.now()):
        return False
    invitation.tokens.all().delete()
    return True


@transaction.atomic
def restore(*, invitation: Invitation) -> None:
    """Undo a withdrawal, and send the invitation again with a new code."""
    if Invitation.objects.filter(pk=invitation.pk, withdrawn_at__isnull=False).update(withdrawn_at=None):
        _write("invitation", [invitation])
