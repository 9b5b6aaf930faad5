"""The short form of ``make test-faults``, a part of the suite: one rush in which one thing after the other breaks."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests import services
from tests.factories.registrations import desk_of, event_with_desk
from tests.faults.conftest import copy_database
from tests.faults.crowd import BROKEN, Crowd
from tests.faults.figures import LINES
from tests.faults.site import FaultySite, running

VISITORS, PLACES = 100, 40


@pytest.mark.minutes
@pytest.mark.postgresql
@pytest.mark.nginx
def test_rush_in_which_everything_breaks_loses_nobody_and_gives_no_place_twice(
    postgresql_copy: services.PostgreSQLServer, tmp_path: Path
) -> None:
    """A web process, the worker (in the middle of SMTP) and PostgreSQL go, and the mail server postpones some mails."""
    desk = str(desk_of(event_with_desk(capacity=PLACES)).translation_key)
    copy_database(postgresql_copy)
    with running(tmp_path, postgresql_copy, "--preload") as site:  # the site is loaded once, not by each process
        ten = iter(range(10))
        site.mail_server.refuse = lambda recipient: "451 try later" if is_postponed(site, ten) else ""
        site.mail_server.while_sending = lambda: kill_worker_once(site)
        crowd = site.crowd(desk, "short", VISITORS)
        crowd.register(lambda crowd: break_everything(site, crowd), at_once=VISITORS, pause=1)
        site.repair()
        figures = site.count("all of them in one rush", desk, crowd)
        statuses, unfinished = site.statuses(desk), site.unfinished_tasks()
    LINES.append(str(figures))
    assert set(crowd.statuses) <= {302, 503, 502, BROKEN}, crowd.statuses
    assert figures.acknowledged == figures.stored == figures.mailed == {visitor.email for visitor in crowd.visitors}
    assert statuses == {"confirmed": PLACES, "waiting": VISITORS - PLACES}
    assert figures.copies <= 1  # of the email that was being sent when the worker was killed
    assert unfinished == []


def break_everything(site: FaultySite, crowd: Crowd) -> None:
    crowd.wait_for(5)
    site.web.kill_child()
    crowd.wait_for(20)
    site.postgresql.stop()
    site.postgresql.start()


def kill_worker_once(site: FaultySite) -> None:
    if len(site.mail_server.emails) == 3 and site.worker.starts == 1:
        site.worker.kill()


def is_postponed(site: FaultySite, times: Iterator[int]) -> bool:
    return len(site.mail_server.emails) >= 20 and next(times, None) is not None
