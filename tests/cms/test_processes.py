import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

from cms.processes import port_is_free, run_until_first_exit

ROOT = Path(__file__).resolve().parents[2]
SLEEPER = "import pathlib, sys, os, time; pathlib.Path(sys.argv[1]).write_text(str(os.getpid())); time.sleep(60)"


def alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


def test_when_one_process_ends_the_other_is_stopped(tmp_path: Path) -> None:
    mark = tmp_path / "pid"
    wait_for_it = f"import pathlib, time\nwhile not pathlib.Path({str(mark)!r}).exists(): time.sleep(0.05)"
    assert run_until_first_exit([["-c", SLEEPER, str(mark)], ["-c", wait_for_it]], tmp_path) == 1
    assert not alive(int(mark.read_text()))


def test_interrupt_stops_every_process(tmp_path: Path) -> None:
    marks = [tmp_path / "one", tmp_path / "two"]
    code = (
        "import sys; from pathlib import Path; from cms.processes import run_until_first_exit; "
        f"sys.exit(run_until_first_exit([['-c', {SLEEPER!r}, path] for path in sys.argv[1:]], Path('.')))"
    )
    process = subprocess.Popen([sys.executable, "-c", code, *map(str, marks)], cwd=ROOT)
    deadline = time.monotonic() + 20
    while not all(mark.exists() and mark.read_text() for mark in marks) and time.monotonic() < deadline:
        time.sleep(0.05)
    process.send_signal(signal.SIGINT)
    assert process.wait(20) == 0
    assert [alive(int(mark.read_text())) for mark in marks] == [False, False]


def test_port_is_free_until_somebody_listens() -> None:
    with socket.socket() as server:
        server.bind(("127.0.0.1", 0))
        port = server.getsockname()[1]
        server.listen()
        assert not port_is_free("127.0.0.1", port)
    assert port_is_free("127.0.0.1", port)
