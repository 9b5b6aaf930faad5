"""The one style sheet of the public site: the site's and the apps' own sheets, and what is used of Designsystemet.

It is made when it is asked for or collected, and again when one of its sources or a template has changed.
"""

import os
import re
from collections.abc import Collection, Iterable, Iterator
from itertools import pairwise
from pathlib import Path

import lightningcss
from django.apps import apps
from django.conf import settings
from django.contrib.staticfiles import finders
from django.contrib.staticfiles.finders import BaseFinder
from django.contrib.staticfiles.utils import matches_patterns
from django.core.files.storage import FileSystemStorage

from verkosto.core.stylesheets import stylesheets

PATH = "css/all.css"
FOLDER = "vendor/designsystemet"
BASE = "base.css"
COMPONENTS = (
    "button.css",
    "error-summary.css",
    "field.css",
    "fieldset.css",
    "input.css",
    "label.css",
    "validation-message.css",
)
BEFORE = ("css/fonts.css",)
AFTER = ("css/site.css", "css/menu.css", "css/home.css", "css/footer.css")
#: Where names stand: in the tags of a template, in the strings of a script.
MARKUP = {".html": re.compile(r"<[^>]*>"), ".js": re.compile(r"""["'`][^"'`\n]*["'`]""")}
WORD = re.compile(r"[\w-]+")
#: A class, an attribute or its value in a selector.
NAME = re.compile(r"\.([\w-]+)|\[([\w-]+)(?:[~|^$*]?=\"?([^\]\"]*)\"?)?\]")
#: Packages whose templates are for the admin.
ADMIN_PACKAGES = {"django", "wagtail", "wagtail_localize"}
#: What the widgets of Django write, which stand in no template of ours.
INPUT_TYPES = (
    "checkbox",
    "radio",
    "file",
    "text",
    "email",
    "tel",
    "url",
    "search",
    "number",
    "date",
    "time",
    "select",
)
FUNCTION = re.compile(r":(not|is|where|has)\(")


class SiteStyleSheetFinder(BaseFinder):
    """Find the style sheet of the site among the static files."""

    storage = FileSystemStorage(location=settings.VAR_DIR / "stylesheet")

    def find(self, path: str, find_all: bool = False, **kwargs: object) -> str | list[str]:  # type: ignore[override]  # one signature for both
        """Return where the sheet lies, made anew if it is out of date; nothing for another path."""
        found = str(up_to_date(Path(self.storage.path(PATH)))) if path == PATH else ""
        return ([found] if found else []) if find_all else found

    def list(self, ignore_patterns: Iterable[str] | None) -> Iterator[tuple[str, FileSystemStorage]]:
        if not matches_patterns(PATH, list(ignore_patterns or [])):
            up_to_date(Path(self.storage.path(PATH)))
            yield PATH, self.storage


def up_to_date(target: Path) -> Path:
    """Return the file of the sheet, after writing it if a source is newer."""
    newest = max(path.stat().st_mtime for path in [*sources(), *pages()])
    if not target.exists() or target.stat().st_mtime < newest:
        target.parent.mkdir(parents=True, exist_ok=True)
        making = target.with_suffix(f".{os.getpid()}.making")
        making.write_text(build())
        making.replace(target)
    return target


def sheet(path: str) -> Path:
    """Return the file of a style sheet by its path below ``STATIC_URL``."""
    return Path(str(finders.find(path)))


def sources() -> list[Path]:
    vendor = [f"{FOLDER}/{name}" for name in (BASE, *COMPONENTS)]
    return [sheet(path) for path in (*BEFORE, *vendor, "css/designsystemet.css", *stylesheets(), *AFTER)]


def pages() -> list[Path]:
    """Return the files in which class names and attributes stand: templates, scripts and the code of the apps."""
    folders = [settings.BASE_DIR / "templates", settings.BASE_DIR / "static/js"]
    for config in apps.get_app_configs():
        if config.name.partition(".")[0] not in ADMIN_PACKAGES:
            folders.append(Path(config.path))
    files = [path for folder in folders for path in folder.rglob("*") if path.suffix in {".html", ".js", ".py"}]
    return [path for path in files if not {"admin", "mail", "migrations"}.intersection(path.parts)]


