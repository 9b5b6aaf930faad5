"""Indexes of PostgreSQL's extension pg_trgm (trigrams), by which it finds parts of words without reading every row."""

import logging

from django.db import DatabaseError, connection, connections, models, transaction

logger = logging.getLogger(__name__)


def has_trigrams(using: str | None = None) -> bool:
    """Return whether the database has the extension pg_trgm. One query on PostgreSQL, none on other databases."""
    database = connections[using] if using else connection
    if database.vendor != "postgresql":
        return False
    with database.cursor() as cursor:
        cursor.execute("SELECT 1 FROM pg_extension WHERE extname = 'pg_trgm'")
        return cursor.fetchone() is not None


def create_trigram_index(
    model: type[models.Model], fields: tuple[str, ...], *, name: str, using: str, ignores_case: bool = True
) -> None:
    """Create an index that PostgreSQL uses for ``icontains`` on these fields. Do nothing on other databases.

    With ``ignores_case=False`` it is used for ``contains``, on fields whose text is folded already.

    The extension is created too, which PostgreSQL allows the owner of a database. If it is refused, the log says what a
    superuser has to run, and searches read every row. An index that exists is kept.
    """
    database = connections[using]
    if database.vendor != "postgresql":
        return
    quote = database.ops.quote_name
    # The expression has to be the same as in Django's SQL for the lookup.
    names = (str(model._meta.get_field(field).column) for field in fields)  # type: ignore[union-attr]  # own columns
    expression = "UPPER({}::text)" if ignores_case else "({}::text)"
    columns = [f"{expression.format(quote(name))} gin_trgm_ops" for name in names]
    table = quote(model._meta.db_table)
    try:
        with transaction.atomic(using=using), database.cursor() as cursor:
            cursor.execute("SELECT to_regclass(%s), to_regclass(%s)", [table, quote(name)])
            found, index = cursor.fetchone()
            if found is None or index is not None:
                return
            if not has_trigrams(using):
                cursor.execute("CREATE EXTENSION pg_trgm")
            cursor.execute(f"CREATE INDEX {quote(name)} ON {table} USING gin ({', '.join(columns)})")
    except DatabaseError as error:
        logger.warning("No index for searching %s: %s. CREATE EXTENSION pg_trgm, then migrate.", table, error)
