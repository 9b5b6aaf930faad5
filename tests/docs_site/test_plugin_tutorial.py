"""The tutorial “A plugin in ten minutes”, executed from its text."""

import importlib
import io
import sys
import unittest
from collections.abc import Iterator
from pathlib import Path

import pytest
from wagtail import hooks

from event_pages.event_types import event_types
from tests.docs_site.tutorials import commands, steps
from verkosto.registrations.questions.registry import question_types

APP = "postcodes"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A folder to import from; nothing of what was imported or registered stays."""
    monkeypatch.syspath_prepend(str(tmp_path))
    monkeypatch.setattr(hooks, "_hooks", {name: list(registered) for name, registered in hooks._hooks.items()})
    question_types.cache_clear()
    yield tmp_path
    question_types.cache_clear()
    for name in [name for name in sys.modules if name.partition(".")[0] == APP]:
        del sys.modules[name]


def test_plugin_of_the_tutorial_works_and_passes_its_own_tests(folder: Path) -> None:
    assert APP not in {name for name, _label in event_types()}
    make, install, *files, run = steps("plugin")
    assert commands(make) == [f"mkdir {APP}", f"touch {APP}/__init__.py"]
    (folder / APP).mkdir()
    (folder / APP / "__init__.py").touch()
    assert (install.file, install.text) == (
        "mysite/settings/base.py",
        f'INSTALLED_APPS = ["{APP}", *INSTALLED_APPS]\n',
    )
    assert [step.file for step in files] == [f"{APP}/{name}.py" for name in ("questions", "wagtail_hooks", "tests")]
    for step in files:
        (folder / step.file).write_text(step.text)

    importlib.import_module(f"{APP}.wagtail_hooks")  # as Wagtail does for an app that is installed
    assert question_types()["postcode"].label == "Postcode"
    assert commands(run) == [f"python manage.py test {APP}"]
    suite = unittest.defaultTestLoader.loadTestsFromName(f"{APP}.tests")
    printed = io.StringIO()
    result = unittest.TextTestRunner(printed).run(suite)
    assert (result.testsRun, printed.getvalue().strip().rpartition("\n")[2]) == (2, "OK"), printed.getvalue()
