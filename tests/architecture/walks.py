"""The three changes of docs/architecture.md as its tables describe them, and as calls of functions show them."""

import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from inspect import CO_GENERATOR
from pathlib import Path
from types import CodeType, FrameType

ROOT = Path(__file__).resolve().parents[2]
DOCUMENT = ROOT / "docs" / "architecture.md"
# Where a path of a table is looked for, besides the folder of the path before it.
FOLDERS = ("verkosto", "")
IN_CODE = re.compile(r"`([^`]+)`")


@dataclass
class Walk:
    """The steps of a change: the modules and folders of each, as paths from the root."""

    steps: list[list[str]] = field(default_factory=list)
    # (module or folder, function or class that the table names after it)
    functions: list[tuple[str, str]] = field(default_factory=list)
    returned_to: set[str] = field(default_factory=set)

    @property
    def names(self) -> set[str]:
        return {name for step in self.steps for name in step}


def read_walk(heading: str) -> Walk:
    """Return the change below a heading of the document. Raises FileNotFoundError for a path that does not exist."""
    section = re.split(r"\n##", DOCUMENT.read_text().split(f"\n### {heading}\n")[1])[0]
    room = f"verkosto/{IN_CODE.findall(section.split('|')[0])[0].strip('/')}"
    table, rest = section.split("Returned to", 1)
    walk = Walk()
    for row in re.findall(r"^\| \d+\. [^|]*\|(.*)\|$", table, re.MULTILINE):
        step: list[str] = []
        for token in IN_CODE.findall(row):
            if token.endswith((".py", "/")):
                step.append(_path_of(token, room, step[-1] if step else ""))
            else:
                walk.functions.append((step[-1], token.rpartition(".")[2]))
        walk.steps.append(step)
    named = {token for token in IN_CODE.findall(rest) if token.endswith((".py", "/"))}
    walk.returned_to = {_path_of(token, room, "") for token in named}
    return walk


def _path_of(token: str, room: str, before: str) -> str:
    folders = [room, str(Path(before).parent) if before else room, *FOLDERS]
    found = next((path for path in (Path(folder) / token for folder in folders) if (ROOT / path).exists()), None)
    if found is None:
        raise FileNotFoundError(token)
    return found.as_posix()


def sources_of(name: str) -> str:
    """Return the text of a module, or of all modules in a folder."""
    path = ROOT / name
    return "\n".join(each.read_text() for each in (path.rglob("*.py") if path.is_dir() else [path]))


@cache
def _module_of(file: str) -> str:
    """Return the path of one of our modules from the root; "" for tests and libraries."""
    path = Path(file)
    if not path.is_relative_to(ROOT):
        return ""
    name = path.relative_to(ROOT).as_posix()
    return "" if name.startswith(("tests/", ".venv/", "node_modules/")) else name


@contextmanager
def called_modules() -> Iterator[list[str]]:
    """Record our modules in the order in which others of them, or a library, call them.

    A generator that is read on, and a function that a module has passed on, are no new call of their module.
    """
    called: list[str] = []
    generators: set[CodeType] = set()

    def profile(frame: FrameType, event: str, _argument: object) -> None:
        code = frame.f_code
        module = _module_of(code.co_filename) if event == "call" else ""
        if not module or code in generators or code.co_name == "<module>" or module == _caller(frame):
            return
        if code.co_flags & CO_GENERATOR:
            generators.add(code)
        if "<locals>" not in code.co_qualname or module not in called:
            called.append(module)

    before = sys.getprofile()
    sys.setprofile(profile)
    try:
        yield called
    finally:
        sys.setprofile(before)


def _caller(frame: FrameType) -> str:
    """Return which of our modules called a frame, directly or through libraries; "" for none."""
    below = frame.f_back
    while below is not None and not (module := _module_of(below.f_code.co_filename)):
        below = below.f_back
    return module if below is not None else ""


def returned_to(walk: Walk, called: list[str]) -> set[str]:
    """Return which modules of a walk are called in a later step than the first that names them.

    Raises AssertionError if a module is called for the first time after a later step has begun, or if a step is missing.
    """
    current, seen, found = 0, set(), set()
    for module in called:
        name = next((each for each in walk.names if module == each or module.startswith(f"{each}/")), None)
        if name is None:
            continue
        steps = [number for number, step in enumerate(walk.steps) if name in step]
        if name not in seen:
            assert steps[0] >= current, f"{name} belongs to step {steps[0] + 1} and is called in step {current + 1}"
            current = steps[0]
            seen.add(name)
        elif current != steps[0]:
            found.add(name)
    reached = {number for number, step in enumerate(walk.steps) if seen & set(step)}
    assert len(reached) == len(walk.steps), f"reached: {sorted(number + 1 for number in reached)}"
    return found
