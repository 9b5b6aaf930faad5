"""The steps that every site has: scheduled pages, interrupted work, and what is no longer needed."""

from datetime import time, timedelta

from django.contrib.sessions.models import Session
from django.core.management import call_command
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page, Revision

from verkosto.core.jobs import engine, queue
from verkosto.core.scheduled_work.models import ScheduledRun
from verkosto.core.scheduled_work.registry import Step
from verkosto.core.search.unindexed_pages import add_unindexed_pages

KEPT = timedelta(days=30)  # the log of the scheduled work


def publish_scheduled() -> int:
    """Publish and unpublish pages and snippets whose time has come. Return how many pages and revisions."""
    now = timezone.now()
    due = Page.objects.filter(live=True, expire_at__lt=now).count()
    due += Revision.objects.filter(approved_go_live_at__lt=now).count()
    call_command("publish_scheduled")
    return due


def delete_expired_sessions() -> int:
    """Delete the sessions in the database that are over. Return how many."""
    return Session.objects.filter(expire_date__lt=timezone.now()).delete()[0]


def delete_old_runs() -> int:
    """Delete the log of the scheduled work after ``KEPT``, but not the last run of a step. Return how many rows."""
    last = list(ScheduledRun.objects.values("name").annotate(last=Max("pk")).values_list("last", flat=True))
    return ScheduledRun.objects.filter(started_at__lt=timezone.now() - KEPT).exclude(pk__in=last).delete()[0]


FIRST_STEPS = {
    "publish_scheduled": Step(publish_scheduled, label=_("Publish and unpublish pages at their time")),
    "resume_tasks": Step(queue.resume_stale, label=_("Take up background tasks that a worker left")),
    "resume_jobs": Step(engine.resume_stale, label=_("Resume interrupted background jobs")),
}
LAST_STEPS = {
    "index_missing_pages": Step(
        add_unindexed_pages, label=_("Add pages that the search index lacks"), every=timedelta(hours=1)
    ),
    "delete_finished_tasks": Step(queue.delete_finished, label=_("Delete finished background tasks"), at=time(3, 20)),
    "delete_expired_sessions": Step(delete_expired_sessions, label=_("Delete expired sessions"), at=time(3, 20)),
    "delete_scheduled_runs": Step(delete_old_runs, label=_("Delete the old log of scheduled work"), at=time(3, 20)),
}
