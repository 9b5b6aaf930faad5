"""The desks of the long form: one for each fault."""

import subprocess
import sys
import time
from collections.abc import Callable

import psycopg
from django.conf import settings

from tests import services
from tests.faults.crowd import Crowd
from tests.faults.data import PLACES
from tests.faults.figures import LINES
from tests.faults.site import FaultySite

VISITORS = 60


class Desks:
    """The site with its desks by name."""

    def __init__(self, site: FaultySite, keys: dict[str, str]) -> None:
        self.site, self.keys = site, keys

    def go_through(
        self, name: str, fault: str, meanwhile: Callable[[Crowd], None], *, copies: int = 0, at_once: int = 8
    ) -> Crowd:
        """Have people register while something happens, and hold that nobody is lost and no place is given twice."""
        crowd = self.site.crowd(self.keys[name], name, VISITORS)
        crowd.register(meanwhile, at_once=at_once)
        self.hold(name, fault, crowd, copies=copies)
        return crowd

    def hold(self, name: str, fault: str, crowd: Crowd, *, copies: int = 0) -> None:
        """Hold that acknowledged, stored and mailed are equal when the site has recovered."""
        self.site.repair()
        figures = self.site.count(fault, self.keys[name], crowd)
        LINES.append(str(figures))
        everybody = {visitor.email for visitor in crowd.visitors}
        assert figures.acknowledged == figures.stored == figures.mailed == everybody, crowd.statuses
        assert figures.copies <= copies
        assert self.site.statuses(self.keys[name]) == {"confirmed": PLACES, "waiting": len(everybody) - PLACES}
        assert self.site.unfinished_tasks() == []


def migrate_with_interruptions(server: services.PostgreSQLServer, environment: dict[str, str]) -> None:
    """Migrate, with a process that is killed after 30 and after 150 migrations."""
    migrate = [sys.executable, "manage.py", "migrate", "--verbosity=0"]
    for done in (30, 150):
        process = subprocess.Popen(migrate, cwd=settings.BASE_DIR, env=environment)
        while migrations(server) < done:
            assert process.poll() is None, f"it has fewer than {done} migrations"
            time.sleep(0.05)
        process.kill()
        process.wait()
    subprocess.run(migrate, cwd=settings.BASE_DIR, env=environment, check=True)


def migrations(server: services.PostgreSQLServer) -> int:
    """Return how many migrations are recorded in a database."""
    with psycopg.connect(server.url) as connection:
        try:
            row = connection.execute("SELECT count(*) FROM django_migrations").fetchone()
        except psycopg.errors.UndefinedTable:
            return 0
    return int(row[0]) if row else 0
