"""FINDINGS.md names a test for every finding; none of them may go away in silence."""

import re
from pathlib import Path

HERE = Path(__file__).parent
TESTS = HERE.parents[1]


def file_of(module):
    """A path below `tests`, or the name of a file anywhere in this room."""
    return TESTS / f"{module}.py" if "/" in module else next(HERE.rglob(f"{module}.py"))


def test_every_test_of_the_table_exists():
    named = re.findall(r"`((?:\w+/)*test_\w+)::(test_\w+)`", (HERE / "FINDINGS.md").read_text())
    lost = [f"{module}::{test}" for module, test in named if f"def {test}(" not in file_of(module).read_text()]
    assert len(named) > 70
    assert lost == []
