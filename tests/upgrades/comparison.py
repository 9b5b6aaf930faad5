"""What a migration lost: the rows of a whole database before it and after it."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from django.db import connection

#: Tables that are made from others, or that migrating itself writes. Search is tried on the site.
DERIVED = ("wagtailsearch_", "modelsearch_", "sqlite_", "django_migrations")

Row = dict[str, str]  # by column, each value as text


@dataclass(frozen=True)
class Table:
    """The rows of a table by their key, or by themselves where there is none."""

    columns: frozenset[str]
    rows: dict[str, Row]


def snapshot() -> dict[str, Table]:
    """Return every row of the database, by table."""
    with connection.cursor() as cursor:
        names = [name for name in connection.introspection.table_names(cursor) if not name.startswith(DERIVED)]
        return {name: _table(cursor, name) for name in names}


def _table(cursor: object, name: str) -> Table:
    key = connection.introspection.get_primary_key_column(cursor, name)
    with connection.cursor() as reading:
        reading.execute(f"SELECT * FROM {connection.ops.quote_name(name)}")
        columns = [column[0] for column in reading.description]
        rows = [dict(zip(columns, map(str, row), strict=True)) for row in reading.fetchall()]
    return Table(frozenset(columns), {row[key] if key else repr(row): row for row in rows})


def losses(before: dict[str, Table], after: dict[str, Table]) -> list[str]:
    """Return what is gone or has another value, each with its table and column. What is new is no loss."""
    return sorted(loss for name, table in before.items() for loss in _losses_of(name, table, after.get(name)))


def _losses_of(name: str, before: Table, after: Table | None) -> Iterator[str]:
    if after is None:
        yield f"{name}: the table is gone"
        return
    for column in before.columns - after.columns:
        yield f"{name}.{column}: the column is gone"
    if missing := before.rows.keys() - after.rows.keys():
        yield f"{name}: {len(missing)} of {len(before.rows)} rows are gone"
    changed = Counter(
        column
        for key in before.rows.keys() & after.rows.keys()
        for column in before.columns & after.columns
        if before.rows[key][column] != after.rows[key][column]
    )
    for column, number in changed.items():
        yield f"{name}.{column}: {number} of {len(before.rows)} values differ"
