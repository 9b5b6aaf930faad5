"""The figures that the tests of faults print at the end, and the sites that they break."""

import json
import shlex
import subprocess
from collections.abc import Iterator

import pytest
from django.db import connection
from pytest_django import DjangoDbBlocker

from tests import services
from tests.faults.desks import Desks, migrate_with_interruptions
from tests.faults.figures import HEADING, LINES
from tests.faults.site import environment_of, running


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave the long tests out of every run that does not ask for them with ``-m faults``."""
    if "faults" in config.option.markexpr:
        return
    ours = [item for item in items if item.get_closest_marker("faults")]
    items[:] = [item for item in items if item not in ours]
    config.hook.pytest_deselected(items=ours)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    if LINES:
        terminalreporter.section("Faults")
        for line in (HEADING, *LINES):
            terminalreporter.line(line)


@pytest.fixture
def postgresql_copy(transactional_db: None, django_db_blocker: DjangoDbBlocker) -> Iterator[services.PostgreSQLServer]:
    """A PostgreSQL of its own, which ``copy_database`` fills."""
    with services.postgresql_server() as server:
        yield server


def copy_database(server: services.PostgreSQLServer) -> None:
    """Copy what a test has committed to the database ``postgres`` of a server."""
    source = connection.settings_dict
    url = f"postgres://{source['USER']}:{source['PASSWORD']}@{source['HOST']}:{source['PORT']}/{source['NAME']}"
    dump, restore = (str(services.postgresql_program(name)) for name in ("pg_dump", "psql"))
    command = f"{dump} {shlex.quote(url)} | {restore} --quiet --set=ON_ERROR_STOP=1 {shlex.quote(server.url)}"
    subprocess.run(["bash", "-o", "pipefail", "-c", command], check=True, stdout=subprocess.DEVNULL)


@pytest.fixture(scope="session")
def desks(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desks]:
    """The site, on a database whose migration was interrupted twice."""
    folder = tmp_path_factory.mktemp("faults")
    with services.postgresql_server() as server:
        migrate_with_interruptions(server, environment_of(folder, server.url))
        with running(folder, server) as site:
            code = "import json; from tests.faults import data; print(json.dumps(data.load()))"
            made = site.run("shell", "--no-imports", "--verbosity=0", "-c", code)
            site.wait_until_idle()
            yield Desks(site, json.loads(made))
