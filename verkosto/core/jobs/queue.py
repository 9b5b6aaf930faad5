"""The queue of background tasks: their priorities, and the recovery of tasks whose worker died."""

import logging
from datetime import datetime, timedelta
from typing import Any

from django.apps import apps
from django.utils import timezone
from django_tasks import DEFAULT_TASK_BACKEND_ALIAS, TaskResultStatus
from django_tasks.base import Task

logger = logging.getLogger(__name__)

# Wagtail's tasks, which update the search index and the references, have the priority 0. A mail is more urgent.
MAIL_PRIORITY = 50
# A mailing to many people comes after single mails.
BULK_MAIL_PRIORITY = 20
# What other systems learn of many pages at once comes last.
LATER_PRIORITY = -20
# A task that has run for so long is regarded as left by a dead worker. All tasks of this project may be run twice.
STALE = timedelta(minutes=30)
# After so many attempts a task is given up: it may be the task itself that kills the worker.
ATTEMPTS = 3
# For so long a finished task is kept.
KEPT = timedelta(days=14)


def enqueue(task: Task, *args: Any, priority: int = 0, at: datetime | None = None) -> None:
    """Queue a task, with a priority (-100 to 100, the highest first) if the queue supports priorities."""
    backend = task.get_backend()
    options: dict[str, Any] = {"priority": priority} if priority and backend.supports_priority else {}
    if at is not None:
        options["run_after"] = at
    (task.using(**options) if options else task).enqueue(*args)


def is_at_once(task: Task) -> bool:
    """Return whether the queue runs a task immediately, inside ``enqueue``, so that a task cannot leave work to another."""
    return not task.get_backend().supports_get_result


def resume_stale() -> int:
    """Queue the tasks again whose worker died. Return how many.

    A task that ``ATTEMPTS`` workers have started and none has finished is recorded as failed.
    """
    if not apps.is_installed("django_tasks_db"):
        return 0
    model = apps.get_model("django_tasks_database", "DBTaskResult")
    running = model.objects.filter(status=TaskResultStatus.RUNNING, started_at__lt=timezone.now() - STALE)
    resumed = 0
    for result in running.filter(backend_name=DEFAULT_TASK_BACKEND_ALIAS):
        own = running.filter(pk=result.pk, started_at=result.started_at)
        if len(result.worker_ids) < ATTEMPTS:
            resumed += own.update(status=TaskResultStatus.READY, started_at=None)
        elif own.update(status=TaskResultStatus.FAILED, finished_at=timezone.now()):
            logger.error("Task %s (%s) was given up: %s workers died at it", result.pk, result.task_path, ATTEMPTS)
    return resumed


def delete_finished() -> int:
    """Delete the tasks that ended ``KEPT`` ago, of every queue. Return how many."""
    if not apps.is_installed("django_tasks_db"):
        return 0
    model = apps.get_model("django_tasks_database", "DBTaskResult")
    deleted: int = model.objects.finished().filter(finished_at__lte=timezone.now() - KEPT).delete()[0]
    return deleted
