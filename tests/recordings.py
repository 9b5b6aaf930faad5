"""Rows that many tests start from are made once by each process, and then inserted as they were.

To make a tree of pages takes hundreds of queries; to insert its rows takes a few. ``@recorded`` on a function that makes
rows keeps what it added, changed and removed, and puts that in place instead of calling the function again::

    @recorded
    def home_tree() -> dict[str, HomePage]: ...

The test finds what a call leaves: the result, the rows, with the same keys and moments in each test, and what waits for
the transaction to be committed. The function is called as usual where something else could come out: outside a test's
transaction, after the test has written to a table that the function reads or writes, with settings or a language of the
test's own, while time is frozen, and with arguments other than plain values and what recorded functions returned, so
that one can build on another.

A recording may be as old as the run, but is of today: after midnight it is made anew. Do not record what is to have
happened just now, such as a registration, nor what depends on what a test has replaced in a module.
"""

import copy
import datetime as dt
import functools
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, ParamSpec, TypeVar
from uuid import UUID

import time_machine
from django.apps import apps
from django.conf import settings
from django.core.cache import caches
from django.db import connection, transaction
from django.db.backends.base.creation import BaseDatabaseCreation
from django.db.models import Model
from django.utils import timezone, translation

from verkosto.localisation.states import recount

P = ParamSpec("P")
R = TypeVar("R")
Row = tuple[Any, ...]

# Django quotes the names of tables; the search index is also written to by statements that do not.
WRITES = re.compile(r'\s*(?:INSERT(?: OR \w+)? INTO|UPDATE|DELETE FROM)\s+"?(\w+)"?')
MENTIONS = re.compile(r'(?:FROM|JOIN|INTO|UPDATE)\s+"?(\w+)"?')
PLAIN = (str, int, bool, float, type(None), dt.date, dt.time, dt.datetime, dt.timedelta)


@dataclass
class Recording:
    """What a call left."""

    #: Its arguments as it left them (a page knows the number of its children), and what it returned.
    arguments: list[Model] = field(default_factory=list)
    result: Any = None
    #: The tables that it read or wrote.
    tables: set[str] = field(default_factory=set)
    #: By table: the keys of rows that it changed or removed, and the rows that it changed or added.
    removed: dict[str, list[Any]] = field(default_factory=dict)
    added: dict[str, list[Row]] = field(default_factory=dict)
    #: What it put off until the transaction commits, and of what the translation states are to be recounted then.
    on_commit: list[tuple[Callable[[], Any], bool]] = field(default_factory=list)
    recounted: set[UUID] = field(default_factory=set)


@dataclass
class RunningTest:
    """What the running test has done to the database so far."""

    written: set[str] = field(default_factory=set)
    applied: tuple[object, ...] = ()
    #: What recorded functions returned, and its name, by identity.
    returned: dict[int, tuple[Model, str]] = field(default_factory=dict)
    is_watched: bool = True


_test = RunningTest()
_called: set[object] = set()
_tables: dict[object, set[str]] = {}
_recordings: dict[object, Recording] = {}


@contextmanager
def watched_writes() -> Iterator[None]:
    """Notice to which tables a test writes. Forget what the tests before put off and never committed."""
    _test.written, _test.applied, _test.returned = set(), (), {}
    recount._pending().keys = set()

    def watch(execute: Any, sql: Any, params: Any, many: bool, context: Any) -> Any:
        if _test.is_watched and isinstance(sql, str) and (found := WRITES.match(sql)):
            _test.written.add(found[1])
        return execute(sql, params, many, context)

    with connection.execute_wrapper(watch):
        yield


def recorded(make: Callable[P, R]) -> Callable[P, R]:
    """Insert the rows that a function makes; from the second call with the same arguments on."""

    @functools.wraps(make)
    def made(*args: P.args, **kwargs: P.kwargs) -> R:
        given = _written_out((args, kwargs))
        if given is None or not _in_test_transaction() or time_machine.escape_hatch.is_travelling():
            return make(*args, **kwargs)
        around = (id(settings._wrapped), translation.get_language(), timezone.localdate(), _test.applied)
        key = (make.__module__, make.__qualname__, given, *around)
        if key not in _called:
            _called.add(key)
            return make(*args, **kwargs)
        if _tables.get(key, set()) & _test.written:
            return make(*args, **kwargs)
        arguments = list(_instances((args, kwargs)))
        recording = _recordings.get(key) or _record(functools.partial(make, *args, **kwargs), arguments)
        _tables[key] = recording.tables
        if recording.tables & _test.written:
            return make(*args, **kwargs)
        _recordings[key] = recording
        result: R = _replay(recording, arguments)
        for number, row in enumerate(_instances(result)):
            _test.returned[id(row)] = row, f"{len(_test.applied)}.{number}"
        _test.applied += (key,)
        return result

    return made


