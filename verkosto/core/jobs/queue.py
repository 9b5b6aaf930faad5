"""What stands in the queue of background tasks: in which order it is done, and what a dead worker has left."""

import logging
from datetime import datetime, timedelta
from typing import Any

from django.apps import apps
from django.utils import timezone
from django_tasks import DEFAULT_TASK_BACKEND_ALIAS, TaskResultStatus
from django_tasks.base import Task

logger = logging.getLogger(__name__)

# Upkeep of the search index and of references has Wagtail's priority, 0. Somebody waits for a mail.
MAIL_PRIORITY = 50
# Many mails at once: before the upkeep, after the single mails.
BULK_MAIL_PRIORITY = 20
# A task whose worker has not finished it by then is taken to be left by a dead one. Ours may be run twice.
STALE = timedelta(minutes=30)
# So often a task is begun before it is given up: it may be what kills the worker.
ATTEMPTS = 3


def enqueue(task: Task, *args: Any, priority: int = 0, at: datetime | None = None) -> None:
    """Queue a task with a priority (-100 to 100, the highest first), where the queue knows priorities."""
    backend = task.get_backend()
    options: dict[str, Any] = {"priority": priority} if priority and backend.supports_priority else {}
    if at is not None:
        options["run_after"] = at
    (task.using(**options) if options else task).enqueue(*args)


def is_at_once(task: Task) -> bool:
    """Return whether the queue does a task before ``enqueue`` returns, so that it cannot continue in another task."""
    return not task.get_backend().supports_get_result


def resume_stale() -> int:
    """Queue the tasks again that a dead worker has left running. Return how many.

    One that several workers have begun and none has finished is recorded as failed.
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
