"""Background jobs: a background task does the work in portions, and stores its progress in a row.

Each portion is one transaction that also stores the progress (``advance``). So an interrupted job continues where it
stopped, and if a job runs twice, only one run does each portion.
"""

import logging
from datetime import timedelta
from functools import partial
from typing import TypeVar

from django.apps import apps
from django.db import transaction
from django.db.models import F, QuerySet
from django.utils import timezone
from django_tasks import task

from verkosto.core.jobs.models import AbstractJob
from verkosto.core.jobs.registry import handler_of

logger = logging.getLogger(__name__)
State = AbstractJob.State
SomeJob = TypeVar("SomeJob", bound=AbstractJob)

INLINE_LIMIT = 20  # steps; with so many or fewer, a request does the work itself instead of starting a job
STALE = timedelta(minutes=10)  # a job without a heartbeat for so long has no worker any more


class JobTakenOver(Exception):
    """Another run of the same job is active: the transaction of this portion has to be rolled back."""


def start(job: SomeJob) -> SomeJob:
    """Save a new job in the running transaction; a background task runs it after the commit.

    Raises UnknownJobKind for a kind that no app has registered.
    """
    handler_of(job.kind)
    job.save()
    _enqueue_after_commit(job)
    return job


def resume(job: AbstractJob) -> bool:
    """Queue a failed or stuck job again. It continues where it stopped. Return False if it is done already."""
    unfinished = type(job)._default_manager.filter(pk=job.pk).exclude(state=State.DONE)
    if not unfinished.update(state=State.WAITING, heartbeat_at=timezone.now(), finished_at=None):
        return False
    _enqueue_after_commit(job)
    return True


def resume_stale() -> int:
    """Queue the jobs of all apps again whose worker was killed or whose queue was lost. Return how many."""
    models = [model for model in apps.get_models() if issubclass(model, AbstractJob)]
    return sum(_resume_stale(job) for model in models for job in list(_stale(model)))


def _stale(model: type[AbstractJob]) -> QuerySet[AbstractJob]:
    waits_or_runs = model._default_manager.filter(state__in=[State.WAITING, State.RUNNING])
    return waits_or_runs.filter(heartbeat_at__lt=timezone.now() - STALE)


@transaction.atomic
def _resume_stale(job: AbstractJob) -> bool:
    if not _stale(type(job)).filter(pk=job.pk).update(state=State.WAITING, heartbeat_at=timezone.now()):
        return False
    _enqueue_after_commit(job)
    return True


def advance(job: AbstractJob, position: int, steps: int) -> int:
    """Store, in a portion's transaction, that ``steps`` steps from ``position`` on are done. Return the new position.

    Locks the job until the transaction ends, so that of two runs only one does the portion. The other raises
    JobTakenOver.
    """
    own = type(job)._default_manager.filter(pk=job.pk, state=State.RUNNING, done=position)
    if not own.update(done=F("done") + steps, heartbeat_at=timezone.now()):
        raise JobTakenOver
    return position + steps


def run(job: AbstractJob) -> None:
    """Run a job that waits; ignore any other. A failure is stored with the job."""
    jobs = type(job)._default_manager.filter(pk=job.pk)
    if not jobs.filter(state=State.WAITING).update(state=State.RUNNING, heartbeat_at=timezone.now()):
        return
    job.refresh_from_db()
    ending: dict[str, object]
    try:
        ending = {"result": handler_of(job.kind)(job) or {}, "state": State.DONE, **job.cleared_when_done}
    except JobTakenOver:
        return
    except Exception as error:  # stored with the job, and logged without its data
        logger.exception("Job %s (%s) failed", job.pk, job.kind)
        ending = {"result": {"error": type(error).__name__}, "state": State.FAILED}
    jobs.filter(state=State.RUNNING).update(**ending, finished_at=timezone.now())


@task()
def run_job(model: str, pk: int) -> None:
    """Run the job with a primary key. ``model`` is its label, such as "verkosto_registrations.job"."""
    run(apps.get_model(model)._default_manager.get(pk=pk))


def _enqueue_after_commit(job: AbstractJob) -> None:
    # robust: if the queue refuses the task, ``resume_stale`` finds the job's row.
    transaction.on_commit(partial(run_job.enqueue, job._meta.label_lower, job.pk), robust=True)
