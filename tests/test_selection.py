"""With two databases every test runs, and what the database may change runs on both."""

import ast
import re
from collections.abc import Iterator
from itertools import product
from pathlib import Path
from typing import get_args

import pytest

from tests.selection import BESIDE_POSTGRESQL, ON_BOTH, ON_ONE, Database, entry_of, may_run_on, runs_on

TESTS = Path(__file__).parent
ROOMS = ("cms", "home", "network_pages", "event_pages", "verkosto")

#: Calls, classes and arguments whose SQL differs by database.
NAMES = re.compile(
    r"RunSQL|RawSQL|Func|Subquery|Window|KeyTransform|KeyTextTransform|Collate"
    r"|(Trunc|Extract)[A-Z]\w+|Search(Vector|Query|Rank|Headline)|Trigram[A-Z]\w+|(Array|String|JSONB)Agg"
)
METHODS = {"cursor", "select_for_update", "extra"}
BASES = re.compile(r"\w*(Func|Transform|Lookup|Aggregate|IContains)")
COMPILERS = {"as_sql", "as_sqlite", "as_postgresql"}
ARGUMENTS = re.compile(r"update_conflicts|ignore_conflicts|\w+__(has_key|has_keys|has_any_keys|contains|contained_by)")
ATTRIBUTES = {"vendor"}

#: The demo is loaded on SQLite for the journeys, and on PostgreSQL for its tests.
ON_BOTH_ALREADY = "cms/demo/"
#: Modules whose tests are not at their own path.
TESTED_BY = {
    "cms/health.py": "cms/test_views.py",
    "network_pages/models/membership_querysets.py": "network_pages/models/test_membership.py",
    "network_pages/models/plan.py": "network_pages/group_plans/test_plans.py",
    "verkosto/core/text_lookups.py": "verkosto/registrations/models",
    "verkosto/core/trigrams.py": "verkosto/registrations/models",
    "verkosto/linked_events/push/outbox.py": "verkosto/linked_events/push/test_delivery.py",
    "verkosto/linked_events/reading/events.py": "verkosto/linked_events/test_views.py",
    "verkosto/operations/checks/database.py": "verkosto/operations/test_doctor.py",
    "verkosto/registrations/admin/occupancy.py": "verkosto/registrations/admin/views/test_desks.py",
    "verkosto/registrations/admin/statistics.py": "verkosto/registrations/admin/views/test_statistics.py",
    "verkosto/registrations/sync/form_changes.py": "verkosto/registrations/admin/test_desk_panel.py",
}


def name_of(node: ast.expr) -> str:
    return node.id if isinstance(node, ast.Name) else node.attr if isinstance(node, ast.Attribute) else ""


def differences(source: str) -> set[str]:
    """Return the names in a module that make SQL which may differ by database."""
    return set(_differences(ast.parse(source)))


def _differences(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        match node:
            case ast.Call(func=ast.Attribute(attr=name)) if name in METHODS:
                yield name
            case ast.Call(func=function) if NAMES.fullmatch(name_of(function)):
                yield name_of(function)
            case ast.Call(func=ast.Attribute(attr="raw", value=ast.Attribute(attr="objects"))):
                yield "raw"
            case ast.keyword(arg=str(name)) if ARGUMENTS.fullmatch(name):
                yield name
            case ast.Attribute(attr=name) if name in ATTRIBUTES:
                yield name
            case ast.FunctionDef(name=name) if name in COMPILERS:
                yield name
            case ast.ClassDef(bases=bases):
                yield from (name_of(base) for base in bases if BASES.fullmatch(name_of(base)))


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ("if connection.vendor == 'sqlite': pass", {"vendor"}),
        ("operations = [migrations.RunSQL('SELECT 1')]", {"RunSQL"}),
        ("with connection.cursor() as cursor: pass", {"cursor"}),
        ("rows.annotate(n=Func(F('a'), function='similarity'))", {"Func"}),
        ("class Similarity(models.Func): template = '%(expressions)s'", {"Func"}),
        ("Pool.objects.select_for_update().bulk_create(rows, ignore_conflicts=True)",
         {"select_for_update", "ignore_conflicts"}),
        ("rows.filter(answers__has_key=key, pk=Subquery(other))", {"answers__has_key", "Subquery"}),
        ("Page.objects.raw('SELECT 1')", {"raw"}),
        ("self.raw(rows.filter(title__icontains=word).order_by('pk'))", set()),
    ],
)  # fmt: skip
def test_sql_of_our_own_is_found(source: str, found: set[str]) -> None:
    assert differences(source) == found


