"""Public signatures say what they take and return; ``Any`` only where a library gives no type."""

import ast
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
ROOMS = ("cms", "home", "network_pages", "event_pages", "verkosto")

# How often ``Any`` stands in the public signatures of a module, outside ``*args`` and ``**kwargs``, and why.
ALLOWED: dict[str, tuple[int, str]] = {
    "cms/service_urls.py": (6, "entries of Django's settings, which Django and django-environ leave open"),
    "event_pages/imports/values.py": (1, "a cell of a file, or what a field of an event has"),
    "verkosto/operations/logging_settings.py": (1, "settings of logging, which Python leaves open"),
    "verkosto/operations/sentry.py": (3, "a report of Sentry, whose library leaves its shape open"),
    "verkosto/registrations/forms/guest_answers.py": (1, "what the fields of a form clean their values to"),
    "verkosto/registrations/forms/layout.py": (1, "the error of Django's Form.add_error, in any of its shapes"),
    "verkosto/registrations/forms/question_fields.py": (1, "what a form field cleans a value to"),
    "verkosto/registrations/questions/types/base.py": (
        1,
        "what a form field cleans a value to: each type has its own",
    ),
}


def is_public(name: str) -> bool:
    return not name.startswith("_") or name.startswith("__")


def public_functions(body: list[ast.stmt]) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    for node in body:
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and is_public(node.name):
            yield node
        elif isinstance(node, ast.ClassDef) and is_public(node.name):
            yield from public_functions(node.body)
        elif isinstance(node, ast.If):
            yield from public_functions([*node.body, *node.orelse])


def uses_of_any(source: str) -> int:
    """Return how often ``Any`` stands in the public signatures of a module, also within a string."""
    found = 0
    for function in public_functions(ast.parse(source).body):
        arguments = (*function.args.posonlyargs, *function.args.args, *function.args.kwonlyargs)
        for annotation in (*(argument.annotation for argument in arguments), function.returns):
            if isinstance(annotation, ast.Constant) and isinstance(annotation.value, str):
                annotation = ast.parse(annotation.value, mode="eval").body
            nodes = ast.walk(annotation) if annotation else ()
            found += sum(isinstance(node, ast.Name) and node.id == "Any" for node in nodes)
    return found


def test_counting_leaves_out_star_arguments_and_what_is_private() -> None:
    source = """
def shown(value: Any, *args: Any, other: "dict[str, Any]", **kwargs: Any) -> list[Any]: ...
def _hidden(value: Any) -> Any: ...
class Shown:
    def __init__(self, value: Any) -> None: ...
class _Hidden:
    def shown(self) -> Any: ...
"""
    assert uses_of_any(source) == 4


def test_any_is_used_in_public_signatures_only_where_a_library_gives_no_type() -> None:
    found = {}
    for room in ROOMS:
        for path in sorted((ROOT / room).rglob("*.py")):
            number = uses_of_any(path.read_text()) if "migrations" not in path.parts else 0
            if number:
                found[path.relative_to(ROOT).as_posix()] = number
    assert found == {module: number for module, (number, _reason) in ALLOWED.items()}
