"""Archives before erasure: when they are made, what waits for them, and what deletes them."""

from datetime import timedelta
from io import StringIO
from pathlib import Path

import pytest
import time_machine
from django.core.management import call_command
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import override

from tests.factories.registrations import desk_of, question, register
from tests.verkosto.registrations.archives import RETENTION, after, archived_desk, event, make_archive, persons, states
from verkosto.core.health import Finding, Status
from verkosto.core.jobs import engine
from verkosto.registrations.admin import archives as job_of_archives
from verkosto.registrations.admin.archives import ARCHIVE_READY
from verkosto.registrations.admin.health import find_archives, find_due_erasures
from verkosto.registrations.domain import lifecycle
from verkosto.registrations.models import (
    Desk,
    Job,
    Message,
    Registration,
    RegistrationArchive,
    SensitiveAnswers,
)
from verkosto.registrations.privacy import archives, orphan_files
from verkosto.registrations.privacy.archives import KEPT, MADE_AHEAD, delete_archive, delete_expired, queue_archives
from verkosto.registrations.privacy.documents import record_of_processing, retention_table
from verkosto.registrations.privacy.retention import due, purge

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("store")]


def in_english() -> Finding:
    with override("en"):
        return find_archives()


def test_archive_is_made_two_weeks_ahead_once_and_the_purge_waits_for_it():
    desk = archived_desk()
    register(desk, "a@example.fi")
    assert queue_archives(after(desk, RETENTION - 15)) == 0
    over = after(desk, RETENTION + 1)
    assert (list(due(over)), purge(over)["registrations"], persons(desk)) == ([], 0, 1)

    assert queue_archives(after(desk, RETENTION - 14)) == 1
    assert queue_archives(after(desk, RETENTION - 13)) == 0
    engine.run(Job.objects.get(kind="archive"))
    archive = RegistrationArchive.objects.get()
    assert (archive.state, archive.rows, archive.due_on) == (
        "made", 1, timezone.localdate(desk.ends_at + timedelta(days=RETENTION)),
    )  # fmt: skip
    assert queue_archives(after(desk, RETENTION - 13)) == 0
    assert (purge(after(desk, RETENTION - 1))["registrations"], persons(desk)) == (0, 1)
    assert (purge(over)["registrations"], persons(desk)) == (1, 0)
    assert queue_archives(over) == 0
    assert states() == ["made"]


def test_purge_of_other_desks_and_of_what_is_not_archived_waits_for_nothing():
    diet = question("dietary_needs", "Ruokavalio")
    desk = archived_desk(questions=[diet], sensitive_retention_days=10)
    register(desk, "a@example.fi", sensitive={diet["id"]: "gluteeniton"})
    desk.invitations.create(email="b@example.fi", name="Bo", language="fi")
    other = desk_of(event(title="Toinen", retention_days=RETENTION))
    register(other, "c@example.fi")

    report = purge(max(after(desk, RETENTION + 1), after(other, RETENTION + 1)))

    assert (report["sensitive"], report["registrations"]) == (1, 1)
    assert (persons(desk), persons(other), desk.invitations.count()) == (1, 0, 0)
    assert SensitiveAnswers.objects.count() == 0
    desk.refresh_from_db()
    assert desk.purged_at is None


def test_registration_that_changes_after_the_archive_is_archived_again_before_it_is_erased(
    store, django_capture_on_commit_callbacks
):
    desk = archived_desk()
    register(desk, "a@example.fi")
    first = make_archive(desk).file.name
    register(desk, "b@example.fi")
    over = after(desk, RETENTION + 1)
    assert purge(over)["registrations"] == 0
    with django_capture_on_commit_callbacks(execute=True):
        archive = make_archive(desk)
    assert (archive.rows, archive.file.name == first, RegistrationArchive.objects.count()) == (2, False, 1)
    assert store.names == [Path(archive.file.name).name]
    assert purge(over)["registrations"] == 2


def test_who_registers_after_the_purge_gets_an_archive_of_their_own():
    desk = archived_desk()
    register(desk, "a@example.fi")
    make_archive(desk)
    purge(after(desk, RETENTION + 1))
    register(desk, "b@example.fi")
    later = after(desk, RETENTION + 30)
    assert purge(later)["registrations"] == 0
    queue_archives(later)
    engine.run(Job.objects.get(kind="archive", state="waiting"))
    assert list(RegistrationArchive.objects.order_by("pk").values_list("state", "rows")) == [("made", 1)] * 2
    assert purge(later)["registrations"] == 1


