"""Spreadsheets that a stranger made: what is read, and the limits (finding of security: checks on the expanded size)."""

import io
import tracemalloc
import zipfile
from collections.abc import Callable

import pytest

from verkosto.core import spreadsheets
from verkosto.core.spreadsheets import MAX_COLUMNS, MAX_EMPTY_ROWS, read_spreadsheet

MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
MIB = 1024 * 1024


def book(rows: str, strings: str = "", **parts: str) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", f"<worksheet {MAIN}><sheetData>{rows}</sheetData></worksheet>")
        archive.writestr("xl/sharedStrings.xml", f"<sst {MAIN}>{strings}</sst>")
        for name, content in parts.items():
            archive.writestr(name, content)
    return file.getvalue()


def cell(reference: str, text: str) -> str:
    return f'<c r="{reference}" t="inlineStr"><is><t>{text}</t></is></c>'


def peak(data: bytes) -> int:
    """The most memory in bytes that reading takes at a time, whether the file is refused or not."""
    tracemalloc.start()
    try:
        read_spreadsheet(data)
    except ValueError:
        pass
    finally:
        found = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
    return found


def test_cells_are_read_where_they_stand_with_strings_in_several_styles() -> None:
    strings = "<si><t>Aino</t></si><si><r><t>Vir</t></r><r><rPr><b/></rPr><t>tanen</t></r><rPh><t>x</t></rPh></si>"
    rows = (
        '<row><c t="s"><v>0</v></c><c t="s"><v>1</v></c><c/></row><row/>'
        f'<row>{cell("C3", "a@example.fi")}<c r="D3"><f>1+1</f><v>2</v></c></row>'
    )
    assert read_spreadsheet(book(rows, strings)) == [["Aino", "Virtanen"], [], ["", "", "a@example.fi", "2"]]


def test_a_million_empty_rows_are_neither_kept_nor_read() -> None:
    """A program stores a row for each that somebody formatted; the list itself is short."""
    empty = '<row r="1" spans="1:5" s="1" customFormat="1"/>' * 1_000_000
    data = book(f"<row>{cell('A1', 'a@example.fi')}</row>{empty}")
    assert len(data) < MIB  # small enough to be taken
    assert read_spreadsheet(data) == [["a@example.fi"]]
    assert peak(data) < 10 * MIB


def test_nothing_is_looked_for_below_a_thousand_empty_rows() -> None:
    def below(number: int) -> list[list[str]]:
        return read_spreadsheet(book("<row/>" * number + f"<row>{cell('A1', 'x')}</row>" + "<row/>" * 100_000))

    assert (below(3), below(MAX_EMPTY_ROWS)) == ([[], [], [], ["x"]], [])


BOMBS: dict[str, Callable[[], bytes]] = {
    "one cell of 64 MiB": lambda: book(f"<row>{cell('A1', 'x' * (64 * MIB))}</row>"),
    "many cells in a row": lambda: book("<row>" + "<c/>" * (spreadsheets.MAX_ELEMENTS + 1) + "</row>"),
    "many parts of a string": lambda: book("", "<si>" + "<t/>" * (spreadsheets.MAX_ELEMENTS + 1) + "</si>"),
    "a part that nobody reads": lambda: book("<row/>", more="x" * (201 * MIB)),
    "one string in 25,000 cells": lambda: book(
        ("<row>" + '<c t="s"><v>0</v></c>' * 50 + "</row>") * 500, f"<si><t>{'x' * MIB}</t></si>"
    ),
}


@pytest.mark.parametrize("name", BOMBS)
def test_a_small_file_that_becomes_large_is_refused_within_bounded_memory(name: str) -> None:
    data = BOMBS[name]()
    assert len(data) < MIB
    with pytest.raises(ValueError):  # noqa: PT011 - each has its own text
        read_spreadsheet(data)
    if "many" not in name:  # the number of elements bounds their memory, and measuring them is slow
        assert peak(data) < 4 * spreadsheets.LARGEST


def test_rows_and_columns_are_limited() -> None:
    row = f"<row>{''.join(cell(f'{column}1', 'x') for column in ('A', 'B', 'AAA'))}</row>"
    assert read_spreadsheet(book(row * 50), max_rows=20) == [["x", "x"]] * 20
    (wide,) = read_spreadsheet(book(f"<row>{'<c><v>1</v></c>' * 200}</row>"))
    assert wide == ["1"] * MAX_COLUMNS


@pytest.mark.parametrize("rows", ['<row><c r="7"/></row>', '<row><c t="s"><v>3</v></c></row>', "<row>"])
def test_a_sheet_that_is_not_one_is_refused(rows: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 - each has its own text
        read_spreadsheet(book(rows))
