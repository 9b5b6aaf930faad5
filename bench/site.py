"""A temporary site for measurements: a database, and web servers that use it."""

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bench import visitors
from tests import services

ROOT = Path(__file__).resolve().parents[1]
TICKS = os.sysconf("SC_CLK_TCK")  # per second: the unit in which Linux counts CPU time


@dataclass(frozen=True)
class Server:
    """A running web server."""

    origin: str
    pid: int

    def cpu(self) -> float:
        """Return the CPU seconds used so far by the server and its workers, without those of the database."""
        found = subprocess.run(["pgrep", "-P", str(self.pid)], capture_output=True, text=True, check=False)
        return sum(_cpu(pid) for pid in (str(self.pid), *found.stdout.split()))


def _cpu(pid: str) -> float:
    """Return CPU seconds. In proc(5) user and system time are fields 14 and 15."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / TICKS


@dataclass(frozen=True)
class Site:
    """A temporary site; ``environment`` is that of its processes."""

    environment: dict[str, str]

    @property
    def database(self) -> str:
        return self.environment["DATABASE_URL"].partition(":")[0]

    def run_json(self, module: str, *arguments: object) -> Any:
        """Run a module of this package in a process of its own. Return what it prints as JSON."""
        command = [sys.executable, "-m", f"bench.{module}", *map(str, arguments)]
        answer = subprocess.run(command, cwd=ROOT, env=self.environment, check=True, stdout=subprocess.PIPE, text=True)
        return json.loads(answer.stdout.splitlines()[-1])

    def manage(self, *arguments: str) -> None:
        """Run a Django management command."""
        subprocess.run([sys.executable, "manage.py", *arguments], cwd=ROOT, env=self.environment, check=True)

    @contextmanager
    def serve(self, *options: str, **more: str) -> Iterator[Server]:
        """Run gunicorn with these options and environment variables. Yield when it responds."""
        port = services.free_port()
        command = [sys.executable, "-m", "gunicorn", "cms.wsgi", f"--bind=127.0.0.1:{port}", "--log-level=error"]
        process = subprocess.Popen([*command, *options], cwd=ROOT, env=self.environment | more)
        try:
            origin = f"http://127.0.0.1:{port}"
            deadline = time.monotonic() + 90
            while not (services.answers("127.0.0.1", port) and visitors.ask(origin, "GET", "/healthz")[0] == 200):
                if time.monotonic() > deadline or process.poll() is not None:
                    raise RuntimeError("The server does not start.")
                time.sleep(0.2)
            yield Server(origin, process.pid)
        finally:
            process.terminate()
            process.wait(60)


@contextmanager
def temporary_site() -> Iterator[Site]:
    """Yield a site with an empty database: PostgreSQL if it can be started, else SQLite."""
    given = os.environ.pop("DATABASE_URL", None)
    if given:
        print("A temporary database is used, not the one of DATABASE_URL.")
    with ExitStack() as stack:
        folder = stack.enter_context(tempfile.TemporaryDirectory(prefix="verkosto-bench-"))
        database = stack.enter_context(services.postgresql()) or f"sqlite:///{folder}/bench.sqlite3"
        environment = os.environ | {
            "DJANGO_SETTINGS_MODULE": "bench.settings",
            "DATABASE_URL": database,
            "MEDIA_STORAGE_URL": f"file://{folder}/media",
            "BENCH_CACHE": f"{folder}/cache",
        }
        yield Site(environment)
