"""The scheduled work, as a list of named steps. Apps add theirs through the hook ``register_verkosto_scheduled_work``.

Each step does what is due, and returns how much it did. It may run at any time, in several processes, and twice.
"""

from collections.abc import Callable, Iterable
from datetime import timedelta
from functools import cache

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from wagtail import hooks

from verkosto.core.jobs import engine, queue
from verkosto.registrations.admin import news
from verkosto.registrations.admin.mailings import start_due_mailings
from verkosto.registrations.domain import invitations, waiting_list
from verkosto.registrations.enums import EventStatus, PoolKind
from verkosto.registrations.mail import delivery, outbox
from verkosto.registrations.models import Desk, Invitation, Pool, PurgeRun, Registration
from verkosto.registrations.privacy.orphan_files import delete_orphan_files
from verkosto.registrations.privacy.retention import purge
from verkosto.registrations.public import proof_of_work, rate_limits
from verkosto.registrations.replies import mailbox

Step = Callable[[], int]
HOOK = "register_verkosto_scheduled_work"
LAST = "deliver_messages"
# The statuses of events about which no reminders and joining instructions are sent.
NOT_HELD = (EventStatus.CANCELLED, EventStatus.POSTPONED)


def run_scheduled_work(names: Iterable[str] = ()) -> dict[str, int]:
    """Run the named steps, or all of them, in their order. Return what each did, in numbers."""
    chosen = set(names) or set(steps())
    return {name: step() for name, step in steps().items() if name in chosen}


@cache
def steps() -> dict[str, Step]:
    """Return the steps of all installed apps in their order: those of other apps before messages are delivered."""
    added = {name: step for hook in hooks.get_hooks(HOOK) for name, step in hook().items()}
    return {**{name: step for name, step in STEPS.items() if name != LAST}, **added, LAST: STEPS[LAST]}


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


STEPS: dict[str, Step] = {
    "read_calendar_replies": mailbox.read_mailbox,
    "expire_held_places": expire_held_places,
    "open_kept_places": open_kept_places,
    "send_reminders": send_reminders,
    "send_joining_instructions": send_joining_instructions,
    "start_mailings": start_due_mailings,
    "record_invitation_answers": record_invitation_answers,
    "start_invitation_reminders": invitations.start_due_reminders,
    "write_staff_news": news.write_news,
    "resume_tasks": queue.resume_stale,
    "resume_jobs": engine.resume_stale,
    "purge": purge_daily,
    "delete_spent_proofs": proof_of_work.delete_expired,
    "delete_rate_limit_counts": rate_limits.delete_expired,
    LAST: delivery.deliver_due,
}
