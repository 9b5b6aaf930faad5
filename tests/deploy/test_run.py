"""deploy/run: where it takes settings from, and what it starts. A stand-in for Python says what it was given."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest
from django.conf import settings

PYTHON = """#!/bin/sh
printf '%s|' "$(basename "$PWD")" "$@" "$DJANGO_SETTINGS_MODULE" "${SITE_URL:-}" "${DEFAULT_FROM_EMAIL:-}" "${WEB_BIND:-}"
"""


@pytest.fixture
def run(tmp_path: Path):
    """Run the script in a folder of its own, with the lines of a settings file and an environment."""
    site = tmp_path / "site"
    (site / "deploy").mkdir(parents=True)
    (site / ".venv/bin").mkdir(parents=True)
    shutil.copy(settings.BASE_DIR / "deploy/run", site / "deploy/run")
    (site / ".venv/bin/python").touch(0o755)

    def command(
        *arguments: str, lines: str = "", python: str = PYTHON, **environment: str
    ) -> subprocess.CompletedProcess[str]:
        (site / ".venv/bin/python").write_text(python)
        (tmp_path / "verkosto.env").write_text(lines)
        given = {"PATH": os.environ["PATH"], "VERKOSTO_ENV": str(tmp_path / "verkosto.env"), **environment}
        return subprocess.run(
            [site / "deploy/run", *arguments], env=given, cwd="/", capture_output=True, text=True, check=False
        )

    return command


@pytest.mark.parametrize(
    ("command", "started"),
    [
        (["web"], "-m|gunicorn|--bind|127.0.0.1:8000|--workers|3"),
        (["web", "--reload"], "-m|gunicorn|--bind|127.0.0.1:8000|--workers|3|--reload"),
        (["worker"], "manage.py|db_worker|--queue-name|*"),
        (["timer"], "manage.py|run_scheduled_work|--every|60"),
        (["migrate", "--plan"], "manage.py|migrate_once|--plan"),
        (["check"], "manage.py|check|--deploy|--database|default"),
        (["first-site", "--name", "Yksi verkosto"], "manage.py|start_site|--name|Yksi verkosto"),
        (["manage", "dumpdata"], "manage.py|dumpdata"),
        (["ready"], "deploy/ready.py"),
    ],
)
def test_each_command_starts_its_program(run, command: list[str], started: str) -> None:
    done = run(*command, WEB_CONCURRENCY="3")
    assert (done.returncode, done.stdout, done.stderr) == (0, f"site|{started}|cms.settings.production||||", "")


def test_settings_file_is_read_as_it_is(run) -> None:
    lines = (
        "# a comment\n\nSECRET_KEY=a=b\nSITE_URL=https://verkosto.example.fi\n"
        'DEFAULT_FROM_EMAIL=Verkosto <a@example.fi> $(touch /x) `y` "z"\nWEB_BIND=0.0.0.0:80'
    )
    given = run("manage", "x", lines=lines).stdout.split("|")[3:-1]
    assert given == [
        "cms.settings.production",
        "https://verkosto.example.fi",
        'Verkosto <a@example.fi> $(touch /x) `y` "z"',
        "0.0.0.0:80",
    ]


def test_settings_file_is_left_alone_where_the_environment_has_settings(run) -> None:
    done = run(
        "manage", "x", lines="SITE_URL=https://other.example.fi\n", SECRET_KEY="k", SITE_URL="https://a.example.fi"
    )
    assert done.stdout == "site|manage.py|x|cms.settings.production|https://a.example.fi|||"


def test_wrong_line_is_named_without_its_value(run) -> None:
    done = run("manage", "x", lines="export SECRET_KEY=abc\n")
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("deploy/run: not NAME=value in /")
    assert "abc" not in done.stderr


@pytest.mark.parametrize(("arguments", "first_line"), [([], "deploy/run COMMAND [ARGUMENTS]"), (["fly"], "")])
def test_unknown_command_lists_all(run, arguments: list[str], first_line: str) -> None:
    done = run(*arguments)
    assert (done.returncode, done.stdout.partition("\n")[0]) == (2, first_line)
    assert "first-site" in done.stdout + done.stderr


def test_worker_gives_way_to_the_web_server(run) -> None:
    python = PYTHON + "nice >&2\n"
    priorities = {name: int(run(name, python=python, SECRET_KEY="x").stderr) for name in ("web", "worker")}
    assert priorities["worker"] == priorities["web"] + 10
