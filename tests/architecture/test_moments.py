"""No test knows the time at which its module was imported: a run may go on past midnight, and past New Year."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

TESTS = Path(__file__).resolve().parents[1]
CLOCK = re.compile(r"(\w+\.)*((timezone|datetime|date)\.(now|today|localdate|localtime|utcnow)|time\.time(_ns)?)")


def at_import(node: ast.AST) -> Iterator[ast.AST]:
    """Yield what runs when a module is imported: everything but the bodies of functions."""
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef):
            for part in (*child.decorator_list, *child.args.defaults, *filter(None, child.args.kw_defaults)):
                yield part
                yield from at_import(part)
        elif isinstance(child, ast.Lambda):
            continue
        else:
            yield child
            yield from at_import(child)


def clocks_read_at_import(source: str) -> list[str]:
    """Return the calls at import that read the clock, as they are written."""
    calls = (node for node in at_import(ast.parse(source)) if isinstance(node, ast.Call))
    return [ast.unparse(call) for call in calls if CLOCK.fullmatch(ast.unparse(call.func))]


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ("TODAY = timezone.localdate()", ["timezone.localdate()"]),
        ("SOON = dt.datetime.now(UTC) + dt.timedelta(days=1)", ["dt.datetime.now(UTC)"]),
        ("@mark.parametrize('day', [date.today()])\ndef test_a(day): ...", ["date.today()"]),
        ("def made(at=timezone.now()): ...", ["timezone.now()"]),
        ("class EventFactory:\n    starts_at = timezone.now()", ["timezone.now()"]),
        ("def test_a():\n    now = timezone.now()", []),
        ("class EventFactory:\n    starts_at = LazyFunction(timezone.now)\n    at = LazyFunction(lambda: date.today())", []),
        ("NINE = datetime.time(9)\nSTAMP = datetime(2026, 1, 2)\nTEN = time(10)", []),
    ],
)  # fmt: skip
def test_calls_at_import_are_found(source: str, found: list[str]) -> None:
    assert clocks_read_at_import(source) == found


def test_no_module_of_the_tests_reads_the_clock_at_import() -> None:
    """Finding: terms and years were those of the day on which the run began."""
    found = {
        path.relative_to(TESTS).as_posix(): clocks_read_at_import(path.read_text()) for path in TESTS.rglob("*.py")
    }
    assert {path: calls for path, calls in found.items() if calls} == {}
