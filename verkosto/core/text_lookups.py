"""The lookup ``icontains`` on SQLite, whose LIKE ignores the case of ASCII letters only.

With Django's own lookup, "räsänen" does not find "RÄSÄNEN" on SQLite, but does on PostgreSQL. The lookup here calls a
Python function on SQLite, so that searches have the same results on both databases.
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
    """Return a text in NFC and case-folded, for comparisons that ignore case."""
    return normalise(str(text).casefold())


def contains(text: object, part: object) -> bool | None:
    """Return whether a text contains a part, ignoring case; None for NULL."""
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