def initial_rows() -> Callable[[BaseDatabaseCreation, str], None]:
    """Return a function that puts the rows of the migrations into empty tables.

    It takes the place of Django's ``deserialize_db_from_string``, which saves each row as an object, before a test that
    commits and again after it.
    """
    tables = [model._meta.db_table for model in apps.get_models(include_auto_created=True) if model._meta.managed]
    initial = {table: [*_rows(table).values()] for table in dict.fromkeys(tables)}

    def restore(creation: BaseDatabaseCreation, data: str) -> None:
        with transaction.atomic(creation.connection.alias), creation.connection.cursor() as cursor:
            cursor.execute("SELECT 1 FROM django_content_type LIMIT 1")
            if not cursor.fetchone():
                for table, rows in initial.items():
                    _insert(cursor, table, rows)

    return restore


def _in_test_transaction() -> bool:
    """Return whether the rows from before the test are those of the migrations."""
    blocks = connection.atomic_blocks
    return bool(blocks) and blocks[0]._from_testcase


def _written_out(value: Any) -> str | None:
    """Return a text that is the same for the same plain values and rows; None for anything else."""
    if isinstance(value, Model):
        return _test.returned[id(value)][1] if id(value) in _test.returned else None
    if isinstance(value, dict | list | tuple):
        parts = [_written_out(each) for each in (value.items() if isinstance(value, dict) else value)]
        return None if None in parts else f"{type(value).__name__}{parts}"
    return repr(value) if type(value) in PLAIN else None


def _instances(value: Any) -> Iterator[Model]:
    """Yield the rows in dictionaries, lists and tuples."""
    if isinstance(value, Model):
        yield value
    elif isinstance(value, dict | list | tuple):
        for each in value.values() if isinstance(value, dict) else value:
            yield from _instances(each)


def _record(make: Callable[[], Any], arguments: list[Model]) -> Recording:
    """Call the function, note what it does, and undo it."""
    recording = Recording()
    given, applied = copy.deepcopy(arguments), _test.applied
    before: dict[str, dict[Any, Row]] = {}

    def watch(execute: Any, sql: Any, params: Any, many: bool, context: Any) -> Any:
        recording.tables.update(MENTIONS.findall(sql))
        if (found := WRITES.match(sql)) and found[1] not in before:
            before[found[1]] = _rows(found[1])
        return execute(sql, params, many, context)

    others, recount._pending().keys = recount._pending().keys, set()
    with _unwatched(), transaction.atomic():
        waiting = len(connection.run_on_commit)
        with connection.execute_wrapper(watch):
            result = make()
        recording.arguments, recording.result = copy.deepcopy((arguments, result))
        recording.on_commit = [(call, robust) for _ids, call, robust in connection.run_on_commit[waiting:]]
        for table, old in before.items():
            new = _rows(table)
            recording.removed[table] = [key for key, row in old.items() if new.get(key) != row]
            recording.added[table] = [row for key, row in new.items() if old.get(key) != row]
        transaction.set_rollback(True)
    recording.recounted, recount._pending().keys = recount._pending().keys, others
    _test.applied = applied
    for argument, as_given in zip(arguments, given, strict=True):
        vars(argument).update(vars(as_given))
    return recording


def _replay(recording: Recording, arguments: list[Model]) -> Any:
    """Put the recorded rows in place, and return the result. Foreign keys are checked when the transaction ends."""
    with _unwatched(), connection.cursor() as cursor:
        for table, keys in recording.removed.items():
            if keys:
                cursor.executemany(f'DELETE FROM "{table}" WHERE "{_key(table)}" = %s', [(key,) for key in keys])
        for table, rows in recording.added.items():
            _insert(cursor, table, rows)
    for each in caches.all():
        each.clear()
    recount._pending().keys |= recording.recounted
    for call, robust in recording.on_commit:
        transaction.on_commit(call, robust=robust)
    own = {id(recorded): argument for recorded, argument in zip(recording.arguments, arguments, strict=True)}
    for recorded, argument in zip(recording.arguments, arguments, strict=True):
        vars(argument).update({name: copy.deepcopy(value, own) for name, value in vars(recorded).items()})
    return copy.deepcopy(recording.result, own)


@contextmanager
def _unwatched() -> Iterator[None]:
    watched, _test.is_watched = _test.is_watched, False
    try:
        yield
    finally:
        _test.is_watched = watched


def _rows(table: str) -> dict[Any, Row]:
    """Return the rows of a table by key."""
    with connection.cursor() as cursor:
        cursor.execute(f'SELECT "{_key(table)}", * FROM "{table}"')
        return {key: tuple(map(_as_parameter, row)) for key, *row in cursor.fetchall()}


def _insert(cursor: Any, table: str, rows: list[Row]) -> None:
    if rows:
        cursor.executemany(f'INSERT INTO "{table}" VALUES ({", ".join(["%s"] * len(rows[0]))})', rows)


def _as_parameter(value: Any) -> Any:
    """Return a value of a column as the database takes it back. SQLite's driver writes no times of day."""
    return connection.ops.adapt_timefield_value(value) if isinstance(value, dt.time) else value


@functools.cache
def _key(table: str) -> str:
    """Return the column of the primary key."""
    models = {model._meta.db_table: model for model in apps.get_models(include_auto_created=True)}
    column = models[table]._meta.pk.column
    return str(column)
