"""Mails by staff to a selection of registrants, in each one's language."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from verkosto.core.jobs import engine
from verkosto.core.transactions import in_transaction
from verkosto.registrations.admin.selection import from_json, selected
from verkosto.registrations.mail import outbox
from verkosto.registrations.mail.placeholders import PLACEHOLDER, fill
from verkosto.registrations.models import Desk, Job, Mailing, Message, Registration
from verkosto.registrations.models.querysets import RegistrationQuerySet

PLACEHOLDERS = ("name", "title", "when", "where", "reference")
PORTION = 200


def recipients(desk: Desk, user: Any, selection: dict[str, list[str]]) -> QuerySet[Registration]:
    """The registrations of a selection that have an address."""
    return selected(desk, user, from_json(selection)).exclude(email="")


def unknown_placeholders(text: str) -> list[str]:
    """Placeholders that would not be filled in."""
    return sorted(set(PLACEHOLDER.findall(text)) - set(PLACEHOLDERS))


def words_to(registration: Registration, *, subject: str, body: str) -> dict[str, str]:
    """The words to one person, placeholders filled in."""
    version = registration.desk.version(registration.language)
    values = {
        "name": registration.name,
        "title": str(version.get("title", "")),
        "when": str(version.get("when", "")),
        "where": str(version.get("where", "")),
        "reference": registration.reference,
    }
    return {"subject": fill(subject, values), "body": fill(body, values)}


@transaction.atomic
def send_mailing(
    *,
    desk: Desk,
    subjects: dict[str, str],
    bodies: dict[str, str],
    selection: dict[str, list[str]],
    user: Any,
    send_at: datetime | None = None,
) -> tuple[Mailing, Job | None]:
    """Store a mailing and start it, or leave it for its time. The selection is made when it goes out."""
    mailing = Mailing.objects.create(
        desk=desk,
        subjects=subjects,
        bodies=bodies,
        selection=selection,
        created_by=user,
        send_at=send_at or timezone.now(),
    )
    return mailing, None if mailing.send_at > timezone.now() else _queue(mailing)


def queue_due_mailings() -> int:
    """Start the mailings whose time has come. Returns how many."""
    due = Mailing.objects.filter(queued_at__isnull=True, send_at__lte=timezone.now())
    return sum(_queue(mailing) is not None for mailing in due.select_related("desk", "created_by"))


@transaction.atomic
def _queue(mailing: Mailing) -> Job | None:
    now = timezone.now()
    if not Mailing.objects.filter(pk=mailing.pk, queued_at__isnull=True).update(queued_at=now):
        return None
    number = recipients(mailing.desk, mailing.created_by, mailing.selection).count()
    Mailing.objects.filter(pk=mailing.pk).update(recipients=number)
    return engine.start(
        Job(
            kind="mailing",
            desk=mailing.desk,
            user=mailing.created_by,
            parameters={"mailing": mailing.pk},
            total=number,
        )
    )


def write_messages(job: Job) -> dict[str, Any]:
    """The job: one message to each recipient who has none of this mailing yet, portion by portion."""
    mailing = Mailing.objects.select_related("desk", "created_by").get(pk=job.parameters["mailing"])
    position, written = job.done, 0
    while portion := _write_portion(job=job, mailing=mailing, position=position):
        position, written = position + len(portion), written + len(portion)
    return {"written": written}


@in_transaction
def _write_portion(*, job: Job, mailing: Mailing, position: int) -> list[Registration]:
    reached = Message.objects.filter(mailing=mailing, registration__isnull=False).values("registration")
    left = recipients(mailing.desk, mailing.created_by, mailing.selection).exclude(pk__in=reached)
    portion = list(left.select_related("desk").order_by("pk")[:PORTION])
    if portion:
        engine.advance(job, position, len(portion))
        outbox.write_many(
            "bulk", portion, context=lambda registration: _context(mailing, registration), mailing=mailing
        )
    return portion


def took_part(desk: Desk) -> RegistrationQuerySet:
    """Who has not been thanked yet: those who attended, or, where nobody noted that, all with a place."""
    rows = Registration.objects.filter(desk=desk, purged_at__isnull=True).with_a_place().exclude(email="")
    if rows.filter(attendance="attended").exists():
        rows = rows.filter(attendance="attended")
    thanked = Message.objects.filter(kind="follow_up", registration__desk=desk).values("registration")
    return rows.exclude(attendance="absent").exclude(pk__in=thanked)


def thank(*, desk: Desk, user: Any) -> Job:
    """Have the mail after the event written to all who took part."""
    return engine.start(Job(kind="follow_up", desk=desk, user=user, total=took_part(desk).count()))


def write_thanks(job: Job) -> None:
    """The job: one mail to each who took part and has none, portion by portion."""
    position = job.done
    while steps := _thank_portion(job=job, position=position):
        position += steps


@in_transaction
def _thank_portion(*, job: Job, position: int) -> int:
    portion = list(took_part(job.desk).order_by("pk")[:PORTION]) if job.desk else []
    if portion:
        engine.advance(job, position, len(portion))
        outbox.write_many("follow_up", portion, context=lambda registration: {})
    return len(portion)


def _context(mailing: Mailing, registration: Registration) -> dict[str, str]:
    language = registration.language if registration.language in mailing.subjects else next(iter(mailing.subjects))
    return words_to(registration, subject=mailing.subjects[language], body=mailing.bodies[language])
