"""The long form, ``make test-faults``: one fault after the other, each while people register.

After each fault those who were led to their receipt, those who are stored and those who got their first email are the
same persons, and no email came twice, except where the worker was killed before the mail server had acknowledged it.
"""

import signal
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.faults.crowd import BROKEN, Crowd
from tests.faults.desks import VISITORS, Desks
from tests.faults.figures import LINES
from tests.faults.site import DELIVERING, FaultySite

pytestmark = pytest.mark.faults
HOUR = 3600


def test_interrupted_migration_is_finished_by_the_next(desks: Desks) -> None:
    desks.site.run("migrate", "--check")
    crowd = desks.go_through("migrated", "migration interrupted twice", lambda crowd: None)
    assert crowd.statuses == {302: VISITORS}


def test_killed_web_processes_lose_nobody(desks: Desks) -> None:
    def kill(crowd: Crowd) -> None:
        for number in (5, 15, 25):
            crowd.wait_for(number)
            desks.site.web.kill_child()
        crowd.wait_for(35)
        desks.site.web.kill()

    crowd = desks.go_through("web", "web processes killed", kill)
    assert set(crowd.statuses) <= {302, 502, BROKEN}


def test_killed_workers_lose_no_email_and_their_tasks_are_taken_up_again(desks: Desks) -> None:
    site, before, kills = desks.site, len(desks.site.mail_server.emails), [3, 20, 40]
    twice = "SELECT count(*) FROM django_tasks_database_dbtaskresult WHERE jsonb_array_length(worker_ids) > 1"
    ((resumed,),) = site.rows(twice)

    def kill() -> None:
        if kills and len(site.mail_server.emails) - before >= kills[0]:
            kills.pop(0)
            site.worker.kill()

    site.mail_server.while_sending = kill
    crowd = desks.go_through("worker", "workers killed in the middle of SMTP", lambda crowd: None, copies=3)
    site.mail_server.while_sending = lambda: None
    assert (crowd.statuses, kills) == ({302: VISITORS}, [])
    ((since,),) = site.rows(twice)
    assert int(str(since)) >= int(str(resumed)) + 3


def test_restarted_and_crashed_database_loses_nobody(desks: Desks) -> None:
    def restart(crowd: Crowd) -> None:
        for number, how in ((10, signal.SIGINT), (30, signal.SIGQUIT)):
            crowd.wait_for(number)
            desks.site.postgresql.stop(how)
            time.sleep(1)
            desks.site.postgresql.start()

    crowd = desks.go_through("postgresql", "PostgreSQL restarted, crashed", restart)
    assert set(crowd.statuses) <= {302, 503}


def test_redis_that_is_killed_or_hangs_is_not_noticed(desks: Desks) -> None:
    def disturb(crowd: Crowd) -> None:
        crowd.wait_for(10)
        desks.site.redis.kill()
        crowd.wait_for(25)
        desks.site.redis.signal(signal.SIGSTOP)
        crowd.wait_for(50)
        desks.site.redis.signal(signal.SIGCONT)

    crowd = desks.go_through("redis", "Redis killed, then hung", disturb)
    assert crowd.statuses == {302: VISITORS}


def test_mail_server_that_is_away_or_refuses_gets_every_email_in_the_end(desks: Desks) -> None:
    site = desks.site
    refused = {f"mail{number}@example.fi" for number in (7, 8, 9)}

    def disturb(crowd: Crowd) -> None:
        crowd.wait_for(5)
        site.mail_server.is_away = True
        crowd.wait_for(20)
        site.mail_server.is_away = False
        site.mail_server.refuse = lambda recipient: "451 try later"
        crowd.wait_for(40)
        site.mail_server.refuse = lambda recipient: "550 no such mailbox" if recipient in refused else ""

    crowd = site.crowd(desks.keys["mail"], "mail", VISITORS)
    site.mail_server.refuse = lambda recipient: "550 no such mailbox" if recipient in refused else ""
    crowd.register(disturb)
    site.repair()
    figures = site.count("mail server away, 451, 550", desks.keys["mail"], crowd)
    LINES.append(str(figures))
    assert figures.stored - figures.mailed == refused
    failed = "SELECT recipient, failure FROM verkosto_registrations_message WHERE state = 'failed'"
    assert dict(site.rows(failed)) == dict.fromkeys(refused, "550 no such mailbox")
    site.mail_server.refuse = lambda recipient: ""
    site.run("send_messages", "--failed")
    desks.hold("mail", "  and sent again", crowd)
    assert crowd.statuses == {302: VISITORS}


