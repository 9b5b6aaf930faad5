"""``make test-matrix``: the core of the suite on each Python, Django and Wagtail that the package's ranges name.

The site's and the tests' other requirements keep their pins. An interpreter that this machine lacks is left out, said
aloud; in CI it fails.
"""

import os
from pathlib import Path

import nox

ROOT = Path(__file__).parent
PYTHONS = ["3.11", "3.12", "3.13"]
# The oldest and the newest release in the ranges of pyproject.toml.
DJANGO_AND_WAGTAIL = [("Django~=5.2.0", "wagtail==8.0"), ("Django>=5.2,<6.0", "wagtail>=8.0,<9")]
TESTED = [
    "tests/verkosto/core",
    "tests/verkosto/registrations/domain",
    "tests/event_pages/test_querysets.py",
]
LEFT_OUT = ["browser", "html", "postgresql", "redis", "nginx", "gettext", "journey", "packaging"]
NOT_FOR_TESTS = {
    "django",
    "wagtail",
    "mypy",
    "django-stubs",
    "ruff",
    "pre-commit",
    "import-linter",
    "djhtml",
    "nox",
    "uv",
}

nox.options.error_on_missing_interpreters = bool(os.environ.get("CI"))
nox.options.reuse_existing_virtualenvs = True
nox.options.default_venv_backend = "uv|virtualenv"  # uv installs in seconds what pip installs in a minute


def pinned() -> list[str]:
    """Return the lines of requirements*.in but those that the matrix varies or no test needs."""
    lines = [line for name in ("", "-dev") for line in (ROOT / f"requirements{name}.in").read_text().split("\n")]
    wanted = [line for line in lines if line and line[0] not in "#-" and not line.startswith("types-")]
    return [line for line in wanted if line.partition("==")[0].partition("[")[0].lower() not in NOT_FOR_TESTS]


@nox.session(python=PYTHONS)
@nox.parametrize(("django", "wagtail"), DJANGO_AND_WAGTAIL, ids=["oldest", "newest"])
def core(session: nox.Session, django: str, wagtail: str) -> None:
    """Run the core of the suite."""
    session.install(*pinned(), django, wagtail)
    session.run(
        "python", "-c", "import django, wagtail; print('Django', django.__version__, 'Wagtail', wagtail.__version__)"
    )
    expression = " and ".join(f"not {marker}" for marker in LEFT_OUT)
    environment = {"DJANGO_SETTINGS_MODULE": "cms.settings.test"}
    session.run("python", "manage.py", "compile_po", env=environment)
    session.run("python", "-m", "pytest", "-q", "-m", expression, *TESTED, *session.posargs, env=environment)
