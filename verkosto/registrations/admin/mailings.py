"""Mails by staff to a selection of registrants, sent at once or at a set time."""

from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from verkosto.core.jobs import engine
from verkosto.core.transactions import in_transaction
from verkosto.core.users import SignedInUser
from verkosto.registrations.admin.selection import query_from, selected_registrations
from verkosto.registrations.mail import outbox
from verkosto.registrations.mail.mailings import PORTION, mailing_text
from verkosto.registrations.models import Desk, Job, Mailing, Message, Registration


def recipients(desk: Desk, user: SignedInUser | None, selection: dict[str, list[str]]) -> QuerySet[Registration]:
    """Return the registrations of a selection that have an address."""
    return selected_registrations(desk, user, query_from(selection)).exclude(email="")


@transaction.atomic
def send_mailing(
    *,
    desk: Desk,
    subjects: dict[str, str],
    bodies: dict[str, str],
    selection: dict[str, list[str]],
    user: SignedInUser | None,
    send_at: datetime | None = None,
) -> tuple[Mailing, Job | None]:
    """Store a mailing, and start it unless it is for later. Recipients are selected when it starts."""
    mailing = Mailing.objects.create(
        desk=desk,
        subjects=subjects,
        bodies=bodies,
        selection=selection,
        created_by=user,
        send_at=send_at or timezone.now(),
    )
    return mailing, None if mailing.send_at > timezone.now() else _start(mailing)


def start_due_mailings() -> int:
    """Start the mailings whose time has come. Return how many."""
    due = Mailing.objects.filter(queued_at__isnull=True, send_at__lte=timezone.now())
    return sum(_start(mailing) is not None for mailing in due.select_related("desk", "created_by"))


@transaction.atomic
def _start(mailing: Mailing) -> Job | None:
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


def write_messages(job: Job) -> dict[str, object]:
    """Do the job: one message to each recipient who has none of this mailing yet."""
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
            "bulk", portion, context=lambda registration: mailing_text(mailing, registration), mailing=mailing
        )
    return portion
