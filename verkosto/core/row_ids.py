"""Primary keys as requests name them."""

from collections.abc import Iterable

LARGEST = 2**63 - 1  # of SQLite's INTEGER and PostgreSQL's bigint


def row_ids(values: Iterable[object]) -> list[str]:
    """Return those of the values that can be primary keys: decimal numbers that databases can hold."""
    return [text for text in map(str, values) if text.isdecimal() and len(text) < 20 and int(text) <= LARGEST]