def test_killed_worker_leaves_a_job_that_another_finishes(store, monkeypatch):
    desk = archived_desk()
    register(desk, "a@example.fi")
    queue_archives(after(desk, RETENTION))
    job = Job.objects.get(kind="archive")
    with monkeypatch.context() as patched:
        patched.setattr(job_of_archives, "_finish", _kill)
        with pytest.raises(KeyboardInterrupt):
            engine.run(job)
    assert (states(), len(store.names), purge(after(desk, RETENTION + 1))["registrations"]) == (["waiting"], 1, 0)
    assert queue_archives(after(desk, RETENTION)) == 0
    Job.objects.update(heartbeat_at=timezone.now() - timedelta(hours=1))
    assert engine.resume_stale() == 1
    engine.run(job)
    archive = RegistrationArchive.objects.get()
    assert (archive.state, Job.objects.get(kind="archive").state) == ("made", "done")
    # What the killed worker had written goes with the orphan files.
    monkeypatch.setattr(orphan_files, "MIN_AGE", timedelta(seconds=-60))
    assert orphan_files.delete_orphan_files() == 1
    assert store.names == [Path(archive.file.name).name]
    assert purge(after(desk, RETENTION + 1))["registrations"] == 1


def _kill(**given):
    raise KeyboardInterrupt


def test_full_store_holds_the_purge_back_and_the_health_check_says_so(store):
    desk = archived_desk()
    register(desk, "a@example.fi")
    store.is_full = True
    archive = make_archive(desk)
    assert (archive.state, archive.file.name, Job.objects.get(kind="archive").state) == ("failed", "", "failed")
    found = in_english()
    assert (found.status, found.summary) == (Status.ATTENTION, "1 archive could not be made.")

    Desk.objects.filter(pk=desk.pk).update(
        starts_at=timezone.now() - timedelta(days=RETENTION + 4),
        ends_at=timezone.now() - timedelta(days=RETENTION + 3),
    )
    queue_archives()
    engine.run(Job.objects.get(kind="archive", state="waiting"))
    assert purge()["registrations"] == 0
    found = in_english()
    assert (found.status, found.summary) == (Status.FAILED, "1 erasure of registrations waits for its archive.")
    assert found.figures == {"archives_erasures_waiting": 1, "archives_failed": 1}
    assert find_due_erasures().status == Status.FAILED

    store.is_full = False
    queue_archives()
    engine.run(Job.objects.get(kind="archive", state="waiting"))
    assert purge()["registrations"] == 1
    assert find_archives().status == Status.OK
    assert states() == ["made"]


def dry_run(at) -> str:
    """What ``purge_registrations --dry-run`` says at a moment."""
    said = StringIO()
    with time_machine.travel(at):
        call_command("purge_registrations", "--dry-run", stdout=said)
    return said.getvalue()


def test_dry_run_lists_what_waits_for_its_archive_and_why(store):
    desk, other = archived_desk(), desk_of(event(title="Toinen", retention_days=RETENTION))
    register(desk, "a@example.fi")
    register(other, "b@example.fi")
    over = max(after(desk, RETENTION + 1), after(other, RETENTION + 1))
    waits = f"{desk}: 1 registrations wait for their archive: "
    assert dry_run(over) == f"{other}: 0 sensitive, 1 registrations\n{waits}{archives.NOT_MADE}\n"
    assert (dry_run(after(desk, RETENTION - 1)), persons(desk), persons(other)) == ("", 1, 1)
    purge(over)

    store.is_full = True
    make_archive(desk)
    assert dry_run(over) == f"{waits}{archives.FAILED}\n"
    store.is_full = False
    make_archive(desk)
    assert dry_run(over) == f"{desk}: 0 sensitive, 1 registrations\n"
    Registration.objects.filter(desk=desk).update(updated_at=over)
    assert dry_run(over) == f"{waits}{archives.CHANGED_SINCE}\n"


