"""What doctor says of a site that works, and of ten that do not."""

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.conf import settings as project
from django.core.checks import Error, Warning
from django.core.management import call_command
from django.db.migrations.recorder import MigrationRecorder
from django.utils import timezone
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult
from wagtail.models import Site

from cms import health
from tests import services
from tests.factories.registrations import desk_of, event_with_desk, register
from verkosto.core.health import HealthCheck
from verkosto.core.scheduled_work.models import ScheduledRun
from verkosto.linked_events import conf
from verkosto.linked_events.enums import PushProblem
from verkosto.linked_events.models import PushedEvent
from verkosto.operations import doctor
from verkosto.operations.checks import database, files
from verkosto.registrations.models import Desk, Message
from verkosto.registrations.privacy.archives import due_on
from verkosto.webhooks.models import Endpoint

Plant = Callable[[pytest.MonkeyPatch, Path], None]
LATE = timedelta(hours=2)


def task(**facts: Any) -> None:
    row = DBTaskResult.objects.create(
        task_path="x.y", args_kwargs={"args": [], "kwargs": {}}, backend_name="default", exception_class_path="",
        traceback="", run_after=facts.pop("run_after", timezone.now()),
    )  # fmt: skip
    DBTaskResult.objects.filter(pk=row.pk).update(**facts)


def wrong_address(monkeypatch: pytest.MonkeyPatch, folder: Path) -> None:
    Site.objects.update(hostname="localhost", port=80)


def no_worker(monkeypatch: pytest.MonkeyPatch, folder: Path) -> None:
    task(run_after=timezone.now() - LATE)


def failed_task(monkeypatch: pytest.MonkeyPatch, folder: Path) -> None:
    task(status=TaskResultStatus.FAILED, finished_at=timezone.now())


def old_mail(monkeypatch: pytest.MonkeyPatch, folder: Path) -> None:
    Message.objects.create(recipient="a@example.fi", language="fi", kind="x", due_at=timezone.now() - LATE)


def failed_mail(monkeypatch: pytest.MonkeyPatch, folder: Path) -> None:
    Message.objects.create(recipient="a@example.fi", language="fi", kind="x", state="failed")


def no_timer(monkeypatch: pytest.MonkeyPatch, folder: Path) -> None:
    ScheduledRun.objects.update(started_at=timezone.now() - LATE)


def failed_step(monkeypatch: pytest.MonkeyPatch, folder: Path) -> None:
    ScheduledRun.objects.begin("purge").end(error=ValueError("aino@example.fi"))


def late_erasures(monkeypatch: pytest.MonkeyPatch, folder: Path) -> None:
    desk = desk_of(event_with_desk(retention_days=10, sensitive_retention_days=10))
    register(desk, "a@example.fi")
    Message.objects.all().delete()
    Desk.objects.update(ends_at=timezone.now() - timedelta(days=13), starts_at=timezone.now() - timedelta(days=14))


def failed_archive(monkeypatch: pytest.MonkeyPatch, folder: Path) -> None:
    desk = desk_of(event_with_desk(archive_before_erasure=True))
    register(desk, "a@example.fi")
    Message.objects.all().delete()
    desk.archives.create(due_on=due_on(desk), state="failed")


def missing_migration(monkeypatch: pytest.MonkeyPatch, folder: Path) -> None:
    MigrationRecorder.Migration.objects.filter(app="verkosto_operations").delete()


def missing_catalogues(monkeypatch: pytest.MonkeyPatch, folder: Path) -> None:
    (folder / "fi/LC_MESSAGES").mkdir(parents=True)
    (folder / "fi/LC_MESSAGES/django.po").write_text("")
    monkeypatch.setattr(files.settings, "LOCALE_PATHS", [folder])


def outdated_catalogues(monkeypatch: pytest.MonkeyPatch, folder: Path) -> None:
    """A new release was checked out, and nothing was built."""
    missing_catalogues(monkeypatch, folder)
    catalogue = folder / "fi/LC_MESSAGES/django.po"
    catalogue.with_suffix(".mo").write_bytes(b"")
    os.utime(catalogue, (time.time() + 3600, time.time() + 3600))


def full_disk(monkeypatch: pytest.MonkeyPatch, folder: Path) -> None:
    monkeypatch.setattr(health, "_free_space", lambda storage: 0)


def no_redis(monkeypatch: pytest.MonkeyPatch, folder: Path) -> None:
    class Gone:
        def set(self, *args: Any, **kwargs: Any) -> None:
            raise ConnectionError

    monkeypatch.setattr(health, "cache", Gone())


def no_static_files(monkeypatch: pytest.MonkeyPatch, folder: Path) -> None:
    class Manifest:
        hashed_files: dict[str, str] = {}

    monkeypatch.setattr(files, "staticfiles_storage", Manifest())


def no_trigrams(monkeypatch: pytest.MonkeyPatch, folder: Path) -> None:
    class Connection:
        vendor = "postgresql"

    monkeypatch.setattr(database, "connection", Connection())
    monkeypatch.setattr(database, "has_trigrams", lambda: False)


def wrong_clock(monkeypatch: pytest.MonkeyPatch, folder: Path) -> None:
    ScheduledRun.objects.update(started_at=timezone.now() + timedelta(minutes=5))


def failing_webhook(monkeypatch: pytest.MonkeyPatch, folder: Path) -> None:
    Endpoint.objects.create(name="x", url="https://a.example.fi/", failures=3, failing_since=timezone.now())


