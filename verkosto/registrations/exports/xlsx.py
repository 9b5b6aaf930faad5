"""A spreadsheet (ECMA-376) in a temporary file, whatever its number of rows in constant memory; no cell is a formula."""

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
PORTION = 64 * 1024  # bytes that leave at once


def stream_xlsx(export: Table) -> Iterator[bytes]:
    """Write the whole file, then yield its bytes in portions. The file is removed after the last, or on ``close()``."""
    with TemporaryDirectory(prefix="export-") as folder:
        path = Path(folder, "export.xlsx")
        options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "tmpdir": folder}
        with Workbook(path, options) as workbook:
            _write_rows(workbook, export)
        with path.open("rb") as file:
            yield from iter(partial(file.read, PORTION), b"")


def _write_rows(workbook: Workbook, export: Table) -> None:
    """Write the header and the rows; a sheet that is full is followed by another."""
    bold = workbook.add_format({"bold": True})
    sheet, number = _new_sheet(workbook, export.header, bold), 0
    for row in export.rows():
        if number == LAST_ROW:
            sheet, number = _new_sheet(workbook, export.header, bold), 0
        number += 1
        _write_row(sheet, number, row)


def _new_sheet(workbook: Workbook, header: list[str], bold: Format) -> Worksheet:
    """Return a new sheet whose first row is the header and stays in view."""
    sheet = workbook.add_worksheet()
    sheet.freeze_panes(1, 0)
    sheet.set_column(0, max(0, len(header) - 1), 22)
    _write_row(sheet, 0, header, bold)
    return sheet


def _write_row(sheet: Worksheet, number: int, row: list[Any], cell_format: Format | None = None) -> None:
    """Write texts as texts, numbers as numbers, and nothing for what is empty.

    By kind and not by ``write_row``, which stops at the first text that is too long for a cell; and it is slower.
    """
    write_string, write_number = sheet.write_string, sheet.write_number
    for column, value in enumerate(row):
        kind = type(value)
        if kind is int or kind is float:
            write_number(number, column, value, cell_format)
        elif value is not None and value != "":
            text = value if kind is str else str(value)
            if text.startswith("<r>"):
                # XlsxWriter takes "<r>…</r>" for markup of its own and would not escape it; it escapes fragments.
                sheet.write_rich_string(number, column, "<", "r", text[2:LONGEST])
            else:
                write_string(number, column, text, cell_format)  # and cuts what is too long
