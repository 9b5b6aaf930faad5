"""Long pieces of staff work, done by the worker in portions, with their progress in a row."""

import logging
from collections.abc import Callable
from functools import cache, partial
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from wagtail import hooks

from .models import Desk, Job

logger = logging.getLogger(__name__)
State = Job.State
Handler = Callable[[Job], dict[str, Any] | None]


@cache
def handlers() -> dict[str, Handler]:
    """What does each kind of job; apps add theirs through the hook ``register_registration_jobs``."""
    found: dict[str, Handler] = {}
    for hook in hooks.get_hooks("register_registration_jobs"):
        found.update(hook())
    return found


def start(*, kind: str, desk: Desk | None, user: Any, parameters: dict[str, Any], total: int = 0) -> Job:
    """Write a job in the running transaction; the worker takes it up after the commit.

    ``parameters`` are keys and codes, never personal data; ``total`` is how many steps it will be, if known.
    """
    job = Job.objects.create(kind=kind, desk=desk, user=user, parameters=parameters, total=total)
    transaction.on_commit(partial(_enqueue, job.pk), robust=True)
    return job


def start_again(job: Job) -> bool:
    """Put a failed or stuck job back in line; what was done stays done. False while it waits or is done."""
    again = Job.objects.filter(pk=job.pk, state__in=[State.FAILED, State.RUNNING]).update(state=State.WAITING)
    if again:
        transaction.on_commit(partial(_enqueue, job.pk), robust=True)
    return bool(again)


def run(job_pk: int) -> None:
    """Do a job that waits. A failure is kept with it; a handler can be run again and does what is left."""
    if not Job.objects.filter(pk=job_pk, state=State.WAITING).update(state=State.RUNNING):
        return
    job = Job.objects.select_related("desk", "user").get(pk=job_pk)
    try:
        result = handlers()[job.kind](job) or {}
        state = State.DONE
    except Exception as error:  # kept with the job, and logged without its data
        logger.exception("Job %s (%s) failed", job.pk, job.kind)
        result, state = {"error": type(error).__name__}, State.FAILED
    Job.objects.filter(pk=job_pk).update(state=state, result=result, finished_at=timezone.now())


def advance(job: Job, steps: int) -> None:
    """Note that a portion is done."""
    Job.objects.filter(pk=job.pk).update(done=F("done") + steps)


def _enqueue(job_pk: int) -> None:
    # The tasks call this module.
    from .tasks import run_job

    run_job.enqueue(job_pk)
