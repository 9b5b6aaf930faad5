"""Background tasks and jobs: whether a worker does them, and which have failed."""

from datetime import timedelta

from django.apps import apps
from django.db.models import Case, Count, Min, When
from django.utils import timezone
from django.utils.timesince import timesince
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django_tasks import TaskResultStatus

from verkosto.core.health import Finding, Status, healthy
from verkosto.core.jobs.models import AbstractJob

# After so long a task that nobody has begun is a sign that no worker runs.
PATIENCE = timedelta(minutes=10)
RECENT = timedelta(days=7)


def find_queue() -> Finding:
    """Find out whether the tasks that are due are begun in time. One query."""
    if not apps.is_installed("django_tasks_db"):
        return healthy(_("Background tasks are not stored in the database."))
    now = timezone.now()
    tasks = apps.get_model("django_tasks_database", "DBTaskResult").objects
    # A task without a time of its own has a time at the end of all times.
    due_at = Case(When(run_after__lte=now, then="run_after"), default="enqueued_at")
    found = tasks.ready().aggregate(number=Count("pk"), oldest=Min(due_at))
    number, oldest = found["number"], found["oldest"]
    age = max((now - oldest).total_seconds(), 0) if oldest else 0
    figures = {"tasks_waiting": number, "oldest_task_seconds": age}
    text = ngettext("%(count)s task is waiting.", "%(count)s tasks are waiting.", number) % {"count": number}
    if oldest and now - oldest > PATIENCE:
        late = _("%(tasks)s The oldest has waited for %(time)s: no worker runs, or there are too few.") % {
            "tasks": text,
            "time": timesince(oldest, now),
        }
        return Finding(
            Status.FAILED,
            late,
            _("Start a worker (deploy/run worker, or manage.py db_worker --queue-name '*') and let it run always."),
            figures,
        )
    return Finding(Status.OK, text if number else _("No task is waiting."), figures=figures)


def find_failed_tasks() -> Finding:
    """Find the tasks that failed in the last week. One query."""
    if not apps.is_installed("django_tasks_db"):
        return healthy(_("Background tasks are not stored in the database."))
    tasks = apps.get_model("django_tasks_database", "DBTaskResult").objects
    failed = tasks.filter(status=TaskResultStatus.FAILED, finished_at__gte=timezone.now() - RECENT)
    number = failed.count()
    if not number:
        return healthy(_("No task has failed in the last 7 days."), tasks_failed=0)
    text = ngettext(
        "%(count)s task has failed in the last 7 days.", "%(count)s tasks have failed in the last 7 days.", number
    )
    return Finding(
        Status.ATTENTION,
        text % {"count": number},
        _("The worker’s log has the reason. What was left undone is taken up by the scheduled work."),
        {"tasks_failed": number},
    )


def find_failed_jobs() -> Finding:
    """Find the background jobs that failed in the last week. A query for each model of jobs."""
    since = timezone.now() - RECENT
    models = [model for model in apps.get_models() if issubclass(model, AbstractJob)]
    failed = {"state": AbstractJob.State.FAILED, "finished_at__gte": since}
    number = sum(model._default_manager.filter(**failed).count() for model in models)
    if not number:
        return healthy(_("No job has failed in the last 7 days."), jobs_failed=0)
    text = ngettext(
        "%(count)s job has failed in the last 7 days.", "%(count)s jobs have failed in the last 7 days.", number
    )
    return Finding(
        Status.ATTENTION,
        text % {"count": number},
        _("Whoever started a job finds it on its page, and can let it go on there. The worker’s log has the reason."),
        {"jobs_failed": number},
    )