def modules_that_differ() -> dict[str, set[str]]:
    """Return the modules of ours that use SQL which may differ by database, and what they use."""
    found = {}
    for room in ROOMS:
        for path in sorted((TESTS.parent / room).rglob("*.py")):
            module = path.relative_to(TESTS.parent).as_posix()
            if not module.startswith(ON_BOTH_ALREADY) and (names := differences(path.read_text())):
                found[module] = names
    return found


def path_of_tests(module: str) -> str:
    """Return the path of a module's tests: its own by name, else that of ``TESTED_BY``."""
    folder, _slash, name = module.rpartition("/")
    return TESTED_BY.get(module, f"{folder}/test_{name}")


def test_what_the_database_may_change_is_tested_on_both() -> None:
    """Add the tests of a module named here to ``selection.ON_BOTH``; tests at another path also to ``TESTED_BY``."""
    differing = modules_that_differ()
    missing = {module: names for module, names in differing.items() if not entry_of(path_of_tests(module), ON_BOTH)}
    assert missing == {}
    assert set(TESTED_BY) - set(differing) == set(), "these use no SQL of their own any more"


def test_listed_tests_exist() -> None:
    assert [path for path in (*ON_BOTH, *ON_ONE, *TESTED_BY.values()) if not (TESTS / path).exists()] == []
    assert [path for path in ON_BOTH if entry_of(str(Path(path).parent), ON_BOTH)] == [], "in a folder of the list"


USES = [
    *({mark} for mark in sorted(BESIDE_POSTGRESQL)),
    {"db"},
    {"django_db"},
    {"live_server", "browser"},
    {"tmp_path"},
]


def test_every_test_runs_on_a_database() -> None:
    for path, uses in product([*ON_BOTH, *ON_ONE, "home/test_views.py"], USES):
        assert runs_on("sqlite", path, uses) or runs_on("postgresql", path, uses), (path, uses)


@pytest.mark.parametrize(
    ("path", "uses", "databases"),
    [
        ("verkosto/core/test_text.py", {"tmp_path"}, ["postgresql"]),
        ("home/test_views.py", {"client", "db"}, ["postgresql"]),
        ("verkosto/registrations/domain/test_capacity.py", {"django_db"}, ["sqlite", "postgresql"]),
        ("verkosto/registrations/domain/test_capacity.py", {"django_db", "postgresql"}, ["postgresql"]),
        ("verkosto/registrations/domain/test_answers.py", {"tmp_path"}, ["postgresql"]),
        ("skin/test_menu.py", {"live_server", "browser"}, ["postgresql"]),
        ("journeys/test_admin.py", {"instance", "journey"}, ["postgresql"]),
        ("access/test_matrix.py", {"db", "minutes"}, ["sqlite"]),
        ("fuzz/test_forms.py", {"db"}, ["postgresql"]),
        ("packaging/test_wheel.py", {"packaging"}, ["postgresql"]),
    ],
)
def test_databases_of_a_test(path: str, uses: set[str], databases: list[str]) -> None:
    chosen = [database for database in get_args(Database) if runs_on(database, path, uses)]
    assert chosen == databases
    assert all(may_run_on(database, path) for database in chosen)
