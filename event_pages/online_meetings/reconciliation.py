"""The work on meetings online: what publishing an event wants becomes a row, and the worker does what is due.

A failure is stored for the editors and tried again, after growing pauses. A killed worker may have called the provider
without storing that: it is called again, with the same key.
"""

from __future__ import annotations

import logging
from datetime import datetime, timedelta
from functools import partial
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from django_tasks import task

from event_pages.enums import DatePrecision
from event_pages.models import EventPage, OnlineMeeting
from event_pages.online_meetings.providers import (
    MadeMeeting,
    Meeting,
    MeetingFailed,
    MeetingProvider,
    meeting_providers,
)
from event_pages.querysets import is_over
from verkosto.core.jobs import queue
from verkosto.core.originals import originals_q
from verkosto.core.view_restrictions import is_path_private
from verkosto.registrations.sync.publish import publish_page, remove_joining_link

logger = logging.getLogger(__name__)

PUBLIC, PRIVATE = "public", "private"
MISSING = "not installed"

FIRST_PAUSE, LONGEST_PAUSE = timedelta(minutes=1), timedelta(hours=6)
ATTEMPTS = 20  # with the pauses, four days
PORTION = 50  # meetings that one round of the scheduled work settles


def event_of(key: UUID) -> EventPage | None:
    """Return the published original of an event, or None. One query."""
    return EventPage.objects.live().filter(originals_q(EventPage), translation_key=key).first()


def wanted_of(event: EventPage | None) -> dict[str, str] | None:
    """Return the facts of the meeting that a published event wants; None for no meeting.

    An event wants one if its editor chose a provider and gave no link, it is online and has a time, and it is held. A
    private event wants one too: who may see the page may register. One query for an event that wants one.
    """
    if event is None or not event.meeting_provider or event.joining_url:
        return None
    if not event.is_held or not event.has_online_access or event.date_precision != DatePrecision.EXACT:
        return None
    return {
        "provider": event.meeting_provider,
        "server": server_of(event.meeting_provider),
        "audience": PRIVATE if is_path_private(event.path) else PUBLIC,
        "title": event.title,
        "starts_at": event.starts_at.isoformat() if event.starts_at else "",
        "ends_at": event.ends_at.isoformat() if event.ends_at else "",
        "timezone": event.timezone,
    }


@transaction.atomic
def plan_meeting(key: UUID) -> None:
    """Store what an event wants, after it was published, unpublished or deleted; the worker acts after the commit."""
    wanted = wanted_of(event_of(key))
    row = OnlineMeeting.objects.select_for_update().filter(translation_key=key).first()
    if row is None:
        if wanted is None:
            return
        row = OnlineMeeting(translation_key=key)
    elif row.wanted == wanted and not row.failure:
        return
    row.wanted, row.version = wanted, row.version + 1
    row.due_at, row.attempts = timezone.now(), 0
    row.save()
    _enqueue_after_commit(row.pk)


def server_of(name: str) -> str:
    """Return where a provider has its meetings; ``MISSING`` for one that is not installed."""
    provider = meeting_providers().get(name)
    return provider.server if provider else MISSING


def plan_below(path: str) -> int:
    """Do so with the meetings of events at a tree path or below that are not over: who may see them has changed. Return
    how many.
    """
    events = EventPage.objects.filter(path__startswith=path).exclude(is_over(timezone.now()))
    rows = OnlineMeeting.objects.filter(translation_key__in=events.values("translation_key"))
    keys = list(rows.values_list("translation_key", flat=True))
    for key in keys:
        plan_meeting(key)
    return len(keys)


def plan_after_new_settings() -> int:
    """Do so with the meetings whose provider was removed, is back, or has another server. Return how many.

    Two queries where there are none. Events that are over keep what they had.
    """
    installed = meeting_providers()
    is_gone = Q(made__isnull=False) & ~Q(made__provider__in=list(installed))
    changed = is_gone
    for name, provider in installed.items():
        changed |= Q(made__provider=name) & ~Q(made__server=provider.server)
        changed |= Q(made__isnull=True, wanted__provider=name) & ~Q(wanted__server=provider.server)
    to_come = EventPage.objects.exclude(is_over(timezone.now())).exclude(meeting_provider="")
    rows = OnlineMeeting.objects.filter(changed, translation_key__in=to_come.values("translation_key"))
    keys = list(rows.values_list("translation_key", flat=True)[:PORTION])
    for key in keys:
        plan_meeting(key)
    return len(keys)


def try_again(row: OnlineMeeting) -> bool:
    """Have the worker act on a meeting now, whose last attempt failed. Return whether there was something to do."""
    failed = OnlineMeeting.objects.filter(pk=row.pk).exclude(failure="")
    if not failed.update(due_at=timezone.now(), attempts=0):
        return False
    _enqueue_after_commit(row.pk)
    return True


