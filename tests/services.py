"""What the tests need from the machine: a PostgreSQL, a Redis, a Chromium, a Java and gettext."""

import ctypes.util
import os
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

CHROMIUM_NAMES = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome")


def chromium() -> str | None:
    """The path of a Chromium, from ``CHROMIUM`` or the usual names."""
    return os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, CHROMIUM_NAMES)), None)


def java() -> str | None:
    """The path of a Java runtime, for the HTML checker."""
    return shutil.which("java")


def gettext() -> str | None:
    """The path of gettext's extractor."""
    return shutil.which("xgettext")


def nginx() -> str | None:
    """The path of nginx, which Debian puts where only root looks."""
    return shutil.which("nginx", path=f"{os.environ.get('PATH', '')}:/usr/sbin:/usr/local/sbin")


def program(name: str) -> str | None:
    """The path of a program."""
    return shutil.which(name)


def systemd() -> str | None:
    """The path of the program that checks systemd's units."""
    return shutil.which("systemd-analyze")


def voikko() -> str | None:
    """The name of the Voikko library, which divides Finnish words (Debian's libvoikko1 and voikko-fi)."""
    return ctypes.util.find_library("voikko")


def own_environment() -> dict[str, str]:
    """What the processes of a site need of this one's environment."""
    return {key: value for key, value in os.environ.items() if key in ("PATH", "HOME", "LANG", "TMPDIR")}


def free_port() -> int:
    """A TCP port of this machine that nobody listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def answers(host: str, port: int) -> bool:
    """Whether somebody listens there."""
    try:
        with socket.create_connection((host, port), timeout=1):
            return True
    except OSError:
        return False


def _wait_for(port: int, seconds: int = 30) -> None:
    deadline = time.monotonic() + seconds
    while not answers("127.0.0.1", port):
        if time.monotonic() > deadline:
            raise RuntimeError(f"Nothing answers on port {port} after {seconds} s.")
        time.sleep(0.1)


def postgresql_program(name: str) -> str | None:
    """The path of a program of the newest PostgreSQL."""
    folders = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: int(path.parent.name), reverse=True)
    return next((str(folder / name) for folder in folders if (folder / name).exists()), shutil.which(name))


class PostgreSQLServer:
    """A PostgreSQL of our own in an empty folder, which can be stopped and started again."""

    def __init__(self, folder: str, superuser: str = "verkosto", **settings: str) -> None:
        self.folder, self.port = folder, free_port()
        self.url = f"postgres://{superuser}@127.0.0.1:{self.port}/postgres"
        # PostgreSQL refuses to run as root: the account that its package made runs it.
        self.user = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []
        if self.user:
            shutil.chown(folder, "postgres")
        init = [str(postgresql_program("initdb")), "-U", superuser, "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8"]
        command = [*self.user, *init, "-N", "-D", f"{folder}/data"]
        subprocess.run(command, cwd=folder, check=True, stdout=subprocess.DEVNULL)
        place = {"port": str(self.port), "listen_addresses": "127.0.0.1", "unix_socket_directories": folder}
        # Quick, as no machine fails here.
        quick = {"fsync": "off", "full_page_writes": "off", "wal_level": "minimal", "max_wal_senders": "0"}
        sizes = {"shared_buffers": "256MB", "max_connections": "300"}
        self.settings = place | quick | sizes | settings

    def start(self) -> None:
        """Start the server, and wait until it answers."""
        options = [part for name, value in self.settings.items() for part in ("-c", f"{name}={value}")]
        command = [*self.user, str(postgresql_program("postgres")), "-D", f"{self.folder}/data", *options]
        with open(f"{self.folder}/log", "ab") as log:
            self.process = subprocess.Popen(command, cwd=self.folder, stdout=log, stderr=log)
        _wait_for(self.port)
        asked = [str(postgresql_program("pg_isready")), "--quiet", "--host=127.0.0.1", f"--port={self.port}"]
        while subprocess.run(asked, check=False).returncode:  # it opens its port before it takes connections
            time.sleep(0.1)

    def stop(self, how: signal.Signals = signal.SIGINT) -> None:
        """Stop the server: SIGINT ends all connections first, SIGQUIT is like a crash."""
        if self.process.poll() is None:
            os.kill(int(Path(self.folder, "data", "postmaster.pid").read_text().split()[0]), how)
            self.process.wait(30)


@contextmanager
def postgresql() -> Iterator[str | None]:
    """A ``DATABASE_URL``: the environment's own PostgreSQL, or one started for this run, or None."""
    given = os.environ.get("DATABASE_URL", "")
    if given.startswith("postgres"):
        yield given
        return
    if not postgresql_program("initdb") or not postgresql_program("postgres"):
        yield None
        return
    with postgresql_server(synchronous_commit="off") as server:
        yield server.url


@contextmanager
def postgresql_server(superuser: str = "verkosto", **settings: str) -> Iterator[PostgreSQLServer]:
    """A PostgreSQL of our own, with settings of ``postgresql.conf``."""
    with tempfile.TemporaryDirectory(prefix="verkosto-pg-", ignore_cleanup_errors=True) as folder:
        server = PostgreSQLServer(folder, superuser, **settings)
        server.start()
        try:
            yield server
        finally:
            server.stop()


@contextmanager
def redis() -> Iterator[str | None]:
    """A ``REDIS_URL``: the environment's own, or one started for this run, or None."""
    if given := os.environ.get("REDIS_URL"):
        yield given
        return
    with own_redis() as url:
        yield url


@contextmanager
def own_redis() -> Iterator[str | None]:
    """A ``REDIS_URL`` of a Redis that nobody else uses, or None."""
    server = shutil.which("redis-server")
    if not server:
        yield None
        return
    port = free_port()
    with tempfile.TemporaryDirectory(prefix="verkosto-redis-") as folder:
        command = [server, "--port", str(port), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no"]
        process = subprocess.Popen(command, cwd=folder, stdout=subprocess.DEVNULL)
        try:
            _wait_for(port)
            yield f"redis://127.0.0.1:{port}/0"
        finally:
            process.terminate()
            process.wait(30)
