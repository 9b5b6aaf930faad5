"""What is due by the clock at desks: the steps that this app adds to the scheduled work (``verkosto.core``)."""

from datetime import timedelta

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from verkosto.core.scheduled_work.registry import Step
from verkosto.registrations.admin.mailings import start_due_mailings
from verkosto.registrations.admin.staff_notifications import write_staff_notifications
from verkosto.registrations.domain import check_in_links, desk_invitations, invitations, waiting_list
from verkosto.registrations.enums import NOT_HELD, PoolKind
from verkosto.registrations.mail import delivery, outbox
from verkosto.registrations.models import Desk, Invitation, Pool, PurgeRun, Registration
from verkosto.registrations.privacy import archives
from verkosto.registrations.privacy.orphan_files import delete_orphan_files
from verkosto.registrations.privacy.retention import purge
from verkosto.registrations.public import proof_of_work, rate_limits
from verkosto.registrations.replies import mailbox


def expire_held_places() -> int:
    """Free the held places whose time to confirm or to accept is over. Return how many."""
    expired = Registration.objects.past_deadline(timezone.now()).order_by().values("desk_id").distinct()
    return sum(waiting_list.expire_held_places(desk=desk) for desk in Desk.objects.filter(pk__in=expired))


def open_kept_places() -> int:
    """Open the places that were kept for members until now. Return how many people got one from the waiting list."""
    due = Pool.objects.filter(kind=PoolKind.OTHERS, capacity__isnull=False, desk__members_until__lte=timezone.now())
    desks = Desk.objects.filter(pk__in=due.values("desk"))
    return sum(waiting_list.open_kept_places(desk=desk) for desk in desks)


def send_reminders() -> int:
    """Remind everybody with a place at an event that begins soon, once. Return how many."""
    now = timezone.now()
    near = [
        desk
        for desk in Desk.objects.filter(reminder_hours__isnull=False, reminded_at__isnull=True, starts_at__gt=now)
        if desk.starts_at and desk.starts_at - timedelta(hours=desk.reminder_hours or 0) <= now
    ]
    return sum(_remind(desk) for desk in near if desk.status not in NOT_HELD)


@transaction.atomic
def _remind(desk: Desk) -> int:
    if not Desk.objects.filter(pk=desk.pk, reminded_at__isnull=True).update(reminded_at=timezone.now()):
        return 0
    return outbox.write_many("reminder", desk.registrations.confirmed(), context=_no_context)


def send_joining_instructions() -> int:
    """Send joining instructions from the time that the organiser set: once to each, also to those who get a place later.

    Return how many.
    """
    now = timezone.now()
    visible = Desk.objects.filter(joining_visible_from__lte=now).filter(Q(ends_at__isnull=True) | Q(ends_at__gt=now))
    desks = visible.exclude(status__in=NOT_HELD)
    return sum(
        _send_joining_instructions(desk) for desk in desks if desk.version(desk.original_language).get("joining")
    )


@transaction.atomic
def _send_joining_instructions(desk: Desk) -> int:
    # The lock keeps two processes from sending the same instructions.
    Desk.objects.select_for_update().get(pk=desk.pk)
    new = desk.registrations.confirmed().exclude(messages__kind="joining")
    if desk.joining_sent_at is None:
        Desk.objects.filter(pk=desk.pk).update(joining_sent_at=timezone.now())
    return outbox.write_many("joining", new, context=_no_context)


def purge_daily() -> int:
    """Once a day, erase persons and sensitive answers whose retention time is over, and delete orphan files.

    Return how many persons and sensitive answers.
    """
    now = timezone.now()
    if PurgeRun.objects.filter(at__gt=now - timedelta(days=1)).exists():
        return 0
    report = purge(now)
    delete_orphan_files()
    return int(report["registrations"]) + int(report["sensitive"])


def record_invitation_answers() -> int:
    """Record the answers of invited people who registered without their code. Return how many."""
    return Invitation.objects.match_registrations()


def _no_context(registration: Registration) -> dict[str, object]:
    return {}


STEPS = {
    "read_calendar_replies": Step(mailbox.read_mailbox, label=_("Read answers from calendars")),
    "expire_held_places": Step(expire_held_places, label=_("Free places that nobody confirmed in time")),
    "open_kept_places": Step(open_kept_places, label=_("Open places that were kept for members")),
    "send_reminders": Step(send_reminders, label=_("Write reminders")),
    "send_joining_instructions": Step(send_joining_instructions, label=_("Write joining instructions")),
    "start_mailings": Step(start_due_mailings, label=_("Start scheduled mailings")),
    "record_invitation_answers": Step(record_invitation_answers, label=_("Record answers to invitations")),
    "start_invitation_reminders": Step(invitations.start_due_reminders, label=_("Write reminders of invitations")),
    "write_staff_notifications": Step(write_staff_notifications, label=_("Write notifications to staff")),
    "make_archives": Step(archives.queue_archives, label=_("Make archives before erasure"), every=timedelta(hours=1)),
    "purge": Step(purge_daily, label=_("Erase personal data whose retention time is over")),
    "delete_archives": Step(archives.delete_expired, label=_("Delete old archives")),
    "delete_spent_proofs": Step(proof_of_work.delete_expired, label=_("Delete old proofs of work")),
    "delete_check_in_links": Step(check_in_links.delete_expired, label=_("Delete old check-in links")),
    "delete_desk_invitations": Step(desk_invitations.delete_ended, label=_("Delete old invitations of colleagues")),
    "delete_rate_limit_counts": Step(rate_limits.delete_expired, label=_("Delete old counts of rate limits")),
}
# After the steps of all apps that write messages.
DELIVERY_STEPS = {"deliver_messages": Step(delivery.deliver_due, label=_("Deliver messages that are left"))}
