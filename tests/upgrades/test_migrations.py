"""A site can upgrade from any release: what its database has run is still what the migrations say."""

import re
from pathlib import Path

from django.conf import settings

from tests.upgrades import migrations


def test_no_migration_of_a_release_is_rewritten_or_removed() -> None:
    now = migrations.current(settings.BASE_DIR)
    assert "verkosto/registrations/migrations/0001_initial.py" in now
    assert migrations.rewritten(migrations.released(), now) == []


def test_each_version_of_the_changelog_is_recorded() -> None:
    """A release that nobody recorded would not be protected: `python -m tests.upgrades VERSION` does it."""
    changelog = (settings.BASE_DIR / "CHANGELOG.md").read_text()
    assert set(re.findall(r"^## \[(\d[^\]]*)\]", changelog, re.M)) == set(migrations.released())


def test_rewritten_and_removed_migrations_are_found_and_added_ones_are_not(tmp_path: Path) -> None:
    folder = tmp_path / "verkosto/core/migrations"
    folder.mkdir(parents=True)
    for name in ("__init__", "0001_initial", "0002_colour", "0003_size"):
        (folder / f"{name}.py").write_text(name)
    releases = {"0.1.0": migrations.current(tmp_path)}
    (folder / "0002_colour.py").write_text("another")
    (folder / "0003_size.py").unlink()
    (folder / "0004_new.py").write_text("new")
    assert migrations.rewritten(releases, migrations.current(tmp_path)) == [
        "0.1.0: verkosto/core/migrations/0002_colour.py",
        "0.1.0: verkosto/core/migrations/0003_size.py",
    ]
