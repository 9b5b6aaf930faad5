"""FINDINGS.md names a test for every finding; none of them may go away in silence."""

import re
from pathlib import Path

HERE = Path(__file__).parent


def test_every_test_of_the_table_exists():
    named = re.findall(r"`((?:\w+/)?test_\w+)::(test_\w+)`", (HERE / "FINDINGS.md").read_text())
    lost = [
        f"{module}::{test}"
        for module, test in named
        if f"def {test}("
        not in (HERE.parent / (module if "/" in module else f"localisation/{module}")).with_suffix(".py").read_text()
    ]
    assert len(named) > 70
    assert lost == []