def test_desk_without_an_end_waits_and_the_health_check_says_so():
    desk = archived_desk()
    register(desk, "a@example.fi")
    lifecycle.cancel(registration=Registration.objects.get())
    Registration.objects.update(updated_at=timezone.now() - timedelta(days=RETENTION + 1))
    Desk.objects.update(starts_at=None, ends_at=None, closes_at=None)
    assert (queue_archives(), purge()["registrations"]) == (0, 0)
    assert "has no end, enter when its registration closes" in str(in_english().advice)
    waits = f"{Desk.objects.get()}: 1 registrations wait for their archive: "
    assert dry_run(timezone.now()) == f"{waits}{archives.NO_END}\n"
    Desk.objects.update(archive_before_erasure=False)
    assert purge()["registrations"] == 1


def test_archive_that_staff_deleted_was_made_all_the_same(store, django_capture_on_commit_callbacks):
    desk = archived_desk()
    register(desk, "a@example.fi")
    archive = make_archive(desk)
    with django_capture_on_commit_callbacks(execute=True):
        assert delete_archive(archive)
    assert not delete_archive(archive)
    assert (states(), store.names) == (["deleted"], [])
    assert queue_archives(after(desk, RETENTION)) == 0
    assert purge(after(desk, RETENTION + 1))["registrations"] == 1


def test_archives_are_deleted_after_90_days(store, django_capture_on_commit_callbacks):
    desk = archived_desk()
    register(desk, "a@example.fi")
    made_at = make_archive(desk).made_at
    with django_capture_on_commit_callbacks(execute=True):
        assert delete_expired(made_at + timedelta(days=89)) == 0
        assert (states(), len(store.names)) == (["made"], 1)
        assert delete_expired(made_at + timedelta(days=90)) == 1
    assert (states(), store.names) == (["deleted"], [])


def test_row_of_which_no_archive_is_needed_any_more_is_deleted():
    desk = archived_desk()
    register(desk, "a@example.fi")
    queue_archives(after(desk, RETENTION))
    Desk.objects.update(archive_before_erasure=False)
    queue_archives(after(desk, RETENTION))
    engine.run(Job.objects.get(kind="archive"))
    assert (states(), Job.objects.get(kind="archive").result) == ([], {"made": 0})


def test_database_refuses_a_second_archive_of_a_day_and_one_without_a_file():
    desk = archived_desk()
    day = timezone.localdate()
    RegistrationArchive.objects.create(desk=desk, due_on=day)
    for fields in ({"due_on": day}, {"due_on": day + timedelta(days=1), "state": "made"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            RegistrationArchive.objects.create(desk=desk, **fields)


def test_number_of_queries_does_not_grow_with_the_desks(django_assert_num_queries):
    for number in range(3):
        register(archived_desk(title=f"Webinaari {number}"), "a@example.fi")
        with django_assert_num_queries(2):
            assert len(archives.desks_to_archive()) == number + 1
        with django_assert_num_queries(2):
            find_archives()


def test_record_and_retention_table_say_how_long_archives_are_kept():
    register(archived_desk(), "a@example.fi")
    text = "Archives made before the erasure: 90 days after they were made"
    with override("en"):
        assert text in str(record_of_processing().table)
        assert text in str(retention_table().table)
        Desk.objects.update(archive_before_erasure=False)
        assert text not in str(retention_table().table)


def test_deleted_desk_takes_the_file_with_it(store, django_capture_on_commit_callbacks):
    desk = archived_desk()
    register(desk, "a@example.fi")
    archive = make_archive(desk)
    with django_capture_on_commit_callbacks(execute=True):
        archive.delete()
    assert store.names == []
    assert Message.objects.filter(kind="archive_ready").count() == 0


def test_texts_say_for_how_long_an_archive_is_kept_and_when_it_is_made() -> None:
    templates = Path(__file__).parents[4] / "verkosto/registrations/templates/verkosto_registrations"
    with override("en"):
        help_text = str(Desk._meta.get_field("archive_before_erasure").help_text)
        body = str(ARCHIVE_READY.body)
    texts = [help_text, body, *((templates / name).read_text() for name in ("admin/archives.html", "privacy.html"))]
    assert [text for text in texts if f"{KEPT.days} days" not in text] == []
    assert help_text.startswith("Two weeks before")
    assert timedelta(weeks=2) == MADE_AHEAD
