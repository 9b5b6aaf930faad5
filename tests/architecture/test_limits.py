"""Modules and functions are short enough to be read at once, and what silences a checker says why."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
ROOMS = ("cms", "home", "network_pages", "event_pages", "verkosto", "deploy", "docs_site")
MOST_LINES, MOST_LINES_OF_A_FUNCTION = 300, 50
#: A suppression of mypy or ruff with nothing behind it.
UNEXPLAINED = re.compile(r"# (?:type: ignore(?:\[[\w, -]+\])?|noqa(?:: [A-Z]+\d+(?:, ?[A-Z]+\d+)*)?) *$", re.MULTILINE)


def modules(*folders: str) -> Iterator[Path]:
    """Yield the modules that we wrote. Django writes the migrations."""
    for folder in folders:
        yield from (path for path in sorted((ROOT / folder).rglob("*.py")) if "migrations" not in path.parts)


def name_of(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def long_functions(source: str) -> list[str]:
    """Return the names of the functions that have too many lines, with their decorators and docstrings."""
    functions = (
        node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    )
    return [node.name for node in functions if (node.end_lineno or 0) - node.lineno >= MOST_LINES_OF_A_FUNCTION]


def test_no_module_is_too_long() -> None:
    lengths = {name_of(path): path.read_text().count("\n") for path in modules(*ROOMS, "tests", "bench")}
    assert len(lengths) > 1000
    assert {name: lines for name, lines in lengths.items() if lines > MOST_LINES} == {}


def test_no_function_of_the_product_is_too_long() -> None:
    """A test may tell a whole journey in one function."""
    found = {name_of(path): long_functions(path.read_text()) for path in modules(*ROOMS)}
    assert {name: functions for name, functions in found.items() if functions} == {}


def test_each_suppression_of_the_product_has_its_reason() -> None:
    found = {name_of(path): UNEXPLAINED.findall(path.read_text()) for path in modules(*ROOMS)}
    assert {name: lines for name, lines in found.items() if lines} == {}


def test_long_functions_are_found() -> None:
    short = "def short():\n" + "    pass\n" * (MOST_LINES_OF_A_FUNCTION - 1)
    assert long_functions(short + short.replace("short", "long") + "    pass\n") == ["long"]


@pytest.mark.parametrize(
    ("line", "is_unexplained"),
    [
        ("x = 1  # type: ignore[attr-defined]", True),
        ("x = 1  # type: ignore[assignment,misc]", True),
        ("x = 1  # noqa: S603", True),
        ("x = 1  # noqa: F401  # app registry", False),
        ("x = 1  # type: ignore[misc]  # a mixin", False),
        ("x = 1  # noqa: S311 - no secret", False),
    ],
)
def test_suppressions_without_a_reason_are_found(line: str, is_unexplained: bool) -> None:
    assert bool(UNEXPLAINED.search(line + "\n")) == is_unexplained
