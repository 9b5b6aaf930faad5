"""Comma-separated values (RFC 4180)."""

import csv
import io
from collections.abc import Iterator, Sequence

from verkosto.registrations.exports.portions import in_portions
from verkosto.registrations.exports.table import Table
from verkosto.registrations.questions.types.base import Cell

# A spreadsheet takes a cell that begins with one of these for a formula (OWASP, "CSV injection").
FORMULA = frozenset("=+-@\t\r")


def stream_csv(export: Table) -> Iterator[bytes]:
    """Yield the file in UTF-8, with the byte order mark by which spreadsheets recognise it."""
    written = io.StringIO()
    writer = csv.writer(written)

    def write(row: Sequence[Cell]) -> None:
        # An apostrophe makes a formula a text.
        writer.writerow([f"'{cell}" if isinstance(cell, str) and cell[:1] in FORMULA else cell for cell in row])

    write(export.header)
    yield b"\xef\xbb\xbf" + written.getvalue().encode()
    yield from in_portions(written, map(write, export.rows()))
