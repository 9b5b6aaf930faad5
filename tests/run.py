"""``make test``: run the tests on every available database, and report what was left out.

Where PostgreSQL is available, everything runs on it, as in production, and what the database may change on SQLite too
(``tests/selection.py`` lists it, with reasons, and the few files that run on one of them alone). Without PostgreSQL, and
with ``--sqlite`` (``make test-sqlite``), everything runs on SQLite.

Where ``CI`` is set, nothing may be missing. Further arguments go to pytest. Up to three tests that fail are run once
more, alone: those that then pass are named as unstable, and the run passes.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
from contextlib import ExitStack
from pathlib import Path

from tests import services

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))

#: pytest's exit code where no test was collected.
NOTHING_CHOSEN = 5
#: More failures are a fault of the code, and no accident of two processes side by side.
MAX_UNSTABLE = 3


def run(name: str, environment: dict[str, str], leave_out: list[str], arguments: list[str]) -> int:
    """Run pytest once, and a few failed tests once more, alone. Return its exit code."""
    expression = " and ".join(f"not {marker}" for marker in leave_out)
    print(f"\n== Tests on {name}" + (f" ({expression})" if expression else ""), flush=True)
    with tempfile.TemporaryDirectory(prefix="verkosto-pytest-") as cache:
        command = [sys.executable, "-m", "pytest", "-q", "-o", f"cache_dir={cache}", "-m", expression, *arguments]
        side_by_side = [*command, "-n", "2", "--dist", "loadfile", "--no-loadscope-reorder"]  # as conftest.py orders
        code = subprocess.run(side_by_side, cwd=ROOT, env=environment, check=False).returncode
        failed = failed_tests(cache)
        if code != 1 or not 0 < len(failed) <= MAX_UNSTABLE:
            return code
        print("\n== Failed beside others; once more, alone: " + ", ".join(failed), flush=True)
        alone = [*command, "--last-failed", "--last-failed-no-failures", "none"]
        code = subprocess.run(alone, cwd=ROOT, env=environment, check=False).returncode
        if code == 0:
            print("UNSTABLE, to be fixed: " + ", ".join(failed), flush=True)
        return code


def prepare(databases: list[str], environment: dict[str, str], *, demo: bool) -> None:
    """Migrate the templates of the test databases and load the demo, side by side: each takes a core for a minute."""
    manage = [sys.executable, "manage.py"]
    subprocess.run([*manage, "compile_po"], cwd=ROOT, env=environment, check=True, stdout=subprocess.DEVNULL)
    makers = [("databases.template()", {"DATABASE_URL": database}) for database in databases]
    makers += [("with instance.demo_template(): pass", {})] if demo else []
    running = []
    for maker, more in makers:
        command = [*manage, "shell", "--no-imports", "-c", f"from tests import databases, instance\n{maker}"]
        running.append(subprocess.Popen(command, cwd=ROOT, env=environment | more))
    if any([process.wait() for process in running]):  # noqa: C419 - all are awaited
        raise SystemExit("A test database or the demo cannot be made: see above.")


def failed_tests(cache: str) -> list[str]:
    """Return the ids of the tests that failed in the run with this cache folder."""
    path = Path(cache, "v", "cache", "lastfailed")
    return sorted(json.loads(path.read_text())) if path.exists() else []


def main(arguments: list[str]) -> int:
    """Run the suite. Return 0 if all tests passed and, in CI, nothing was left out."""
    parser = argparse.ArgumentParser(usage="python -m tests.run [--sqlite] [arguments of pytest]", allow_abbrev=False)
    parser.add_argument("--sqlite", action="store_true", help="run everything on SQLite, also where PostgreSQL is")
    options, arguments = parser.parse_known_args(arguments)
    with ExitStack() as stack:
        postgresql = None if options.sqlite else stack.enter_context(services.postgresql())
        redis = stack.enter_context(services.redis())
        found = {
            "postgresql": postgresql,
            "redis": redis,
            "browser": services.chromium(),
            "html": services.java(),
            "gettext": services.gettext(),
            "nginx": services.nginx(),
            "voikko": services.voikko(),
            "systemd": services.systemd(),
        }
        missing = [marker for marker, where in found.items() if not where]
        for marker in missing:
            print(f"LEFT OUT: everything marked {marker!r}; this run has nothing to run it with.")
        if missing and os.environ.get("CI") and not options.sqlite:
            print("In CI nothing may be left out.")
            return 1
        environment = os.environ | {"DJANGO_SETTINGS_MODULE": "cms.settings.test"}
        environment |= {"REDIS_URL": redis} if redis else {}
        databases = {"sqlite": f"sqlite:///{ROOT}/var/tests.sqlite3"}
        databases |= {"postgresql": postgresql} if postgresql else {}
        prepare([*databases.values()], environment, demo=not arguments)
        codes = []
        for name, url in databases.items():
            share = [f"--share={name}"] if postgresql else []
            codes.append(run(name, environment | {"DATABASE_URL": url}, missing, [*share, *arguments]))
        # The arguments may choose tests that run on one database alone.
        failed = any(code not in (0, NOTHING_CHOSEN) for code in codes) or 0 not in codes
        if failed:
            print("Some tests failed: see the runs above.", flush=True)
        return int(failed)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