def test_full_disk_refuses_files_with_the_form_and_nobody_else(desks: Desks) -> None:
    site, field = desks.site, desks.keys["file"]
    crowd = site.crowd(desks.keys["disk"], "disk", VISITORS)
    everybody, uploading = crowd.visitors, crowd.visitors[::10]
    for visitor in uploading:
        visitor.file = (field, b"%PDF-1.7 " + bytes(300_000))
    with full_disk(site) as how:
        answers = [visitor.send(visitor.url, visitor.form) for visitor in uploading]
        assert [(answer.status, 'value="Vieras"' in answer.html) for answer in answers] == [(503, True)] * len(
            uploading
        )
        crowd.visitors = [visitor for visitor in everybody if not visitor.file]
        crowd.register()
        assert crowd.statuses == {302: VISITORS - len(uploading)}
        assert [path for path in (site.folder / "var/private").rglob("*") if path.is_file()] == []
    crowd.visitors = uploading
    crowd.register()
    crowd.visitors = everybody
    desks.hold("disk", f"disk full ({how})", crowd)
    files = [path.stat().st_size for path in (site.folder / "var/private").rglob("*") if path.is_file()]
    assert files == [300_009] * len(uploading)


@contextmanager
def full_disk(site: FaultySite) -> Iterator[str]:
    """Give private files a file system of 100 kB where we may mount one; otherwise their storage says that it is full."""
    folder, full = site.folder / "var/private", Path(site.environment["FAULTS_FULL"])
    folder.mkdir(exist_ok=True)
    mount = ["mount", "-t", "tmpfs", "-o", "size=100k", "tmpfs", str(folder)]
    if subprocess.run(mount, check=False, capture_output=True).returncode == 0:
        try:
            yield "a file system of 100 kB"
        finally:
            subprocess.run(["umount", str(folder)], check=True)
        return
    full.touch()
    try:
        yield "a storage that says so"
    finally:
        full.unlink()


def test_clock_that_jumps_by_an_hour_stops_nothing(desks: Desks) -> None:
    """The processes go on an hour ahead, then an hour behind, while the database's clock is right."""
    site = desks.site
    crowd = site.crowd(desks.keys["clock"], "clock", VISITORS)
    everybody = crowd.visitors
    for number, wrong_by in enumerate((0, HOUR, -HOUR)):
        for process in (site.web, site.worker):
            process.stop()
            process.start(FAULTS_CLOCK=str(wrong_by))
        crowd.visitors = everybody[number * 20 : number * 20 + 20]
        crowd.register()
        deadline = time.monotonic() + DELIVERING
        while not {each.email for each in crowd.visitors} <= site.count("", desks.keys["clock"], crowd).mailed:
            assert time.monotonic() < deadline, site.log()
            time.sleep(0.2)
    for process in (site.web, site.worker):
        process.stop()
        process.start()
    crowd.visitors = everybody
    desks.hold("clock", "clock an hour ahead, then behind", crowd)


def test_rolling_restart_and_a_wider_schema_are_not_noticed(desks: Desks) -> None:
    """A release that adds columns is migrated while the old code runs, and its processes are replaced one by one.

    The columns that a release adds may be empty or have a default in the database: then the code of the release before
    goes on writing rows (docs/upgrading.md).
    """
    site, table = desks.site, "verkosto_registrations_registration"

    def upgrade(crowd: Crowd) -> None:
        crowd.wait_for(5)
        site.rows(f"ALTER TABLE {table} ADD COLUMN newer text, ADD COLUMN counted integer NOT NULL DEFAULT 0")
        crowd.wait_for(15)
        site.web.signal(signal.SIGHUP)
        site.worker.stop()
        site.worker.start()
        crowd.wait_for(45)
        site.web.signal(signal.SIGHUP)

    crowd = desks.go_through("versions", "rolling restart on a wider schema", upgrade)
    assert crowd.statuses == {302: VISITORS}
    site.rows(f"ALTER TABLE {table} DROP COLUMN newer, DROP COLUMN counted")
