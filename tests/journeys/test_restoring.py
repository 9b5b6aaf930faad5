"""A backup, put into an empty place as docs/operators.md says: the same counts, and nobody back who was erased."""

import json
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest
from django.conf import settings

from tests.instance import Instance, environment
from tests.journeys.conftest import Web
from tests.journeys.signing_up import OPEN, filled_in

pytestmark = pytest.mark.journey


def manage(folder: Path, url: str, *arguments: str) -> str:
    command = [sys.executable, "manage.py", *arguments]
    done = subprocess.run(
        command, cwd=settings.BASE_DIR, env=environment(folder, url), check=True, capture_output=True, text=True
    )
    return done.stdout


def test_backup_in_an_empty_place_counts_alike_and_erases_again(instance: Instance, web: Web, tmp_path: Path) -> None:
    desk = instance.desk(OPEN, "fi")
    for name in ("stays", "leaves"):
        web.post(desk, filled_in(web.get(desk).text, name=f"Restored {name}", email=f"{name}@example.fi"))
    link = instance.personal_link("leaves@example.fi")
    with closing(sqlite3.connect(instance.folder / "db.sqlite3", timeout=20)) as database:
        database.execute("VACUUM INTO ?", [str(tmp_path / "db.sqlite3")])
    with Web(instance.url) as registrant:
        registrant.get(link)
        assert registrant.post(instance.manage_path("leaves@example.fi") + "erase/").status_code == 200
    erasures = tmp_path / "erasures.txt"
    manage(instance.folder, instance.url, "reapply_erasures", f"--save={erasures}")
    counted = manage(instance.folder, instance.url, "check_desks", "--json")

    restored = Instance(instance.url, tmp_path)
    emails = "SELECT email FROM verkosto_registrations_registration WHERE name LIKE 'Restored%' ORDER BY 1"
    assert restored.rows(emails) == [("leaves@example.fi",), ("stays@example.fi",)]
    manage(tmp_path, instance.url, "migrate", "--verbosity=0")
    assert manage(tmp_path, instance.url, "reapply_erasures", f"--load={erasures}").strip() == "erased again: 1"
    assert restored.rows(emails) == instance.rows(emails) == [("stays@example.fi",)]
    again = manage(tmp_path, instance.url, "check_desks", "--json")
    assert [json.loads(line) for line in again.splitlines()] == [json.loads(line) for line in counted.splitlines()]
    assert "leaves@example.fi" not in "\n".join(backup_text(tmp_path / "db.sqlite3"))


def backup_text(path: Path) -> list[str]:
    with closing(sqlite3.connect(path)) as database:
        return list(database.iterdump())
