"""Run what is due, one process at a time, and record each run."""

import logging
from collections.abc import Iterable, Mapping

from django.utils import timezone

from verkosto.core.scheduled_work.lock import scheduled_work_lock
from verkosto.core.scheduled_work.models import ScheduledRun
from verkosto.core.scheduled_work.registry import Step, steps
from verkosto.core.transactions import database_failures

logger = logging.getLogger(__name__)


class ScheduledWorkIsRunning(Exception):
    """Another process is at the scheduled work."""


class ScheduledWorkFailed(Exception):
    """Steps failed; the others have run. ``done`` says what those did."""

    def __init__(self, failed: Iterable[str], done: Mapping[str, int]) -> None:
        super().__init__(", ".join(failed))
        self.done = done


def run_scheduled_work(names: Iterable[str] = ()) -> dict[str, int]:
    """Run the named steps, or all that are due, in their order. Return what each did, in numbers.

    A step that fails does not keep the others from running. Raises ScheduledWorkIsRunning or, in the end,
    ScheduledWorkFailed; and what ``database_failures`` returns where the database does not answer.
    """
    with scheduled_work_lock() as is_ours:
        if not is_ours:
            raise ScheduledWorkIsRunning
        # Whoever began these had the lock, which ended with the process.
        ScheduledRun.objects.filter(state=ScheduledRun.State.RUNNING).update(
            state=ScheduledRun.State.INTERRUPTED, ended_at=timezone.now()
        )
        chosen = {name: step for name, step in steps().items() if name in {*names}} if names else due_steps()
        results = {name: _run(name, step) for name, step in chosen.items()}
    done = {name: number for name, number in results.items() if number is not None}
    if failed := [name for name in results if name not in done]:
        raise ScheduledWorkFailed(failed, done)
    return done


def due_steps() -> dict[str, Step]:
    """Return the steps that are due now. One query."""
    now = timezone.now()
    last = {run.name: run for run in ScheduledRun.objects.latest_of_each()}
    return {
        name: step
        for name, step in steps().items()
        if step.is_due(
            last[name].started_at if name in last else None, failed=name in last and last[name].has_failed, now=now
        )
    }


def _run(name: str, step: Step) -> int | None:
    """Run a step and record it. Return how much it did, None if it failed."""
    run = ScheduledRun.objects.begin(name)
    try:
        done = step.run()
    except Exception as error:
        logger.exception("Scheduled work: %s failed", name)
        try:
            run.end(error=error)
        except database_failures():
            raise error from None
        return None
    run.end(done=done)
    return done
