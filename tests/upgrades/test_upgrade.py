"""A site of any release, upgraded to today's code, has lost nothing and works: on SQLite and on PostgreSQL.

Before the first release, and beside each release, the database that today's code would record is upgraded.
"""

import json
import shutil
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings

from tests import instance
from tests.upgrades import dumps, migrations

pytestmark = [pytest.mark.minutes]

TODAY = "today"
#: What a migration since a release changes on purpose, as ``losses`` names it, and why.
INTENDED: dict[str, str] = {}
CASES = [
    *((version, "sqlite") for version in (*dumps.names(), TODAY)),
    *(pytest.param(version, "postgresql", marks=pytest.mark.postgresql) for version in dumps.names()),
]
WORD = "Vem lyssnar"  # the title of an event in Swedish begins so

PLANTED = """
from django.db import migrations, models

def lose(apps, schema_editor):
    apps.get_model("verkosto_registrations", "Registration").objects.update(name="")
    apps.get_model("verkosto_registrations", "Message").objects.all().delete()

class Migration(migrations.Migration):
    dependencies = [("verkosto_registrations", "{leaf}")]
    operations = [
        migrations.RunPython(lose),
        migrations.RemoveField("registration", "answers"),
        migrations.AddField("registration", "colour", models.CharField(max_length=9, default="red")),
    ]
"""


@pytest.fixture(scope="module")
def today(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the database of today's demo on SQLite, which the suite has already, in the form of a release's."""
    folder, work = tmp_path_factory.mktemp("recorded"), tmp_path_factory.mktemp("work")
    with instance.demo_template() as demo:
        shutil.copyfile(demo / "db.sqlite3", work / "db.sqlite3")
    code = "from tests.upgrades import content\ncontent.index()\ncontent.print_facts()"
    process = dumps.started(code, dumps.environment(f"sqlite:///{work}/db.sqlite3", work))
    said = process.communicate()[0]
    assert process.returncode == 0
    dumps.write(dumps.dump_of(TODAY, "sqlite", folder), dumps.sqlite_dump(work / "db.sqlite3"), preset=0)
    dumps.write_facts(TODAY, "sqlite", folder, said)
    return folder


def run(call: str, url: str, work: Path, settings_module: str = "cms.settings.dev") -> Any:
    """Call a function of ``tests.upgrades.upgrade`` in a process of its own, and return what it prints."""
    code = f"from tests.upgrades import upgrade\nupgrade.{call}"
    process = dumps.started(code, dumps.environment(url, work, settings_module))
    said = process.communicate()[0]
    assert process.returncode == 0
    return json.loads(said.splitlines()[-1])


def test_each_release_has_its_migrations_and_its_databases_recorded() -> None:
    """There is nothing to upgrade from before 0.1.0: `python -m tests.upgrades 0.1.0` writes both."""
    assert dumps.names() == sorted(migrations.released())
    recorded = [dumps.dump_of(version, vendor) for version in dumps.names() for vendor in dumps.VENDORS]
    assert [path.name for path in recorded if not 0 < path.stat().st_size < dumps.LIMIT] == []


@pytest.mark.parametrize(("version", "vendor"), CASES)
def test_upgraded_site_has_lost_nothing_and_works(version: str, vendor: str, today: Path, tmp_path: Path) -> None:
    folder = today if version == TODAY else dumps.DUMPS
    facts = dumps.facts_of(version, vendor, folder)
    with dumps.restored(version, vendor, tmp_path, folder) as url:
        seen = run(f"run({facts.moment!r}, {facts.link!r}, {facts.reference!r}, {WORD!r})", url, tmp_path)
    assert [loss for loss in seen["losses"] if loss not in INTENDED] == []
    assert seen["counts"] == facts.counts
    assert seen["makemigrations"] == "No changes detected"
    assert "exit" not in seen["check_desks"]
    assert [row for row in seen["found"] if WORD in row] != []
    assert len(seen["pages"]) >= 10
    assert {name: headings for name, (title, headings) in seen["pages"].items() if headings != [title]}.keys() <= {
        "HomePage"  # its heading is its summary
    }
    assert seen["renamed"] == ["True", "Uusi Nimi"]


def test_migration_that_loses_data_is_found(today: Path, tmp_path: Path) -> None:
    source = settings.BASE_DIR / "verkosto/registrations/migrations"
    shutil.copytree(source, tmp_path / "planted", ignore=shutil.ignore_patterns("__pycache__"))
    leaf = max(path.stem for path in source.glob("[0-9]*.py"))
    (tmp_path / "planted/9999_planted.py").write_text(PLANTED.format(leaf=leaf))
    planted = 'from cms.settings.dev import *\nMIGRATION_MODULES = {"verkosto_registrations": "planted"}\n'
    (tmp_path / "planted_settings.py").write_text(planted)
    with dumps.restored(TODAY, "sqlite", tmp_path, today) as url:
        lost = run("migrate()", url, tmp_path, "planted_settings")
    facts = dumps.facts_of(TODAY, "sqlite", today)
    registrations, emails = facts.counts["registrations"], facts.counts["emails"]
    assert lost == [
        f"verkosto_registrations_message: {emails} of {emails} rows are gone",
        "verkosto_registrations_registration.answers: the column is gone",
        f"verkosto_registrations_registration.name: {registrations} of {registrations} values differ",
    ]
