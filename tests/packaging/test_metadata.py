"""The package's metadata names what its code imports, in ranges that hold what the site runs on."""

import ast
import json
import re
import sys
import tomllib
from importlib.metadata import packages_distributions
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parents[2]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
PACKAGES = ["verkosto", "event_pages", "network_pages"]
# Wagtail's own requirements: what it uses, it brings, in the versions that it wants.
WITH_WAGTAIL = {
    "asgiref", "beautifulsoup4", "django-filter", "django-modelcluster", "django-ninja", "django-taggit", "django-treebeard",
    "modelsearch", "pillow", "pydantic", "swapper", "willow",
}  # fmt: skip


def requirements(lines: list[str]) -> dict[str, Requirement]:
    return {canonicalize_name(found.name): found for found in map(Requirement, lines)}


REQUIRED = requirements(PROJECT["dependencies"])
EXTRAS = requirements([line for lines in PROJECT["optional-dependencies"].values() for line in lines])


def imported() -> set[str]:
    """Return the top-level names that the packages import, wherever they do."""
    names = set()
    for path in (path for package in PACKAGES for path in (ROOT / package).rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Import):
                names |= {alias.name.partition(".")[0] for alias in node.names}
            elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
                names.add(node.module.partition(".")[0])
    return names


def test_every_import_is_required() -> None:
    known = packages_distributions()
    foreign = imported() - set(sys.stdlib_module_names) - set(PACKAGES)
    allowed = {*REQUIRED, *EXTRAS, *WITH_WAGTAIL}
    # Several distributions may share one top-level name, such as "opentelemetry".
    missing = {name for name in foreign if name in known and not {*map(canonicalize_name, known[name])} & allowed}
    assert missing == set()


def test_nothing_is_required_that_is_not_imported() -> None:
    known = packages_distributions()
    needed = {canonicalize_name(name) for module in imported() for name in known.get(module, [])}
    assert {*REQUIRED} <= needed


def test_ranges_hold_the_versions_that_the_site_runs_on() -> None:
    lines = (ROOT / "requirements.in").read_text().split("\n")
    pins = requirements([line for line in lines if line and not line.startswith(("#", "-"))])
    outside = {
        name: str(required.specifier)
        for name, required in (REQUIRED | EXTRAS).items()
        if name in pins and not required.specifier.contains(re.sub("^==", "", str(pins[name].specifier)))
    }
    assert outside == {}


def test_classifiers_and_ranges_agree() -> None:
    classifiers = PROJECT["classifiers"]
    assert "Framework :: Wagtail :: 8" in classifiers
    assert REQUIRED["wagtail"].specifier.contains("8.0")
    assert not REQUIRED["wagtail"].specifier.contains("9.0")
    assert "Framework :: Django :: 5.2" in classifiers
    assert REQUIRED["django"].specifier.contains("5.2.1")


def test_matrix_names_tests_that_exist() -> None:
    paths = re.findall(r'"(tests/[^"]+)"', (ROOT / "noxfile.py").read_text())
    assert paths
    assert [path for path in paths if not (ROOT / path).exists()] == []


def test_version_is_the_one_that_the_guide_installs_and_the_changelog_names() -> None:
    """While a release is prepared, the changelog has what is unreleased at its top."""
    version = PROJECT["version"]
    install, upgrade = (ROOT / "docs/operators.md").read_text().split("\n## Upgrade\n")
    assert re.findall(r"git clone .*--branch v(\S+)", install) == [version]
    assert "git checkout --quiet v" in upgrade
    headings = re.findall(r"^## \[(.+)", (ROOT / "CHANGELOG.md").read_text(), re.MULTILINE)
    released = json.loads((ROOT / "tests/upgrades/released.json").read_text())
    assert headings[0] == "Unreleased]" or re.fullmatch(rf"{re.escape(version)}\] - \d{{4}}-\d\d-\d\d", headings[0])
    assert [each for each in released if not any(heading.startswith(f"{each}] - ") for heading in headings)] == []
