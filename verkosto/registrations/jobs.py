"""Long pieces of staff work, done by the worker in portions, with their progress in a row."""

import logging
from collections.abc import Callable
from datetime import timedelta
from functools import cache, partial
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from wagtail import hooks

from verkosto.registrations.models import Desk, Job

logger = logging.getLogger(__name__)
State = Job.State
Handler = Callable[[Job], dict[str, Any] | None]

AT_ONCE = 20  # steps that a request takes by itself
LIFELESS = timedelta(minutes=10)  # without a sign of life


class TakenOver(Exception):
    """Another run of the same job is at it: nothing of this portion may be kept."""


@cache
def handlers() -> dict[str, Handler]:
    """What does each kind of job; apps add theirs through the hook ``register_registration_jobs``."""
    found: dict[str, Handler] = {}
    for hook in hooks.get_hooks("register_registration_jobs"):
        found.update(hook())
    return found


def start(
    *, kind: str, desk: Desk | None, user: Any, parameters: dict[str, Any], total: int = 0, words: str = ""
) -> Job:
    """Write a job in the running transaction; the worker takes it up after the commit.

    ``parameters`` are keys and codes, never personal data; ``total`` is how many steps it will be, if known. ``words``
    to people are forgotten when the job is done.
    """
    job = Job.objects.create(kind=kind, desk=desk, user=user, parameters=parameters, total=total, words=words)
    transaction.on_commit(partial(_enqueue, job.pk), robust=True)
    return job


def start_again(job: Job) -> bool:
    """Put a failed or stuck job back in line; what was done stays done. False while it waits or is done."""
    stopped = Job.objects.filter(pk=job.pk, state__in=[State.FAILED, State.RUNNING])
    again = stopped.update(state=State.WAITING, touched_at=timezone.now())
    if again:
        transaction.on_commit(partial(_enqueue, job.pk), robust=True)
    return bool(again)


def revive() -> int:
    """Take up again what a killed worker or a lost queue has left. Returns how many jobs."""
    lifeless = Job.objects.filter(
        state__in=[State.WAITING, State.RUNNING], touched_at__lt=timezone.now() - LIFELESS
    ).values_list("pk", flat=True)
    revived = 0
    for pk in list(lifeless):
        with transaction.atomic():
            rows = Job.objects.filter(pk=pk, touched_at__lt=timezone.now() - LIFELESS)
            if rows.exclude(state__in=[State.DONE, State.FAILED]).update(
                state=State.WAITING, touched_at=timezone.now()
            ):
                transaction.on_commit(partial(_enqueue, pk), robust=True)
                revived += 1
    return revived


def run(job_pk: int) -> None:
    """Do a job that waits. A failure is kept with it; a handler can be run again and does what is left."""
    now = timezone.now()
    if not Job.objects.filter(pk=job_pk, state=State.WAITING).update(state=State.RUNNING, touched_at=now):
        return
    job = Job.objects.select_related("desk", "user").get(pk=job_pk)
    ending: dict[str, Any] = {}
    try:
        ending = {"result": handlers()[job.kind](job) or {}, "state": State.DONE, "words": ""}
    except TakenOver:
        return
    except Exception as error:  # kept with the job, and logged without its data
        logger.exception("Job %s (%s) failed", job.pk, job.kind)
        ending = {"result": {"error": type(error).__name__}, "state": State.FAILED}
    Job.objects.filter(pk=job_pk, state=State.RUNNING).update(**ending, finished_at=timezone.now())


def advance(job: Job, position: int, steps: int) -> int:
    """Note, in a portion's own transaction, that it is done. Returns the position after it.

    Holds the job to the end of the transaction, so that of two runs only one does the portion; the other gets TakenOver.
    """
    mine = Job.objects.filter(pk=job.pk, state=State.RUNNING, done=position)
    if not mine.update(done=F("done") + steps, touched_at=timezone.now()):
        raise TakenOver
    return position + steps


def _enqueue(job_pk: int) -> None:
    # The tasks call this module.
    from verkosto.registrations.tasks import run_job

    run_job.enqueue(job_pk)
