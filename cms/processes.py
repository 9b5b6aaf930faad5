"""Child processes that run side by side: when one ends, all are stopped."""

import signal
import socket
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from types import FrameType

GRACE = 10  # seconds between terminating a process and killing it


def port_is_free(host: str, port: int) -> bool:
    """Return whether a server could listen on the port now."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            return False
    return True


def run_until_first_exit(commands: Sequence[Sequence[str]], folder: Path) -> int:
    """Run Python command lines side by side until one ends or SIGINT, SIGTERM or SIGHUP arrives; then stop all.

    Return 0 after a signal, and 1 if a process ended by itself.
    """
    received: list[int] = []

    def stop(number: int, frame: FrameType | None) -> None:
        received.append(number)

    signals = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
    previous = {number: signal.signal(number, stop) for number in signals}
    processes: list[subprocess.Popen[bytes]] = []
    try:
        for command in commands:
            # In a session of its own a child does not get the terminal's Ctrl-C, so it is stopped only once.
            processes.append(
                subprocess.Popen([sys.executable, *command], cwd=folder, start_new_session=True)  # noqa: S603 - our own commands
            )
        while not received and all(process.poll() is None for process in processes):
            time.sleep(0.2)
    finally:
        _stop(processes)
        for number, handler in previous.items():
            signal.signal(number, handler)
    return 0 if received else 1


def _stop(processes: list["subprocess.Popen[bytes]"]) -> None:
    for process in processes:
        process.terminate()
    deadline = time.monotonic() + GRACE
    for process in processes:
        try:
            process.wait(max(0.1, deadline - time.monotonic()))
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
