"""Compiling and checking the message catalogues (``locale/<language>/LC_MESSAGES/django.po``).

``cms/overlay`` contains translations that Wagtail's and wagtail-localize's own catalogues lack.

Compiling needs no gettext tools, so that the demo starts without them. Comparing catalogues with the source does.
"""

import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path

import polib

PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%[sd]|\{\w*\}")
NAMES = {"django.po", "djangojs.po"}
EXCLUDED_FOLDERS = {"build", "dist", "node_modules", "var", "tests", "bench", "docs"}
SOURCES = {".py", ".html", ".txt", ".po"}
# English texts that may differ from their source text, as (context, source text).
ENGLISH_EXCEPTIONS: set[tuple[str | None, str]] = set()


def catalogues(root: Path) -> list[Path]:
    """Return the project's own catalogues under ``root``, sorted by path."""
    return sorted(path for path in _own_files(root) if path.name in NAMES)


def compile_catalogue(path: Path) -> bool:
    """Compile the catalogue to a ``.mo`` file if that is missing or older. Return whether it was compiled."""
    target = path.with_suffix(".mo")
    if target.exists() and target.stat().st_mtime >= path.stat().st_mtime:
        return False
    # Other processes may read or write the same file, so it is replaced atomically.
    with tempfile.NamedTemporaryFile(dir=path.parent, suffix=".tmp", delete=False) as file:
        file.write(polib.pofile(str(path)).to_binary())
    Path(file.name).replace(target)
    return True


def problems(path: Path) -> Iterator[str]:
    """Yield problems of entries: obsolete, fuzzy, missing, other placeholders, English that differs from its msgid."""
    english = path.parents[1].name == "en"
    for entry in polib.pofile(str(path)):
        if entry.obsolete:
            yield f"obsolete: {entry.msgid!r}"
            continue
        if entry.fuzzy:
            yield f"fuzzy: {entry.msgid!r}"
        forms = list(entry.msgstr_plural.values()) if entry.msgid_plural else [entry.msgstr]
        if not all(forms) or (entry.msgid_plural and len(forms) < 2):
            yield f"missing: {entry.msgid!r}"
            continue
        source = set(PLACEHOLDER.findall(entry.msgid + (entry.msgid_plural or "")))
        for form in forms:
            unknown = set(PLACEHOLDER.findall(form)) - source
            lost = set() if entry.msgid_plural else source - set(PLACEHOLDER.findall(form))
            if unknown or lost:
                yield f"placeholders differ: {entry.msgid!r}"
                break
        sources = [entry.msgid, entry.msgid_plural] if entry.msgid_plural else [entry.msgid]
        if english and forms != sources and (entry.msgctxt, entry.msgid) not in ENGLISH_EXCEPTIONS:
            yield f"English differs from its source: {entry.msgid!r}"


def drift(root: Path, languages: Iterable[str]) -> Iterator[str]:
    """Yield strings that are in the source but not in a catalogue, and the other way round.

    Raises FileNotFoundError without gettext's ``xgettext``.
    """
    if not shutil.which("xgettext"):
        raise FileNotFoundError("xgettext")
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder)
        for path in _own_files(root):
            target = copy / path.relative_to(root)
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(path, target)
        (copy / "locale").mkdir(exist_ok=True)
        command = [sys.executable, "-m", "django", "makemessages", "--no-obsolete", "--no-location"]
        environment = {key: value for key, value in os.environ.items() if key != "DJANGO_SETTINGS_MODULE"}
        subprocess.run(  # noqa: S603 - our own command line
            [*command, *(f"-l{language}" for language in languages)],
            cwd=copy,
            env=environment,
            check=True,
            capture_output=True,
        )
        for fresh in catalogues(copy):
            stored = root / fresh.relative_to(copy)
            before, after = _strings(stored), _strings(fresh)
            name = fresh.relative_to(copy)
            yield from (f"{name}: not in the catalogue: {text!r}" for text in sorted(after - before))
            yield from (f"{name}: no longer in the source: {text!r}" for text in sorted(before - after))


def _strings(path: Path) -> set[str]:
    if not path.exists():
        return set()
    return {"|".join(filter(None, [e.msgctxt, e.msgid, e.msgid_plural])) for e in polib.pofile(str(path))}


def _own_files(root: Path) -> Iterator[Path]:
    for folder, names, files in os.walk(root):
        names[:] = [name for name in names if name not in EXCLUDED_FOLDERS and not name.startswith((".", "__"))]
        yield from (Path(folder, name) for name in files if Path(name).suffix in SOURCES)