def build() -> str:
    """Return the whole sheet, minified."""
    known = known_names()
    used = [without_unused(sheet(f"{FOLDER}/{name}").read_text(), known) for name in (BASE, *COMPONENTS)]
    layers = "@layer ds.theme, ds.base, ds.components;"
    layers += f"@layer ds.base {{{used[0]}}} @layer ds.components {{{''.join(used[1:])}}}"
    own = ["css/designsystemet.css", *stylesheets(), *AFTER]
    parts = [*(sheet(path).read_text() for path in BEFORE), layers, *(sheet(path).read_text() for path in own)]
    return lightningcss.process_stylesheet("\n".join(parts), minify=True)


def known_names() -> set[str]:
    """Return all words in tags of templates, in strings of scripts, and those of the code that have a hyphen."""
    names = set(INPUT_TYPES)
    for path in pages():
        text = path.read_text()
        if path.suffix == ".py":
            names.update(word for word in WORD.findall(text) if "-" in word)
        else:
            names.update(WORD.findall(" ".join(MARKUP[path.suffix].findall(text))))
    return names


def without_unused(css: str, known: Collection[str]) -> str:
    """Return a sheet without the rules that need a class, an attribute or a value that is not known."""
    return "".join(_used_rules(lightningcss.process_stylesheet(css, minify=False), known))


def _used_rules(css: str, known: Collection[str]) -> Iterator[str]:
    """Yield the rules of a sheet or of an at-rule that can match something."""
    for head, body in _blocks(css):
        if not body:
            yield head
        elif head.startswith(("@media", "@supports", "@container")):
            yield f"{head}{{{''.join(_used_rules(body, known))}}}"
        elif head.startswith("@"):
            yield f"{head}{{{body}}}"
        elif selectors := [selector for selector in _split(head) if _can_match(selector, known)]:
            yield f"{', '.join(selectors)}{{{''.join(_used_rules(body, known))}}}"


def _blocks(css: str) -> Iterator[tuple[str, str]]:
    """Yield each rule as its head and its body, and each declaration as itself and ""."""
    start = 0
    for end, mark in _marks(css, "{}", ";"):
        if mark == ";":
            yield css[start : end + 1].strip(), ""
        else:
            head, _, body = css[start:end].partition("{")
            yield head.strip(), body
        start = end + 1
    yield css[start:].strip(), ""


def _split(selectors: str) -> list[str]:
    """Return the selectors of a list; a comma in parentheses belongs to its selector."""
    ends = [end for end, mark in _marks(selectors, "()", ",") if mark == ","]
    return [selectors[start:end].strip(", ") for start, end in pairwise([0, *ends, len(selectors)])]


def _marks(text: str, brackets: str, separator: str) -> Iterator[tuple[int, str]]:
    """Yield position and character of each separator and closing bracket that stands in no brackets or quotes."""
    depth = 0
    for match in re.finditer(r'"[^"]*"|[' + re.escape(brackets + separator) + "]", text):
        depth += {brackets[0]: 1, brackets[1]: -1}.get(match[0], 0)
        if depth == 0 and match[0] in (brackets[1], separator):
            yield match.start(), match[0]


def _can_match(selector: str, known: Collection[str]) -> bool:
    """Return whether all that a selector asks for is known; what it excludes need not be."""
    while match := FUNCTION.search(selector):
        end = (
            next(end for end, mark in _marks(selector[match.end() - 1 :], "()", ",") if mark == ")") + match.end() - 1
        )
        choices = _split(selector[match.end() : end])
        if match[1] != "not" and not any(_can_match(choice, known) for choice in choices):
            return False
        selector = selector[: match.start()] + selector[end + 1 :]
    return all(not name or name in known for names in NAME.findall(selector) for name in names)
