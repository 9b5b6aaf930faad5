"""The format CSV: comma-separated values (RFC 4180)."""

import csv
import io
from collections.abc import Iterator, Sequence

from verkosto.registrations.exports.portions import in_portions
from verkosto.registrations.exports.table import Table
from verkosto.registrations.questions.types.base import Cell

# Spreadsheet programs read a cell that begins with one of these as a formula (OWASP, "CSV injection").
FORMULA_STARTS = frozenset("=+-@\t\r")


def stream_csv(export: Table) -> Iterator[bytes]:
    """Yield the file in UTF-8, with the byte order mark by which spreadsheets recognise it."""
    buffer = io.StringIO()
    writer = csv.writer(buffer)

    def write(row: Sequence[Cell]) -> None:
        # A spreadsheet program reads a cell that begins with an apostrophe as text.
        writer.writerow([f"'{cell}" if isinstance(cell, str) and cell[:1] in FORMULA_STARTS else cell for cell in row])

    write(export.header)
    yield b"\xef\xbb\xbf" + buffer.getvalue().encode()
    yield from in_portions(buffer, map(write, export.rows()))
