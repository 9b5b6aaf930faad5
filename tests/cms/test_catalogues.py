import gettext
import io
import os
from pathlib import Path

import polib
import pytest
from django.conf import settings

from cms import catalogues

HEADER = (
    'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\nPlural-Forms: nplurals=2; plural=(n != 1);\\n"\n\n'
)


def write(root: Path, entries: str, language: str = "fi") -> Path:
    path = root / "locale" / language / "LC_MESSAGES" / "django.po"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(HEADER + entries, encoding="utf-8")
    return path


def test_compile_writes_what_gettext_reads(tmp_path: Path) -> None:
    path = write(tmp_path, 'msgid "Event"\nmsgstr "Tapahtuma"\n')
    assert catalogues.compile_catalogue(path)
    assert gettext.GNUTranslations(io.BytesIO(path.with_suffix(".mo").read_bytes())).gettext("Event") == "Tapahtuma"


def test_compile_when_fresh_writes_nothing(tmp_path: Path) -> None:
    path = write(tmp_path, 'msgid "Event"\nmsgstr "Tapahtuma"\n')
    catalogues.compile_catalogue(path)
    assert not catalogues.compile_catalogue(path)
    os.utime(path, (2**32, 2**32))
    assert catalogues.compile_catalogue(path)


@pytest.mark.parametrize(
    ("entry", "problem"),
    [
        ('msgid "A"\nmsgstr "B"\n', []),
        ('msgid "A"\nmsgstr ""\n', ["missing: 'A'"]),
        ('#, fuzzy\nmsgid "A"\nmsgstr "B"\n', ["fuzzy: 'A'"]),
        ('#~ msgid "A"\n#~ msgstr "B"\n', ["obsolete: 'A'"]),
        ('msgid "A"\nmsgid_plural "As"\nmsgstr[0] "B"\nmsgstr[1] ""\n', ["missing: 'A'"]),
        ('msgid "A"\nmsgid_plural "As"\nmsgstr[0] "B"\nmsgstr[1] "Bs"\n', []),
        ('msgid "%(n)s A"\nmsgid_plural "%(n)s As"\nmsgstr[0] "one"\nmsgstr[1] "%(n)s B"\n', []),
        ('msgid "Hi %(name)s"\nmsgstr "Hei %(nimi)s"\n', ["placeholders differ: 'Hi %(name)s'"]),
        ('msgid "Hi %(name)s"\nmsgstr "Hei"\n', ["placeholders differ: 'Hi %(name)s'"]),
    ],
)
def test_problems_of_an_entry(tmp_path: Path, entry: str, problem: list[str]) -> None:
    assert list(catalogues.problems(write(tmp_path, entry))) == problem


@pytest.mark.parametrize(
    ("entry", "problem"),
    [
        ('msgid "A"\nmsgstr "A"\n', []),
        ('msgid "A"\nmsgstr "B"\n', ["English differs from its source: 'A'"]),
        ('msgctxt "c"\nmsgid "A"\nmsgstr "B"\n', ["English differs from its source: 'A'"]),
        ('msgid "A"\nmsgid_plural "As"\nmsgstr[0] "A"\nmsgstr[1] "As"\n', []),
        (
            'msgid "A"\nmsgid_plural "As"\nmsgstr[0] "A"\nmsgstr[1] "A"\n',
            ["English differs from its source: 'A'"],
        ),
    ],
)
def test_problems_of_an_english_entry(tmp_path: Path, entry: str, problem: list[str]) -> None:
    assert list(catalogues.problems(write(tmp_path, entry, "en"))) == problem


def test_problems_of_a_listed_english_exception(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(catalogues, "ENGLISH_EXCEPTIONS", {("c", "A")})
    path = write(tmp_path, 'msgctxt "c"\nmsgid "A"\nmsgstr "B"\n\nmsgid "A"\nmsgstr "B"\n', "en")
    assert list(catalogues.problems(path)) == ["English differs from its source: 'A'"]


@pytest.mark.gettext
def test_drift_names_strings_on_either_side(tmp_path: Path) -> None:
    (tmp_path / "views.py").write_text('_("Kept")\n_("New")\n', encoding="utf-8")
    write(tmp_path, 'msgid "Kept"\nmsgstr "Pysyy"\n\nmsgid "Gone"\nmsgstr "Poissa"\n')
    name = Path("locale/fi/LC_MESSAGES/django.po")
    assert list(catalogues.drift(tmp_path, ["fi"])) == [
        f"{name}: not in the catalogue: 'New'",
        f"{name}: no longer in the source: 'Gone'",
    ]
    assert "New" not in {entry.msgid for entry in polib.pofile(str(tmp_path / name))}


def test_every_catalogue_of_the_project_is_complete() -> None:
    found = {
        str(path.relative_to(settings.BASE_DIR)): list(catalogues.problems(path))
        for path in catalogues.catalogues(settings.BASE_DIR)
    }
    assert {name: problems for name, problems in found.items() if problems} == {}


@pytest.mark.parametrize("language", ["fi", "sv"])
def test_apps_translate_a_text_alike(language: str) -> None:
    """Django shows the translation of the app that comes first in INSTALLED_APPS: the others would never be seen."""
    found: dict[tuple[str | None, str], set[str]] = {}
    for path in catalogues.catalogues(settings.BASE_DIR):
        if path.parts[-3] == language and "overlay" not in path.parts:
            for entry in polib.pofile(str(path)):
                shown = entry.msgstr_plural.get(0, entry.msgstr)
                found.setdefault((entry.msgctxt, entry.msgid), set()).add(shown)
    assert {text: translations for text, translations in found.items() if len(translations) > 1} == {}
