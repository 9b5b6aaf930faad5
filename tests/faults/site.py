"""A site in which everything can break: nginx, gunicorn, a worker, PostgreSQL, Redis and a mail server of its own."""

import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

import psycopg
from django.conf import settings

from tests import services
from tests.faults.crowd import HOST, Crowd, ask
from tests.faults.figures import Figures
from tests.faults.processes import Supervised
from tests.instance import STARTING
from tests.mailserver import MailServer, mail_server
from tests.proxy import configure

DELIVERING = 600  # seconds that the worker may take on a busy machine, also to start again
OVERDUE = "now() - interval '40 minutes'"  # longer ago than any claim of a worker is respected


@dataclass
class FaultySite:
    """A running site. Its parts can be stopped, killed and started again."""

    url: str
    folder: Path
    postgresql: services.PostgreSQLServer
    redis: Supervised
    web: Supervised
    worker: Supervised
    mail_server: MailServer
    environment: dict[str, str]

    def rows(self, statement: str, *parameters: object) -> list[tuple[object, ...]]:
        """Run a statement, with ``%s`` for each parameter, and return its rows."""
        with psycopg.connect(self.postgresql.url, autocommit=True) as connection:
            cursor = connection.execute(statement.encode(), parameters)
            return cursor.fetchall() if cursor.description else []

    def run(self, *arguments: str) -> str:
        """Run a management command on the site. Return what it wrote."""
        command = [sys.executable, "manage.py", *arguments]
        done = subprocess.run(
            command, cwd=settings.BASE_DIR, env=self.environment, check=False, capture_output=True, text=True
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    def crowd(self, desk: str, label: str, number: int) -> Crowd:
        """Return visitors of the form of a desk, by its key."""
        return Crowd(f"{self.url}/fi/registrations/{desk}/", label, number)

    def wait_until_idle(self) -> None:
        """Wait until the worker has sent every email and done every task that is due, but what a dead one has claimed."""
        due = (
            "SELECT (SELECT count(*) FROM verkosto_registrations_message WHERE state = 'queued' AND due_at <= now())"
            " + (SELECT count(*) FROM django_tasks_database_dbtaskresult WHERE status = 'READY' AND"
            " (run_after <= now() OR run_after > now() + interval '10 years'))"
        )
        self._wait_for_none(due)
        time.sleep(0.5)  # what the worker has taken up last

    def _wait_for_none(self, count: str) -> None:
        deadline = time.monotonic() + DELIVERING
        while self.rows(count) != [(0,)]:
            assert time.monotonic() < deadline, "the worker does nothing:\n" + self.log()
            time.sleep(0.1)

    def repair(self) -> None:
        """Do what happens within the next half hour: claims of dead workers run out, postponed emails are sent."""
        self.wait_until_idle()
        self.rows(f"UPDATE verkosto_registrations_message SET claimed_at = {OVERDUE} WHERE state = 'sending'")
        self.rows("UPDATE verkosto_registrations_message SET due_at = now() WHERE state = 'queued'")
        self.rows(f"UPDATE django_tasks_database_dbtaskresult SET started_at = {OVERDUE} WHERE status = 'RUNNING'")
        self.run("run_scheduled_work")
        self.wait_until_idle()
        self._wait_for_none("SELECT count(*) FROM django_tasks_database_dbtaskresult WHERE status = 'RUNNING'")

    def unfinished_tasks(self) -> list[tuple[object, ...]]:
        """Return the background tasks that have failed or that nobody does."""
        return self.rows(
            "SELECT task_path, status, traceback FROM django_tasks_database_dbtaskresult"
            " WHERE status NOT IN ('SUCCESSFUL', 'READY')"
        )

    def count(self, fault: str, desk: str, crowd: Crowd) -> Figures:
        """Return what became of the visitors of a desk."""
        of_desk = "JOIN verkosto_registrations_desk d ON d.id = desk_id WHERE d.translation_key = %s"
        stored = self.rows(f"SELECT email FROM verkosto_registrations_registration {of_desk}", desk)
        first = self.rows(
            f"SELECT message_id FROM verkosto_registrations_message {of_desk} AND kind IN ('confirmed', 'waiting')",
            desk,
        )
        ids = {str(message_id) for (message_id,) in first}
        arrived = [(recipient, str(mail["Message-ID"])) for recipient, mail in self.mail_server.emails]
        ours = Counter(each for each in arrived if each[1].strip("<>").partition("@")[0] in ids)
        assert len({*stored}) == len(stored)
        return Figures(
            fault,
            crowd.acknowledged,
            {str(email) for (email,) in stored},
            {recipient for recipient, _message_id in ours},
            ours.total() - len(ours),
        )

    def statuses(self, desk: str) -> dict[object, object]:
        """Return how many registrations of a desk have each status."""
        return dict(
            self.rows(
                "SELECT r.status, count(*) FROM verkosto_registrations_registration r"
                " JOIN verkosto_registrations_desk d ON d.id = r.desk_id WHERE d.translation_key = %s GROUP BY 1",
                desk,
            )
        )

    def log(self) -> str:
        """Return the end of what the servers have logged."""
        return "".join(path.read_text(errors="replace")[-5000:] for path in sorted(self.folder.glob("*.log")))

    def answers(self, path: str = "/readyz") -> bool:
        """Return whether the site answers with status 200."""
        return ask(self.url + path).status == 200


@contextmanager
def running(folder: Path, postgresql: services.PostgreSQLServer, *options_of_gunicorn: str) -> Iterator[FaultySite]:
    """Serve a site on a server whose database ``postgres`` is migrated, from an empty folder."""
    (folder / "var").mkdir()
    port, upstream, redis_port = services.free_port(), services.free_port(), services.free_port()
    with ExitStack() as stack:
        mail = stack.enter_context(mail_server())
        environment = environment_of(folder, postgresql.url, redis_port, mail.port)
        ports = {443: port, 80: services.free_port()}
        configuration = configure(
            folder, host=HOST, upstream=f"127.0.0.1:{upstream}", log=folder / "access.log", ports=ports
        )
        python = sys.executable
        gunicorn = [python, "-m", "gunicorn", f"--bind=127.0.0.1:{upstream}", "--workers=2", "--log-level=warning"]
        gunicorn += options_of_gunicorn
        work = [python, "manage.py", "db_worker", "--queue-name=*", "--interval=0.1", "--no-startup-delay"]
        work = ["nice", "-n", "10", *work]  # as deploy/run does
        redis = ["redis-server", "--port", str(redis_port), "--bind", "127.0.0.1", "--save", "", "--dir", str(folder)]
        nginx = [str(services.nginx()), "-p", str(folder), "-c", str(configuration)]
        processes = [
            Supervised(command, folder / f"{name}.log", environment)
            for name, command in (("redis", redis), ("web", gunicorn), ("worker", work), ("proxy", nginx))
        ]
        for process in processes:
            process.start()
            stack.callback(process.stop)
        site = FaultySite(f"https://127.0.0.1:{port}", folder, postgresql, *processes[:3], mail, environment)
        deadline = time.monotonic() + STARTING
        while not site.answers():
            assert time.monotonic() < deadline, "the site does not start:\n" + site.log()
            time.sleep(0.2)
        yield site


def environment_of(folder: Path, database: str, redis_port: int = 0, mail_port: int = 0) -> dict[str, str]:
    """Return the environment of a site's processes."""
    return services.own_environment() | {
        "DJANGO_SETTINGS_MODULE": "tests.faults.settings",
        "FAULTS_FULL": str(folder / "disk-is-full"),
        "SECRET_KEY": "0123456789abcdef" * 4,
        "ALLOWED_HOSTS": HOST,
        "SITE_URL": f"https://{HOST}",
        "TRUSTED_PROXIES": "1",
        "DATABASE_URL": database,
        "REDIS_URL": f"redis://127.0.0.1:{redis_port}/0",
        "EMAIL_URL": f"smtp://127.0.0.1:{mail_port}",
        "VAR_DIR": str(folder / "var"),
        "PYTHONUNBUFFERED": "1",
    }
