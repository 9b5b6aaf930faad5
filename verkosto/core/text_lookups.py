"""``icontains`` on SQLite, whose LIKE folds the case of ASCII letters only.

There "räsänen" did not find "RÄSÄNEN"; PostgreSQL folds all letters. The lookup of every field calls one function on
SQLite, so that each search finds the same on both databases.
"""

from __future__ import annotations

from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.signals import connection_created
from django.db.models import Field
from django.db.models.fields.json import KeyTransform, KeyTransformIContains
from django.db.models.lookups import IContains, Lookup
from django.db.models.sql.compiler import SQLCompiler

from verkosto.core.text import normalise

Sql = tuple[str, list[object]]
FUNCTION = "verkosto_contains"


def fold(text: object) -> str:
    """Return a text in NFC without the difference of upper and lower case."""
    return normalise(str(text).casefold())


def contains(text: object, part: object) -> bool | None:
    return None if text is None or part is None else fold(part) in fold(text)


def _contains_sql(lookup: Lookup, compiler: SQLCompiler, connection: BaseDatabaseWrapper) -> Sql:
    """Return the call of a function in place of LIKE: without a pattern, so nothing in the text has to be escaped."""
    left, left_params = lookup.process_lhs(compiler, connection)
    right, right_params = Lookup.process_rhs(lookup, compiler, connection)
    return f"{FUNCTION}({left}, {right})", [*left_params, *right_params]


class UnicodeIContains(IContains):
    def as_sqlite(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper, **context: object) -> Sql:
        return _contains_sql(self, compiler, connection)


class UnicodeKeyIContains(KeyTransformIContains):
    """The lookup in a value of a JSON field."""

    def as_sqlite(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper, **context: object) -> Sql:
        return _contains_sql(self, compiler, connection)


def use_unicode_on_sqlite() -> None:
    """Add the function to every SQLite connection, and replace Django's lookup by one that calls it."""
    connection_created.connect(_add_function, dispatch_uid="verkosto_text_lookups")
    Field.register_lookup(UnicodeIContains)
    KeyTransform.register_lookup(UnicodeKeyIContains)


def _add_function(sender: object, connection: BaseDatabaseWrapper, **kwargs: Any) -> None:
    if connection.vendor == "sqlite":
        connection.connection.create_function(FUNCTION, 2, contains, deterministic=True)