def reconcile(pk: int) -> bool:
    """Make what the provider has agree with what the event wants, if that is due. Return whether it does now."""
    now = timezone.now()
    claim: dict[str, Any] = {"claimed_at": now, "attempts": F("attempts") + 1}
    if not OnlineMeeting.objects.claimable(now).filter(pk=pk).update(**claim):
        return False
    row = OnlineMeeting.objects.get(pk=pk)
    url_before = row.url
    try:
        _call_providers(row)
    except MeetingFailed as error:
        return _keep_failure(row, str(error), url_before)
    except Exception as error:  # of a plugin: it must not stop the others. Its text may hold a secret.
        logger.error("The online meeting %s failed: %s", row.pk, type(error).__name__)
        return _keep_failure(row, type(error).__name__, url_before)
    _keep_success(row, url_before)
    return True


def reconcile_due() -> int:
    """Settle the meetings that are due, also those that new settings concern. Return how many."""
    plan_after_new_settings()
    due = OnlineMeeting.objects.claimable(timezone.now()).order_by("due_at").values_list("pk", flat=True)
    return sum(reconcile(pk) for pk in list(due[:PORTION]))


def _call_providers(row: OnlineMeeting) -> None:
    """Call what has to be called, and set ``made``, ``url`` and ``reference`` (not saved, except for a withdrawal)."""
    wanted, made = row.wanted, row.made
    if made and _has_to_end(made, wanted):
        if provider := meeting_providers().get(
            made["provider"]
        ):  # of one that was removed, only the link is withdrawn
            provider.withdraw(MadeMeeting(row.url, row.reference))
        row.made, row.url, row.reference, row.withdrawals = None, "", "", row.withdrawals + 1
        row.save(update_fields=["made", "url", "reference", "withdrawals"])
    if not wanted or wanted == row.made:
        return
    provider, meeting = _provider(wanted["provider"]), _meeting(row, wanted)
    found = provider.move(meeting, MadeMeeting(row.url, row.reference)) if row.made else provider.make(meeting)
    row.made, row.url, row.reference = wanted, found.url, found.reference


def _has_to_end(made: dict[str, str], wanted: dict[str, str] | None) -> bool:
    """Return whether a meeting has to be withdrawn: nobody wants it, it is elsewhere, or its page has become private.

    Then those who can no longer register must not have the link of the meeting that follows.
    """
    if not wanted or (made["provider"], made["server"]) != (wanted["provider"], wanted["server"]):
        return True
    return made["audience"] == PUBLIC and wanted["audience"] == PRIVATE


def _provider(name: str) -> MeetingProvider:
    try:
        return meeting_providers()[name]
    except KeyError as error:
        raise MeetingFailed(_("The provider “%(name)s” is not installed.") % {"name": name}) from error


def _meeting(row: OnlineMeeting, facts: dict[str, str]) -> Meeting:
    starts_at = parse_datetime(facts["starts_at"])
    if starts_at is None:
        raise MeetingFailed(_("The event has no start."))
    ends_at = parse_datetime(facts["ends_at"]) if facts["ends_at"] else None
    zone = facts["timezone"]
    return Meeting(key=row.key, title=facts["title"], starts_at=starts_at, ends_at=ends_at, timezone=zone)


@transaction.atomic
def _keep_success(row: OnlineMeeting, url_before: str) -> None:
    """Store what was done. A new link goes to the desk, by the rules of links that editors give."""
    row.failure, row.claimed_at = "", None
    row.save(update_fields=["made", "url", "reference", "failure", "claimed_at"])
    # What was wanted meanwhile stays due.
    if not OnlineMeeting.objects.filter(pk=row.pk, version=row.version).update(due_at=None, attempts=0):
        _enqueue_after_commit(row.pk)
    _tell_desk(row, url_before)


def _tell_desk(row: OnlineMeeting, url_before: str) -> None:
    """Have the desk of the event know its link. After a second attempt it is told in any case: the first may have been
    killed before that.
    """
    if row.url == url_before and row.attempts < 2:
        return
    if event := event_of(row.translation_key):
        publish_page(event)
    elif not row.url:
        remove_joining_link(row.translation_key)


@transaction.atomic
def _keep_failure(row: OnlineMeeting, reason: str, url_before: str) -> bool:
    pause = min(FIRST_PAUSE * 3 ** min(row.attempts - 1, 8), LONGEST_PAUSE)
    due_at = timezone.now() + pause if row.attempts < ATTEMPTS else None
    row.failure, row.claimed_at = reason[:250], None
    row.save(update_fields=["failure", "claimed_at"])
    _tell_desk(row, url_before)
    if OnlineMeeting.objects.filter(pk=row.pk, version=row.version).update(due_at=due_at) and due_at:
        _enqueue_after_commit(row.pk, due_at)
    return False


def _enqueue_after_commit(pk: int, at: datetime | None = None) -> None:
    # robust: a full queue must not turn the publication into an error; the scheduled work finds the row.
    transaction.on_commit(partial(_enqueue, pk, at=at), robust=True)


def _enqueue(pk: int, at: datetime | None = None) -> None:
    """Have a worker reconcile a meeting, now or at a time. If the queue cannot wait, the scheduled work does it."""
    if at is None or reconcile_meeting.get_backend().supports_defer:
        queue.enqueue(reconcile_meeting, pk, at=at)


@task()
def reconcile_meeting(pk: int) -> None:
    """Settle one meeting."""
    reconcile(pk)
