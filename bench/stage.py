"""Where measurements happen: a database of their own, and web servers on it."""

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
TICKS = os.sysconf("SC_CLK_TCK")  # of a second, in which Linux counts CPU time


@dataclass(frozen=True)
class Server:
    """A running web server."""

    origin: str
    pid: int

    def cpu(self) -> float:
        """Seconds of CPU time that the server and its workers have used so far. The database's are not among them."""
        found = subprocess.run(["pgrep", "-P", str(self.pid)], capture_output=True, text=True, check=False)
        return sum(_cpu(pid) for pid in (str(self.pid), *found.stdout.split()))


def _cpu(pid: str) -> float:
    """Seconds by proc(5): user and system time stand at places 14 and 15."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / TICKS


@dataclass(frozen=True)
class Stage:
    """``environment`` is that of every process which measures."""

    environment: dict[str, str]

    @property
    def database(self) -> str:
        return self.environment["DATABASE_URL"].partition(":")[0]

    def ask(self, module: str, *arguments: object) -> Any:
        """What a module of this package prints as JSON, in a process of its own."""
        command = [sys.executable, "-m", f"bench.{module}", *map(str, arguments)]
        answer = subprocess.run(command, cwd=ROOT, env=self.environment, check=True, stdout=subprocess.PIPE, text=True)
        return json.loads(answer.stdout.splitlines()[-1])

    def manage(self, *arguments: str) -> None:
        """Runs a command of Django's."""
        subprocess.run([sys.executable, "manage.py", *arguments], cwd=ROOT, env=self.environment, check=True)

    @contextmanager
    def serve(self, *options: str, **more: str) -> Iterator[Server]:
        """gunicorn with these options and more of an environment, once it answers."""
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
def stage() -> Iterator[Stage]:
    """An empty database with all tables, on PostgreSQL where one can be started, else on SQLite; it is removed after."""
    given = os.environ.pop("DATABASE_URL", None)
    if given:
        print("A database of its own is used, not the one of DATABASE_URL.")
    with ExitStack() as stack:
        folder = stack.enter_context(tempfile.TemporaryDirectory(prefix="verkosto-bench-"))
        database = stack.enter_context(services.postgresql()) or f"sqlite:///{folder}/bench.sqlite3"
        environment = os.environ | {
            "DJANGO_SETTINGS_MODULE": "bench.settings",
            "DATABASE_URL": database,
            "MEDIA_STORAGE_URL": f"file://{folder}/media",
            "BENCH_CACHE": f"{folder}/cache",
        }
        yield Stage(environment)
