"""The queue of background tasks: what goes first, and what a dead worker leaves."""

from datetime import timedelta
from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command
from django.utils import timezone
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult
from modelsearch.tasks import insert_or_update_object_task

from tests.factories import StandardPageFactory
from tests.factories.registrations import desk_of, event_with_desk, register
from verkosto.core.jobs import queue
from verkosto.registrations.mail import delivery
from verkosto.registrations.models import Message

DATABASE_QUEUE = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}


def work(**options: Any) -> None:
    call_command("db_worker", batch=True, startup_delay=False, stdout=StringIO(), **options)


@pytest.mark.django_db(transaction=True)
def test_mail_of_a_sign_up_goes_before_the_upkeep_of_the_index(settings: Any) -> None:
    """Finding: a sign-up's mail waited 20 s behind 2,700 index tasks."""
    desk = desk_of(event_with_desk())
    settings.TASKS = DATABASE_QUEUE
    for number in range(200):
        insert_or_update_object_task.enqueue("wagtailcore", "page", str(number))
    register(desk, "a@example.fi")
    work(max_tasks=1)
    assert Message.objects.get().state == "sent"
    assert DBTaskResult.objects.filter(status=TaskResultStatus.READY).count() >= 200


@pytest.mark.django_db(transaction=True)
def test_mail_of_a_sign_up_goes_before_the_rest_of_a_mailing(settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """The same kind inside the outbox: one task sent a whole mailing, with the sign-up's mail at its end."""
    monkeypatch.setattr(delivery, "PORTION", 2)
    desk = desk_of(event_with_desk())
    for number in range(6):
        register(desk, f"{number}@example.fi")
    settings.TASKS = DATABASE_QUEUE
    Message.objects.update(state="queued", kind="bulk", context={"subject": "x", "body": "y"}, sent_at=None)
    delivery.enqueue_due()
    work(max_tasks=1)
    register(desk, "late@example.fi")
    work(max_tasks=1)
    states = dict(Message.objects.values_list("recipient", "state"))
    assert states["late@example.fi"] == "sent"
    assert [*states.values()].count("queued") == 4
    work()
    assert {*Message.objects.values_list("state", flat=True)} == {"sent"}


@pytest.mark.django_db
def test_index_task_of_a_deleted_row_is_no_error(homes: Any) -> None:
    """Finding: 60 index tasks failed with tracebacks because their row had gone meanwhile."""
    page = StandardPageFactory(parent=homes["fi"])
    page.delete()
    assert insert_or_update_object_task.call("home", "standardpage", str(page.pk)) is None


@pytest.mark.django_db
def test_real_error_of_an_index_task_is_seen(homes: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(instance: Any) -> None:
        raise type(instance).DoesNotExist("something else is missing")

    monkeypatch.setattr("modelsearch.index.insert_or_update_object", fail)
    page = StandardPageFactory(parent=homes["fi"])
    with pytest.raises(type(page).DoesNotExist):
        insert_or_update_object_task.call("home", "standardpage", str(page.pk))


@pytest.mark.django_db
def test_task_that_a_dead_worker_left_is_taken_up_again_and_at_last_given_up() -> None:
    """Finding: tasks that were running when a worker died stayed RUNNING for ever."""

    def left_by(workers: list[str], minutes: int) -> DBTaskResult:
        return DBTaskResult.objects.create(
            status=TaskResultStatus.RUNNING,
            task_path="modelsearch.tasks.insert_or_update_object_task",
            args_kwargs={"args": ["home", "standardpage", "1"], "kwargs": {}},
            backend_name="default",
            run_after=timezone.now(),
            started_at=timezone.now() - timedelta(minutes=minutes),
            worker_ids=workers,
        )

    runs, left, deadly = left_by(["a"], 5), left_by(["a"], 31), left_by(["a", "b", "c"], 31)
    assert queue.resume_stale() == 1
    found = dict(DBTaskResult.objects.values_list("pk", "status"))
    assert found == {
        runs.pk: TaskResultStatus.RUNNING,
        left.pk: TaskResultStatus.READY,
        deadly.pk: TaskResultStatus.FAILED,
    }
