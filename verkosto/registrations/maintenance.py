"""What time brings about: held places that lapse, reminders, joining instructions, due mails, and the daily purge."""

from datetime import timedelta
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from verkosto.core.jobs import engine
from verkosto.registrations.admin.mailings import queue_due_mailings
from verkosto.registrations.domain import invitations
from verkosto.registrations.domain.waiting_list import expire_held_places
from verkosto.registrations.mail import delivery, outbox
from verkosto.registrations.models import Desk, Invitation, PurgeRun, Registration
from verkosto.registrations.privacy.retention import purge
from verkosto.registrations.public import proof_of_work


def tend() -> dict[str, int]:
    """Do everything that is due now. Returns what was done, in numbers. May run at any time and anywhere."""
    return {
        "lapsed": lapse(),
        "reminders": remind(),
        "joining": send_joining(),
        "mailings": queue_due_mailings(),
        "answered": Invitation.objects.match_registrations(),
        "invited": invitations.start_due_reminders(),
        "revived": engine.resume_stale(),
        "erased": purge_daily(),
        "proofs": proof_of_work.forget_expired(),
        "sent": delivery.deliver_due(),
    }


def lapse() -> int:
    """Free held places whose time has run out."""
    desks = Desk.objects.filter(
        pk__in=Registration.objects.past_deadline(timezone.now()).order_by().values("desk_id").distinct()
    )
    return sum(expire_held_places(desk=desk) for desk in desks)


def remind() -> int:
    """Remind everybody with a place at an event that is near, once."""
    now = timezone.now()
    near = [
        desk
        for desk in Desk.objects.filter(reminder_hours__isnull=False, reminded_at__isnull=True, starts_at__gt=now)
        if desk.starts_at and desk.starts_at - timedelta(hours=desk.reminder_hours or 0) <= now
    ]
    return sum(
        _once(desk, "reminded_at", "reminder") for desk in near if desk.status not in ("cancelled", "postponed")
    )


def send_joining() -> int:
    """Send joining instructions from the time the organiser set: once to each, also to those who get a place later."""
    now = timezone.now()
    open_desks = Desk.objects.filter(joining_visible_from__lte=now).filter(
        Q(ends_at__isnull=True) | Q(ends_at__gt=now)
    )
    sent = 0
    for desk in open_desks.exclude(status__in=["cancelled", "postponed"]):
        if not desk.version(desk.original_language).get("joining"):
            continue
        with transaction.atomic():
            # The row is held so that two machines do not both write.
            Desk.objects.select_for_update().get(pk=desk.pk)
            new = desk.registrations.confirmed().exclude(messages__kind="joining")
            sent += outbox.write_many("joining", new, context=_nothing)
            if desk.joining_sent_at is None:
                Desk.objects.filter(pk=desk.pk).update(joining_sent_at=now)
    return sent


def purge_daily() -> int:
    """Erase what is due if nobody has for a day. Returns how many persons and sensitive answers are gone."""
    now = timezone.now()
    if PurgeRun.objects.filter(at__gt=now - timedelta(days=1)).exists():
        return 0
    report = purge(now)
    return int(report["registrations"]) + int(report["sensitive"])


def _once(desk: Desk, field: str, kind: str) -> int:
    with transaction.atomic():
        if not Desk.objects.filter(pk=desk.pk, **{f"{field}__isnull": True}).update(**{field: timezone.now()}):
            return 0
        return outbox.write_many(kind, desk.registrations.confirmed(), context=_nothing)


def _nothing(registration: Registration) -> dict[str, Any]:
    return {}
