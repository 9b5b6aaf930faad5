"""Fixtures for all tests. CONTRIBUTING.md lists them with examples."""

import collections
import functools
import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, get_args

import pytest
import pytest_django
from django.conf import settings
from django.core.cache import cache, caches
from django.db import connection, connections
from django.test import Client, override_settings
from django.test.utils import CaptureQueriesContext
from django.utils import translation
from pytest_django.plugin import blocking_manager_key

from cms import catalogues
from home.models import HomePage
from tests import databases, recordings, selection, services
from tests.browsing import Visit
from tests.factories import home_tree

# Playwright's event loop runs in the thread of the test, where the test also uses the database.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"


def pytest_configure(config: pytest.Config) -> None:
    if not hasattr(config, "workerinput"):
        for path in catalogues.catalogues(settings.BASE_DIR):
            catalogues.compile_catalogue(path)


def pytest_addoption(parser: pytest.Parser) -> None:
    help_text = "the part of the suite that runs on a database where there are both (tests/selection.py)"
    parser.addoption("--share", choices=get_args(selection.Database), help=help_text)


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    """Do not even import what another run of the suite has."""
    share, is_test = config.getoption("share"), collection_path.name.startswith("test_")
    return True if share and is_test and not selection.may_run_on(share, below_tests(collection_path)) else None


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    items.sort(key=functools.partial(place_of_file, collections.Counter(item.path for item in items)))
    if share := config.getoption("share"):
        chosen = {item for item in items if is_in_share(item, share)}
        config.hook.pytest_deselected(items=[item for item in items if item not in chosen])
        items[:] = [item for item in items if item in chosen]
    available = {
        "browser": services.chromium(),
        "html": services.java(),
        "gettext": services.gettext(),
        "nginx": services.nginx(),
        "voikko": services.voikko(),
        "systemd": services.systemd(),
        "redis": os.environ.get("REDIS_URL"),
        "postgresql": connection.vendor == "postgresql",
    }
    for item in items:
        for marker, found in available.items():
            if item.get_closest_marker(marker) and not found:
                item.add_marker(pytest.mark.skip(reason=f"nothing here to run {marker!r} with"))
        # These tests need the database's initial contents to be serialised at the start.
        names: list[str] = getattr(item, "fixturenames", [])
        if {"live_server", "transactional_db"} & {*names}:
            names.append("django_db_serialized_rollback")
        database = item.get_closest_marker("django_db")
        if database and database.kwargs.get("transaction"):
            database.kwargs["serialized_rollback"] = True


def place_of_file(tests: collections.Counter[Path], item: pytest.Item) -> tuple[bool, int, Path]:
    """Order files: at the end of a run no process should be left alone with one that takes minutes."""
    takes_minutes = any(map(item.get_closest_marker, ("minutes", "packaging", "journey")))
    return not takes_minutes, -tests[item.path], item.path


def is_in_share(item: pytest.Item, database: selection.Database) -> bool:
    uses = {*getattr(item, "fixturenames", []), *(mark.name for mark in item.iter_markers())}
    return selection.runs_on(database, below_tests(item.path), uses)


def below_tests(path: Path) -> str:
    return path.relative_to(Path(__file__).parent).as_posix()


def empties_tables(item: pytest.Item) -> bool:
    """Return whether a test ends with empty tables, because it commits transactions."""
    database = item.get_closest_marker("django_db")
    fixtures = {*getattr(item, "fixturenames", [])}
    return bool({"live_server", "transactional_db"} & fixtures or (database and database.kwargs.get("transaction")))


@pytest.hookimpl(wrapper=True)
def pytest_runtest_teardown(item: pytest.Item, nextitem: pytest.Item | None) -> Iterator[None]:
    """Restore the rows that the migrations create (locales, the root page) for the next test."""
    yield
    if nextitem is None:
        return  # after the last test the database has been destroyed
    contents = getattr(connection, "_test_serialized_contents", None)
    if contents and empties_tables(item):
        with item.config.stash[blocking_manager_key].unblock():
            connection.creation.deserialize_db_from_string(contents)


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    django_db_modify_db_settings_parallel_suffix: None, django_db_blocker: pytest_django.DjangoDbBlocker
) -> None:
    with django_db_blocker.unblock():
        databases.use_template()


@pytest.fixture(scope="session")
def django_db_keepdb(request: pytest.FixtureRequest) -> bool:
    """On SQLite, keep the test database, which is a copy of the template."""
    return connection.vendor == "sqlite" or request.config.getvalue("reuse_db")


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: pytest_django.DjangoDbBlocker) -> Iterator[None]:
    """Keep the initial contents for tests that commit, on every connection.

    While Playwright's event loop runs, Django opens another connection than the one that created the database.
    """
    if contents := getattr(connection, "_test_serialized_contents", None):
        type(connections["default"])._test_serialized_contents = contents
    with django_db_blocker.unblock():
        restore = recordings.initial_rows()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(type(connection.creation), "deserialize_db_from_string", restore)
        yield


@pytest.fixture(scope="session", autouse=True)
def media_folder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    with override_settings(MEDIA_ROOT=tmp_path_factory.mktemp("media")):
        yield


@pytest.fixture(autouse=True)
def clear_state() -> Iterator[None]:
    """Clear the cache and the active language before each test."""
    cache.clear()
    translation.deactivate()
    with recordings.watched_writes():
        yield
    translation.deactivate()


@pytest.fixture
def count_queries(client: Client) -> Callable[..., int]:
    """Count the queries of a second GET: ``count_queries("/fi/") == 2``; with ``cold=True`` the caches are empty."""

    def count(path: str, *, cold: bool = False) -> int:
        assert client.get(path).status_code == 200
        if cold:
            for each in caches.all():
                each.clear()
        with CaptureQueriesContext(connection) as captured:
            assert client.get(path).status_code == 200
        return len(captured)

    return count


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    quiet = ["--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"]
    return {
        **browser_type_launch_args,
        "executable_path": services.chromium(),
        "args": ["--no-sandbox", "--disable-gpu", "--disable-quic", *quiet],
    }


@pytest.fixture
def visit(new_context: Callable[..., Any], live_server: Any) -> Visit:
    """Open pages of the live server: ``visit("/fi/", width=320, dark=True)``."""
    return Visit(new_context, live_server.url)


@pytest.fixture
def page_cache(settings: Any) -> None:
    """Serve pages from the cache, as a site does; without this fixture each page is made anew."""
    middleware = [*settings.MIDDLEWARE]
    place = middleware.index("django.middleware.security.SecurityMiddleware") + 1
    middleware.insert(place, "verkosto.core.page_cache.PageCacheMiddleware")
    settings.MIDDLEWARE = middleware


@pytest.fixture
def homes(db: None) -> dict[str, HomePage]:
    """The published home pages of a site in Finnish (the original), Swedish and English, by language code."""
    return home_tree()
