"""What is due runs in one process at a time, and each run is a row."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import OperationalError
from django.utils import timezone

from verkosto.core.scheduled_work import own_steps, runner
from verkosto.core.scheduled_work.lock import scheduled_work_lock
from verkosto.core.scheduled_work.models import ScheduledRun
from verkosto.core.scheduled_work.registry import Step

pytestmark = pytest.mark.django_db


class Ill(Exception):
    """What a step raises; its text names a person."""


@pytest.fixture
def numbers(monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    """What each of three steps returns or raises, by its name."""
    results: dict[str, Any] = {"first": 2, "ill": Ill("aino@example.fi"), "last": 0}

    def step(name: str) -> Step:
        def run() -> int:
            if isinstance(results[name], Exception):
                raise results[name]
            return int(results[name])

        return Step(run)

    monkeypatch.setattr(runner, "steps", lambda: {name: step(name) for name in results})
    return results


def rows() -> list[tuple[str, str, int, str]]:
    return list(ScheduledRun.objects.order_by("pk").values_list("name", "state", "done", "error"))


def test_failed_step_is_recorded_without_its_text_and_keeps_no_other_from_running(
    numbers: dict[str, Any], capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(CommandError, match=r"Failed: ill. The log says why\."):
        call_command("run_scheduled_work")
    assert rows() == [("first", "done", 2, ""), ("ill", "failed", 0, "Ill"), ("last", "done", 0, "")]
    assert all(run.ended_at for run in ScheduledRun.objects.all())


def test_runs_that_did_nothing_share_a_row(numbers: dict[str, Any]) -> None:
    del numbers["ill"]
    first, second = timezone.now() - timedelta(hours=2), timezone.now() - timedelta(hours=1)
    for moment in (first, second):
        runner.run_scheduled_work()
        ScheduledRun.objects.filter(name="last").update(started_at=moment)
    numbers["last"] = 5
    assert runner.run_scheduled_work(["last"]) == {"last": 5}
    assert runner.run_scheduled_work(["last"]) == {"last": 5}
    assert rows() == [
        ("first", "done", 2, ""),
        ("last", "done", 5, ""),
        ("first", "done", 2, ""),
        ("last", "done", 5, ""),
    ]


def test_two_processes_never_run_together(numbers: dict[str, Any], capsys: pytest.CaptureFixture[str]) -> None:
    with scheduled_work_lock() as is_ours:
        assert is_ours
        call_command("run_scheduled_work")
        assert (rows(), capsys.readouterr().err) == (
            [],
            "Another process is at the scheduled work: nothing was done.\n",
        )
    numbers["ill"] = 1
    assert runner.run_scheduled_work() == {"first": 2, "ill": 1, "last": 0}


def test_run_whose_process_was_killed_is_interrupted_and_done_again(numbers: dict[str, Any]) -> None:
    numbers["ill"] = 1
    ScheduledRun.objects.begin("ill")
    runner.run_scheduled_work(["ill"])
    assert rows() == [("ill", "interrupted", 0, ""), ("ill", "done", 1, "")]


def test_database_that_goes_away_ends_the_round(numbers: dict[str, Any], monkeypatch: pytest.MonkeyPatch) -> None:
    numbers["first"] = OperationalError("terminating connection")

    def gone(run: ScheduledRun, **options: Any) -> None:
        raise OperationalError("gone")

    monkeypatch.setattr(ScheduledRun, "end", gone)
    with pytest.raises(OperationalError, match="terminating connection"):
        runner.run_scheduled_work()
    assert rows() == [("first", "running", 0, "")]


def test_old_runs_are_deleted_but_the_last_of_each_step() -> None:
    old = timezone.now() - own_steps.KEPT - timedelta(days=1)
    for name in ("a", "a", "b"):
        ScheduledRun.objects.create(name=name, started_at=old, state="done", done=1)
    assert own_steps.delete_old_runs() == 1
    assert [name for name, *_ in rows()] == ["a", "b"]


def test_steps_that_every_site_has_do_their_work() -> None:
    names = [*own_steps.FIRST_STEPS, *own_steps.LAST_STEPS]
    runner.run_scheduled_work(names)  # the search index gets what a new database has
    assert runner.run_scheduled_work(names) == dict.fromkeys(names, 0)
