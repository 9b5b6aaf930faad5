"""Imports point one way between rooms and between modules, and are at the top of modules."""

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import grimp
import pytest

ROOT = Path(__file__).resolve().parents[2]
PACKAGES = ("cms", "home", "network_pages", "event_pages", "verkosto")
#: Why an import may be inside a function. The first is for `ready()` in apps.py only.
APP_REGISTRY, OPTIONAL_DEPENDENCY = "# app registry", "# optional dependency"


def test_imports_follow_the_contracts() -> None:
    """The layers and forbidden imports in pyproject.toml."""
    command = [str(Path(sys.executable).parent / "lint-imports")]
    result = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stdout


def test_modules_do_not_import_each_other_in_cycles() -> None:
    graph = grimp.build_graph(*PACKAGES, exclude_type_checking_imports=True, cache_dir=None)
    imports = {module: graph.find_modules_directly_imported_by(module) for module in graph.modules}
    assert cycles(imports) == []


def test_every_import_in_a_function_has_a_fixed_reason() -> None:
    paths = [path for package in PACKAGES for path in sorted((ROOT / package).rglob("*.py"))]
    assert [problem for path in paths for problem in unexplained_imports(path.read_text(), path)] == []


@pytest.mark.parametrize(
    ("imports", "expected"),
    [
        ({"a": {"b"}, "b": {"c"}, "c": set()}, []),
        ({"a": {"b"}, "b": {"c"}, "c": {"b"}}, [["b", "c"]]),
        ({"a": {"b"}, "b": {"c"}, "c": {"a"}, "d": {"a"}}, [["a", "b", "c"]]),
    ],
)
def test_cycles_are_found(imports: dict[str, set[str]], expected: list[list[str]]) -> None:
    assert cycles(imports) == expected


def test_unexplained_imports_are_found() -> None:
    source = """def f():
    import a  # optional dependency
    from b import (
        c,
    )
    import d  # app registry
"""
    assert unexplained_imports(source, ROOT / "home" / "x.py") == ["home/x.py:3", "home/x.py:6"]
    assert unexplained_imports("def ready():\n    import d  # app registry\n", ROOT / "home" / "apps.py") == []


def cycles(imports: dict[str, set[str]]) -> list[list[str]]:
    """Return the groups of modules that import each other, directly or not (strongly connected components)."""
    reachable = {module: _reachable(module, imports) for module in imports}
    groups = {
        tuple(sorted(other for other in reachable[module] if module in reachable.get(other, ())))
        for module in imports
        if module in reachable[module]
    }
    return [list(group) for group in sorted(groups)]


def _reachable(module: str, imports: dict[str, set[str]]) -> set[str]:
    """Return the modules that a module imports, directly or not: itself too if it is in a cycle."""
    found: set[str] = set()
    waiting = [*imports.get(module, ())]
    while waiting:
        other = waiting.pop()
        if other not in found:
            found.add(other)
            waiting.extend(imports.get(other, ()))
    return found


def unexplained_imports(source: str, path: Path) -> list[str]:
    """Return the file and line of each import in a function without a reason in a comment on one of its lines."""
    reasons = [OPTIONAL_DEPENDENCY, *([APP_REGISTRY] if path.name == "apps.py" else [])]
    lines = source.splitlines()
    return [
        f"{path.relative_to(ROOT)}:{node.lineno}"
        for node in _imports_in_functions(ast.parse(source))
        if not any(reason in line for line in lines[node.lineno - 1 : node.end_lineno] for reason in reasons)
    ]


def _imports_in_functions(tree: ast.AST) -> Iterator[ast.Import | ast.ImportFrom]:
    functions = (node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef))
    imports = {
        node for function in functions for node in ast.walk(function) if isinstance(node, ast.Import | ast.ImportFrom)
    }
    yield from sorted(imports, key=lambda node: node.lineno)
