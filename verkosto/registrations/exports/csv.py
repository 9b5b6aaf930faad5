"""The format CSV: comma-separated values (RFC 4180)."""

import csv
import io
import re
from collections.abc import Iterator, Sequence

from verkosto.registrations.exports.portions import in_portions
from verkosto.registrations.exports.table import Table
from verkosto.registrations.questions.types.base import Cell

# Spreadsheet programs read a cell that begins with one of these as a formula (OWASP, "CSV injection").
FORMULA_STARTS = frozenset("=+-@\t\r")
# One that expects semicolons between cells, as Excel in Finnish or Swedish, begins a cell after each of them, and a row
# after each line break, whatever quotation marks are around.
FORMULA = re.compile(r"""^(?=[=+\-@\t\r])|[;\r\n][\s"]{0,9}(?=[=+\-@])""")


def as_text(cell: str) -> str:
    """Return a cell in which no spreadsheet program finds a formula: what begins with an apostrophe is text."""
    if cell[:1] in FORMULA_STARTS or ";" in cell or "\n" in cell or "\r" in cell:
        return FORMULA.sub(r"\g<0>'", cell)
    return cell


def stream_csv(export: Table) -> Iterator[bytes]:
    """Yield the file in UTF-8, with the byte order mark by which spreadsheets recognise it."""
    buffer = io.StringIO()
    writer = csv.writer(buffer)

    def write(row: Sequence[Cell]) -> None:
        writer.writerow([as_text(cell) if isinstance(cell, str) else cell for cell in row])

    write(export.header)
    yield b"\xef\xbb\xbf" + buffer.getvalue().encode()
    yield from in_portions(buffer, map(write, export.rows()))