def refused_event(monkeypatch: pytest.MonkeyPatch, folder: Path) -> None:
    monkeypatch.setattr(conf, "pushes", lambda: True)
    PushedEvent.objects.create(translation_key=uuid4(), title="x", problem=PushProblem.REFUSED)


def event_without_a_venue(monkeypatch: pytest.MonkeyPatch, folder: Path) -> None:
    monkeypatch.setattr(conf, "pushes", lambda: True)
    PushedEvent.objects.create(translation_key=uuid4(), title="x", problem=PushProblem.NO_VENUE)


#: Each fault with the part that is named.
FAULTS: dict[Plant, set[str]] = {
    wrong_address: {"site_address"},
    no_worker: {"queue"},
    failed_task: {"failed_tasks"},
    old_mail: {"outbox"},
    failed_mail: {"failed_messages"},
    no_timer: {"scheduled_work"},
    failed_step: {"scheduled_work"},
    late_erasures: {"erasures"},
    failed_archive: {"archives"},
    missing_migration: {"migrations"},
    missing_catalogues: {"catalogues"},
    outdated_catalogues: {"catalogues"},
    full_disk: {"storage", "private_storage"},
    no_redis: {"cache"},
    no_static_files: {"static_files"},
    wrong_clock: {"clock"},
    failing_webhook: {"webhooks"},
    refused_event: {"linked_events"},
    event_without_a_venue: set(),
}


def test_site_on_which_everything_works_is_well(
    well: None, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    expected = [Warning("x", id="security.W019"), Warning("y", id="models.W040")]
    monkeypatch.setattr(doctor.checks, "run_checks", lambda **options: expected)
    call_command("doctor", no_color=True)
    lines = capsys.readouterr().out.splitlines()
    assert lines[-1] == "All is well."
    assert {line.partition(" ")[0] for line in lines[:-2]} == {"OK"}


@pytest.mark.parametrize("plant", FAULTS)
def test_planted_fault_is_named_with_what_to_do(
    plant: Plant,
    well: None,
    parts_with_findings: Callable[[], set[str]],
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> None:
    plant(monkeypatch, tmp_path)
    assert parts_with_findings() - {"search_index"} == FAULTS[plant]
    monkeypatch.setattr(doctor.checks, "run_checks", lambda **options: [])
    wrong = [found for found in doctor.diagnose() if found.name in FAULTS[plant]]
    assert all(found.advice.endswith(".") and found.summary for found in wrong)


def test_missing_trigrams_are_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    no_trigrams(monkeypatch, tmp_path)
    found = database.find_trigrams()
    assert (found.status, "pg_trgm" in str(found.advice)) == ("attention", True)


def test_fault_ends_with_1_and_complaints_of_django_are_named(
    well: None, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    complaint = Error("SECRET_KEY is short.", hint="Make a longer one.", id="security.E900")
    monkeypatch.setattr(doctor.checks, "run_checks", lambda **options: [complaint])
    with pytest.raises(SystemExit) as ended:
        call_command("doctor", no_color=True)
    text = capsys.readouterr().out
    assert ended.value.code == 1
    assert "DOES NOT WORK  Settings (security.E900): SECRET_KEY is short.\n    Make a longer one.\n" in text
    with pytest.raises(SystemExit):
        call_command("doctor", json=True)
    assert json.loads(capsys.readouterr().out.splitlines()[-1]) == {
        "name": "security.E900",
        "label": "Settings",
        "status": "failed",
        "summary": "SECRET_KEY is short.",
        "advice": "Make a longer one.",
    }


def test_failed_database_is_a_finding_of_each_part(
    well: None, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fail() -> Any:
        raise OSError("password of the database")

    monkeypatch.setattr(doctor.checks, "run_checks", lambda **options: [])
    monkeypatch.setattr("verkosto.core.health.health_checks", lambda: [HealthCheck("x", "X", fail)])
    (found,) = doctor.diagnose()
    assert (found.status, found.summary) == ("failed", "This could not be checked (OSError).")
    # The log says more, as the page promises.
    assert [record.exc_info is not None for record in caplog.records] == [True]


def test_database_that_does_not_answer_is_named(tmp_path: Path) -> None:
    """As an operator runs it, with keys of answers that are looked for in the database."""
    environment = {
        "DJANGO_SETTINGS_MODULE": "cms.settings.production",
        "SECRET_KEY": "0123456789abcdef" * 4,
        "ALLOWED_HOSTS": "verkosto.example.fi",
        "SITE_URL": "https://verkosto.example.fi",
        "DATABASE_URL": f"postgres://verkosto:x@127.0.0.1:{services.free_port()}/verkosto",
        "VAR_DIR": str(tmp_path),
        "SENSITIVE_ANSWERS_KEYS": "6Pu1gTqk9O5kLhZf0kW9W0m3b7n2v1c4x8z5a6s7d8E=",
    }
    kept = {name: value for name, value in os.environ.items() if name in ("PATH", "HOME", "LANG")}
    command = [sys.executable, "manage.py", "doctor"]
    asked = subprocess.run(
        command, cwd=project.BASE_DIR, env=kept | environment, capture_output=True, text=True, check=False
    )
    assert asked.returncode == 1, asked.stderr
    advice = "    See that it runs at the address in DATABASE_URL.\n"
    assert f"DOES NOT WORK  Database: Does not answer, or cannot be written.\n{advice}" in asked.stdout
    assert "Traceback" not in asked.stderr
    assert "NEEDS ATTENTION  Settings (cms.W002): The site names nobody to report vulnerabilities to." in asked.stdout
