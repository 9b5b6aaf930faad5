"""FINDINGS.md names the tests of every fault that reviews found; none of them may go away in silence."""

import re
from pathlib import Path

HERE = Path(__file__).parent
#: What stands for a test: a file, a file and one of its tests, or a test of the file before (``::``).
NAMED = re.compile(r"`((?:\w+/)*(?:test_\w+)?)(?:::(test_\w+))?`")


def unknown_tests(text: str) -> list[str]:
    """Return what a text names and the suite does not have. A file without a folder may be in any."""
    files = {path.relative_to(HERE).with_suffix("").as_posix(): path for path in HERE.rglob("test_*.py")}
    unknown, before = [], ""
    for file, test in NAMED.findall(text):
        if not file and not test:
            continue
        before = file or before
        candidates = [path for name, path in files.items() if f"/{name}".endswith(f"/{before}")]
        if "/" in before:
            candidates = [files[before]] if before in files else []
        if not any(not test or f"def {test}(" in path.read_text() for path in candidates):
            unknown.append("::".join(filter(None, [before, test])))
    return unknown


def test_every_test_of_the_table_exists_where_it_is_named() -> None:
    text = (HERE / "FINDINGS.md").read_text()
    assert len(re.findall(r"test_\w+", text)) > 200
    assert unknown_tests(text) == []


def test_names_of_no_test_are_found() -> None:
    own = "test_names_of_no_test_are_found"
    text = (
        f"`test_findings::{own}`, `::{own}`, `cms/test_account`, `::{own}`, `cms/test_findings::{own}`, `test_nowhere`"
    )
    assert unknown_tests(text) == [f"cms/test_account::{own}", f"cms/test_findings::{own}", "test_nowhere"]
