"""What the code says about its settings, hooks and signals, read from its text without running it."""

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PACKAGES = ("verkosto", "event_pages", "network_pages")
HOOK = re.compile(r'(?<!register\()"(register_verkosto_\w+)"')
SIGNAL = re.compile(r"^- ``(\w+)``: (.*?)(?=^- |\Z)", re.MULTILINE | re.DOTALL)
#: How a docstring names the setting that it is about.
NAMED = re.compile(r" \(``\w+``\)")


@dataclass(frozen=True)
class Setting:
    """A setting that the code reads: its name, its default as code, and what the docstring around it says."""

    name: str
    default: str
    meaning: str


@dataclass(frozen=True)
class SignalText:
    """A public signal: its name, the module that defines it, and when it is sent with which arguments."""

    name: str
    module: str
    meaning: str


def module_files() -> Iterator[Path]:
    """Yield the modules of the packages, in alphabetical order."""
    for package in PACKAGES:
        yield from (path for path in sorted((ROOT / package).rglob("*.py")) if "migrations" not in path.parts)


def module_name(path: Path) -> str:
    """Return the dotted name of a module."""
    return ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")


def project_settings() -> list[Setting]:
    """Return the settings that the packages read with a default, but for those of Django and Wagtail."""
    found: dict[str, Setting] = {}
    for path in module_files():
        text = path.read_text()
        if "getattr(settings" in text:
            tree = ast.parse(text)
            constants = _constants(tree)
            for function in ast.walk(tree):
                if isinstance(function, ast.FunctionDef):
                    for setting in _settings_of(function, constants):
                        found.setdefault(setting.name, setting)
    return sorted(found.values(), key=lambda setting: setting.name)


def _constants(tree: ast.Module) -> dict[str, str]:
    """Return the plain values that a module gives names to, as code."""
    pairs = [
        (node.targets[0] if isinstance(node, ast.Assign) else node.target, node.value)
        for node in tree.body
        if isinstance(node, ast.Assign | ast.AnnAssign) and node.value
    ]
    return {
        target.id: ast.unparse(value)
        for target, value in pairs
        if isinstance(target, ast.Name) and isinstance(value, ast.Constant)
    }


def _settings_of(function: ast.FunctionDef, constants: dict[str, str]) -> Iterator[Setting]:
    meaning = meaning_of(ast.get_docstring(function) or "")
    for node in ast.walk(function):
        match node:
            case ast.Call(
                func=ast.Name(id="getattr"),
                args=[ast.Name(id="settings"), ast.Constant(value=str(name)), default],
            ) if not name.startswith(("WAGTAIL", "DEFAULT", "ROOT", "TASKS")):
                code = ast.unparse(default)
                yield Setting(name, constants.get(code, code), meaning)


def meaning_of(docstring: str) -> str:
    """Return the first paragraph of a docstring as a phrase about a value: what is returned, without the setting's name."""
    paragraph = " ".join(docstring.split("\n\n")[0].split())
    phrase = NAMED.sub("", paragraph).removeprefix("Return ").rstrip(".")
    return phrase[:1].upper() + phrase[1:]


def environment_names() -> dict[str, str]:
    """Return the environment variables that the site's settings read, each with its default as code ("" for none)."""
    found: dict[str, str] = {}
    for path in sorted((ROOT / "cms" / "settings").glob("*.py")):
        if path.stem in {"dev", "test"}:
            continue
        for node in ast.walk(ast.parse(path.read_text())):
            match node:
                case ast.Call(
                    func=ast.Attribute(value=ast.Name(id="env")),
                    args=[ast.Constant(value=str(name)), *_],
                    keywords=keywords,
                ):
                    default = next((ast.unparse(word.value) for word in keywords if word.arg == "default"), "")
                    found.setdefault(name, default)
    return found


def hook_modules() -> dict[str, str]:
    """Return the hooks that the packages call, each with the module that does."""
    found: dict[str, str] = {}
    for path in module_files():
        for hook in HOOK.findall(path.read_text()):
            found.setdefault(hook, module_name(path))
    return dict(sorted(found.items()))


def public_signals() -> list[SignalText]:
    """Return the signals of the modules named ``signals``, in the order in which these define them."""
    return [signal for path in module_files() if path.name == "signals.py" for signal in _signals_of(path)]


def _signals_of(path: Path) -> Iterator[SignalText]:
    tree = ast.parse(path.read_text())
    texts = {name: " ".join(text.split()) for name, text in SIGNAL.findall(ast.get_docstring(tree) or "")}
    for node in tree.body:
        match node:
            case ast.Assign(targets=[ast.Name(id=name)], value=ast.Call(func=ast.Name(id="Signal"))):
                yield SignalText(name, module_name(path), texts.get(name, ""))
