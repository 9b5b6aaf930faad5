from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from verkosto.core.jobs import engine, registry
from verkosto.core.jobs.models import AbstractJob
from verkosto.registrations.models import Job

pytestmark = pytest.mark.django_db
PORTIONS = 3


@pytest.fixture
def portions(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """A kind of job in three portions, of which the second fails once. Lists the portions that were done."""
    done: list[int] = []

    def work(job: AbstractJob) -> dict[str, Any]:
        for position in range(job.done, PORTIONS):
            if position in failing:
                failing.remove(position)
                raise RuntimeError
            engine.advance(job, position, 1)
            done.append(position)
        return {"portions": len(done)}

    failing = [1]
    monkeypatch.setattr(registry, "job_kinds", lambda: {"portions": work})
    return done


def state(job: Job) -> tuple[str, int]:
    job.refresh_from_db()
    return job.state, job.done


def test_unknown_kind_is_refused_when_written() -> None:
    with pytest.raises(registry.UnknownJobKind):
        engine.start(Job(kind="unknown"))
    assert not Job.objects.exists()


def test_failed_job_resumes_where_it_stopped(portions: list[int]) -> None:
    job = engine.start(Job(kind="portions", total=PORTIONS, text="secret"))
    engine.run(job)
    assert (state(job), job.result, job.text) == (("failed", 1), {"error": "RuntimeError"}, "secret")
    assert engine.resume(job)
    engine.run(job)
    assert (state(job), portions, job.text, job.percent) == (("done", 3), [0, 1, 2], "", 100)
    assert not engine.resume(job)
    engine.run(job)
    assert portions == [0, 1, 2]


def test_portion_of_a_job_that_another_run_took_over_is_refused() -> None:
    job = Job.objects.create(kind="portions", state="running", done=1)
    with pytest.raises(engine.JobTakenOver):
        engine.advance(job, 0, 1)
    assert engine.advance(job, 1, 2) == 3


def test_job_without_a_heartbeat_is_queued_again() -> None:
    now = timezone.now()
    alive = Job.objects.create(kind="x", state="running", heartbeat_at=now - timedelta(minutes=9))
    dead = Job.objects.create(kind="x", state="running", heartbeat_at=now - timedelta(minutes=11))
    over = Job.objects.create(kind="x", state="failed", heartbeat_at=now - timedelta(minutes=11))
    assert engine.resume_stale() == 1
    assert [state(job)[0] for job in (alive, dead, over)] == ["running", "waiting", "failed"]
