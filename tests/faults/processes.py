"""Processes that are started again when they end, as a supervisor does."""

import os
import signal
import subprocess
import threading
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

from django.conf import settings

PAUSE = 0.2  # seconds before a process is started again
STOPPING = 30


class Supervised:
    """A process that is started again when it ends (systemd: ``Restart=always``)."""

    def __init__(self, command: Sequence[str], log: Path, environment: Mapping[str, str]) -> None:
        self.command, self.log, self.environment = command, log, dict(environment)
        self.starts = 0

    def start(self, **more: str) -> None:
        """Start the process, with more variables in its environment, and watch it."""
        self.is_wanted = True
        self._begin(self.environment | more)
        self.watcher = threading.Thread(target=self._watch, args=[self.environment | more], daemon=True)
        self.watcher.start()

    def _begin(self, environment: dict[str, str]) -> None:
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                self.command, cwd=settings.BASE_DIR, env=environment, stdout=log, stderr=log
            )
        self.starts += 1

    def _watch(self, environment: dict[str, str]) -> None:
        while True:
            self.process.wait()
            time.sleep(PAUSE)
            if not self.is_wanted:
                return
            self._begin(environment)

    def signal(self, number: signal.Signals) -> None:
        """Send a signal to the process."""
        self.process.send_signal(number)

    def kill(self) -> None:
        """Kill the process in the middle of whatever it does."""
        self.process.kill()

    def children(self) -> list[int]:
        """Return the processes that it has started, such as gunicorn's workers."""
        path = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children")
        return [int(pid) for pid in path.read_text().split()]

    def kill_child(self) -> None:
        """Kill one of the processes that it has started."""
        os.kill(self.children()[0], signal.SIGKILL)

    def stop(self) -> None:
        """Stop the process, and do not start it again."""
        self.is_wanted = False
        self.process.terminate()
        self.watcher.join(STOPPING)
        if self.watcher.is_alive():
            self.process.kill()
            self.watcher.join()
