"""The emails with what is new: for each frequency a run over its followers, in portions, each in one transaction.

A run that was interrupted is finished later, from the portion after the last committed one. Nobody gets two emails of
one run (``Message.mailing_key``), nor is notified of the same change in two runs (``Follower.notified_until``).
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from django.db import IntegrityError, transaction
from django.utils import timezone

from verkosto.core.transactions import in_transaction
from verkosto.registrations.mail import outbox
from verkosto.registrations.models import Message
from verkosto.subscriptions import conf
from verkosto.subscriptions.enums import Frequency
from verkosto.subscriptions.models import DigestRun, Follower
from verkosto.subscriptions.page_changes import LONGEST_AGE, Changes, latest_change

DIGEST = "digest"  # the name of the kind of mail, and of its channel
PORTION = 500  # followers of one transaction
MAX_PAGES = 40  # in one email
#: What was published so recently may be in a transaction that is not committed yet. It is in the next run.
SETTLING = timedelta(minutes=1)
#: How long finished runs are kept.
RETENTION = timedelta(days=90)


def write_digests(now: datetime | None = None) -> int:
    """Begin the runs that are due, and finish these and the interrupted ones. Return how many emails were written."""
    now = now or timezone.now()
    for frequency in Frequency:
        _begin_if_due(frequency, now)
    return sum(_finish(run) for run in DigestRun.objects.filter(finished_at=None))


def _begin_if_due(frequency: Frequency, now: datetime) -> None:
    """Store a new run if one is due. Of two processes only one does: the slot is unique."""
    until = now - SETTLING
    slot = _slot(frequency, now, until)
    if not slot or DigestRun.objects.filter(frequency=frequency, slot=slot).exists():
        return
    try:
        with transaction.atomic():
            DigestRun.objects.create(frequency=frequency, slot=slot, until=until)
    except IntegrityError:
        return


def _slot(frequency: Frequency, now: datetime, until: datetime) -> str:
    """Return what the latest due run of a frequency is for: a day, or the latest change; "" if nothing changed."""
    if frequency == Frequency.AT_ONCE:
        latest = latest_change(until - LONGEST_AGE, until)
        return latest.isoformat() if latest else ""
    local = timezone.localtime(now)
    day = local.date() if local.hour >= conf.digest_hour() else local.date() - timedelta(days=1)
    if frequency == Frequency.WEEKLY:
        day -= timedelta(days=day.weekday())
    return day.isoformat()


def _finish(run: DigestRun) -> int:
    """Write the emails of a run to all followers that are not done. Return how many."""
    changes = Changes(run.until)
    written = 0
    while (portion := _write_portion(run, changes)) is not None:
        written += portion
    return written


@in_transaction
def _write_portion(run: DigestRun, changes: Changes) -> int | None:
    """Write the emails to the next portion of followers. Return how many; None when the run is finished."""
    row = DigestRun.objects.select_for_update().get(pk=run.pk)
    if row.finished_at is not None:
        return None
    due = Follower.objects.filter(frequency=row.frequency, pk__gt=row.position, notified_until__lt=row.until)
    followers = list(due.order_by("pk").prefetch_related("follows")[:PORTION])
    if not followers:
        row.finished_at = timezone.now()
        row.save(update_fields=["finished_at"])
        return None
    messages = list(_messages(row, followers, changes))
    outbox.write_rows(messages)
    Follower.objects.filter(pk__in=[follower.pk for follower in followers]).update(notified_until=row.until)
    row.position, row.written = followers[-1].pk, row.written + len(messages)
    row.save(update_fields=["position", "written"])
    return len(messages)


def _messages(run: DigestRun, followers: list[Follower], changes: Changes) -> Iterator[Message]:
    """Yield an unsaved message to each of the followers for whom something is new."""
    for follower in followers:
        if pages := pages_for(follower, changes):
            yield Message(
                kind=DIGEST,
                channel=DIGEST,
                recipient=follower.email,
                language=follower.language,
                mailing_key=run.key,
                context={"follower": follower.pk, "pages": pages},
            )


def pages_for(follower: Follower, changes: Changes) -> dict[str, bool]:
    """Return the changed pages that somebody has not been notified of, the latest first, each with whether it is new.

    The keys are primary keys as text, as JSON stores them. No query for what others in the run follow too.
    """
    changed = changes.in_language(follower.language)
    since: dict[int, datetime] = {}
    for follow in follower.follows.all():
        known = max(follow.confirmed_at, follower.notified_until)
        for pk in changes.of_target(follow.kind, follow.key, follower.language):
            since[pk] = min(known, since.get(pk, known))
    notified = {pk: known for pk, known in since.items() if changed[pk].at > known}
    latest = sorted(notified, key=lambda pk: (changed[pk].at, pk), reverse=True)[:MAX_PAGES]
    return {str(pk): changed[pk].is_new_since(notified[pk]) for pk in latest}


def purge_runs(now: datetime) -> int:
    """Delete the runs that finished long ago: no change that they contain is sent any more. Return how many."""
    return DigestRun.objects.filter(finished_at__lt=now - RETENTION).delete()[0]
