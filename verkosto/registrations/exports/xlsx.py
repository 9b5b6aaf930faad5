"""The format XLSX: a spreadsheet (ECMA-376) without formulas, written to a temporary file in constant memory."""

from collections.abc import Iterator
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from verkosto.registrations.exports.table import Table

LONGEST = 32767  # characters in a cell
LAST_ROW = 2**20 - 1  # of a sheet, counted from 0
PORTION = 64 * 1024  # bytes sent at once


def stream_xlsx(export: Table) -> Iterator[bytes]:
    """Write the whole file, then yield its bytes in portions. It is deleted after the last, or when the stream is closed."""
    with TemporaryDirectory(prefix="export-") as folder:
        path = Path(folder, "export.xlsx")
        options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "tmpdir": folder}
        with Workbook(path, options) as workbook:
            _write_rows(workbook, export)
        with path.open("rb") as file:
            yield from iter(partial(file.read, PORTION), b"")


def _write_rows(workbook: Workbook, export: Table) -> None:
    """Write the header and the rows. When a sheet is full, continue on another."""
    bold = workbook.add_format({"bold": True})
    sheet, number = _new_sheet(workbook, export.header, bold), 0
    for row in export.rows():
        if number == LAST_ROW:
            sheet, number = _new_sheet(workbook, export.header, bold), 0
        number += 1
        _write_row(sheet, number, row)


def _new_sheet(workbook: Workbook, header: list[str], bold: Format) -> Worksheet:
    """Return a new sheet whose first row is the header and stays visible."""
    sheet = workbook.add_worksheet()
    sheet.freeze_panes(1, 0)
    sheet.set_column(0, max(0, len(header) - 1), 22)
    _write_row(sheet, 0, header, bold)
    return sheet


def _write_row(sheet: Worksheet, number: int, row: list[Any], cell_format: Format | None = None) -> None:
    """Write texts as texts, numbers as numbers, and nothing for empty values.

    XlsxWriter's own ``write_row`` is slower, and stops at the first text that is too long for a cell.
    """
    write_string, write_number = sheet.write_string, sheet.write_number
    for column, value in enumerate(row):
        kind = type(value)
        if kind is int or kind is float:
            write_number(number, column, value, cell_format)
        elif value is not None and value != "":
            text = value if kind is str else str(value)
            if text.startswith("<r>"):
                # XlsxWriter reads "<r>…</r>" as its own markup and does not escape it; it does escape the fragments here.
                sheet.write_rich_string(number, column, "<", "r", text[2:LONGEST])
            else:
                write_string(number, column, text, cell_format)  # cuts off a text that is too long
