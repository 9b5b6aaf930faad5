"""Processes that live and die together."""

import signal
import socket
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from types import FrameType

GRACE = 10  # seconds between asking a process to stop and stopping it


def port_is_free(host: str, port: int) -> bool:
    """Whether a server could listen there now."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            return False
    return True


def run_together(commands: Sequence[Sequence[str]], folder: Path) -> int:
    """Runs Python command lines side by side until one ends or SIGINT, SIGTERM or SIGHUP comes; then stops all.

    Returns 0 when told to stop, and 1 when a process ended by itself.
    """
    told: list[int] = []

    def stop(number: int, frame: FrameType | None) -> None:
        told.append(number)

    signals = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
    before = {number: signal.signal(number, stop) for number in signals}
    processes: list[subprocess.Popen[bytes]] = []
    try:
        for command in commands:
            # A session of its own: the terminal's Ctrl-C comes here alone, and each stops once.
            processes.append(
                subprocess.Popen([sys.executable, *command], cwd=folder, start_new_session=True)  # noqa: S603
            )
        while not told and all(process.poll() is None for process in processes):
            time.sleep(0.2)
    finally:
        for process in processes:
            process.terminate()
        deadline = time.monotonic() + GRACE
        for process in processes:
            try:
                process.wait(max(0.1, deadline - time.monotonic()))
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
        for number, handler in before.items():
            signal.signal(number, handler)
    return 0 if told else 1
