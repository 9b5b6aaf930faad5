"""Several questions to the database in one statement: what a page shows comes in few round trips."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from datetime import date, datetime, time
from typing import Any
from uuid import UUID

from django.core.exceptions import EmptyResultSet
from django.db import connections
from django.db.models import ForeignKey, Model, QuerySet
from django.utils.functional import cached_property

ARGUMENTS = 50  # of one call: SQLite takes 127, PostgreSQL 100
JSON_ARRAY = {"postgresql": "json_build_array({})::text", "sqlite": "json_array({})"}
#: What PostgreSQL writes as text in JSON, read back as its driver would give it. SQLite has no types of its own.
READ: dict[str, dict[str, Callable[[Any], Any]]] = {
    "sqlite": {},
    "postgresql": {
        "DateTimeField": datetime.fromisoformat,
        "DateField": date.fromisoformat,
        "TimeField": time.fromisoformat,
        "UUIDField": UUID,
        "JSONField": json.dumps,
    },
}


def ask_together(*querysets: Any) -> None:
    """Gives every queryset its rows by one statement for all: whoever goes through them later asks no more.

    Those that have their rows already, and the lists of a preview, are left alone.
    """
    waiting = [asked for asked in querysets if isinstance(asked, QuerySet) and asked._result_cache is None]
    parts = []
    for queryset in waiting:
        compiler = queryset.query.get_compiler(using=queryset.db)
        try:
            parts.append((queryset, compiler, compiler.as_sql(with_col_aliases=True)))
        except EmptyResultSet:
            queryset._result_cache = []
    if len(parts) < 2:
        for queryset, _, _ in parts:
            len(queryset)
        return
    connection = connections[parts[0][0].db]
    columns = [_columns(connection, compiler) for _, compiler, _ in parts]
    width = max(map(len, columns))
    statements = [
        f"SELECT {number}, {', '.join([*own, *['NULL'] * (width - len(own))])} FROM ({sql}) AS part_{number}"  # noqa: S608 - of what the ORM has written
        for number, (own, (_, _, (sql, _))) in enumerate(zip(columns, parts, strict=True))
    ]
    values = [value for _, _, (_, parameters) in parts for value in parameters]
    rows: dict[int, list[list[Any]]] = defaultdict(list)
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(statements), values)
        for number, *arrays in cursor.fetchall():
            rows[number].append([value for array in arrays if array for value in json.loads(array)])
    for number, (queryset, compiler, _) in enumerate(parts):
        _fill(queryset, compiler, list(_read(connection.vendor, compiler, rows[number])))


def _columns(connection: Any, compiler: Any) -> list[str]:
    """The columns of a statement as JSON arrays, a few for a wide one."""
    names = [connection.ops.quote_name(alias) for _, _, alias in compiler.select]
    portions = [names[start : start + ARGUMENTS] for start in range(0, len(names), ARGUMENTS)]
    return [JSON_ARRAY[connection.vendor].format(", ".join(portion)) for portion in portions]


def _read(vendor: str, compiler: Any, rows: list[list[Any]]) -> Iterator[list[Any]]:
    """The rows as the driver of the database would have given them."""
    readers = READ[vendor]
    places = [(place, readers[kind]) for place, kind in enumerate(_kinds(compiler)) if kind in readers]
    for row in rows:
        for place, read in places:
            if row[place] is not None:
                row[place] = read(row[place])
        yield row


def _kinds(compiler: Any) -> Iterator[str]:
    for expression, _, _ in compiler.select:
        field = expression.output_field
        while isinstance(field, ForeignKey):
            field = field.target_field
        yield field.get_internal_type()


def _fill(queryset: QuerySet[Any], compiler: Any, rows: list[list[Any]]) -> None:
    """Lets the queryset make its objects as ever, of rows that are here already."""
    compiler.execute_sql = lambda *arguments, **options: [rows]
    queryset.query.get_compiler = lambda *arguments, **options: compiler  # type: ignore[method-assign]
    try:
        len(queryset)
    finally:
        del queryset.query.__dict__["get_compiler"]


def hand_out(owners: Iterable[Model], name: str, rows: Iterable[Any], owner_id: str) -> None:
    """Gives each owner those of the rows that are its own, as ``prefetch_related(name)`` would."""
    own: dict[Any, list[Any]] = defaultdict(list)
    for row in rows:
        own[getattr(row, owner_id)].append(row)
    for owner in owners:
        found = getattr(owner, name).all()
        found._result_cache, found._prefetch_done = own[owner.pk], True
        owner.__dict__.setdefault("_prefetched_objects_cache", {})[name] = found


class ShowsRows:
    """A page with rows of other tables that it shows."""

    def shown_rows(self) -> dict[str, Any]:
        """Querysets of what the page shows, by name. A type adds its own to those of its bases."""
        return {}

    @cached_property
    def rows(self) -> dict[str, Any]:
        """What the page shows, by name. One statement, when the first of it is needed."""
        rows = self.shown_rows()
        ask_together(*rows.values())
        return rows
