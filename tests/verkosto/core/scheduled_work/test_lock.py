"""One process at a time, and no lock outlives its process."""

import subprocess
import sys
from pathlib import Path

import pytest

from verkosto.core.scheduled_work.lock import file_lock, scheduled_work_lock

HOLD = """
import sys
from pathlib import Path
from django.core.files import locks
file = Path(sys.argv[1]).open("w")
print(locks.lock(file, locks.LOCK_EX | locks.LOCK_NB), flush=True)
sys.stdin.read()
"""


@pytest.mark.django_db
def test_lock_is_free_again_after_its_holder() -> None:
    with scheduled_work_lock() as first, scheduled_work_lock() as second:
        assert (first, second) == (True, False)
    with scheduled_work_lock() as third:
        assert third


def test_lock_of_a_file_ends_with_a_killed_process(tmp_path: Path) -> None:
    path = tmp_path / "lock"
    holder = subprocess.Popen([sys.executable, "-c", HOLD, path], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    assert holder.stdout is not None
    assert holder.stdout.readline() == b"True\n"
    with file_lock(path) as during:
        assert not during
    holder.kill()
    holder.communicate()
    with file_lock(path) as after:
        assert after
