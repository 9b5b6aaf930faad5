"""Reading the texts of a spreadsheet (ECMA-376): the first sheet alone, no formulas, no styles."""

import io
import zipfile
from collections.abc import Iterator
from typing import Any

from defusedxml import DefusedXmlException, ElementTree

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
LARGEST = 20 * 1024 * 1024  # bytes of one part, unpacked
SIGNATURE = b"PK\x03\x04"  # of a ZIP file


def is_spreadsheet(data: bytes) -> bool:
    """Return whether a file looks like a spreadsheet of this kind."""
    return data.startswith(SIGNATURE)


def read_spreadsheet(data: bytes) -> list[list[str]]:
    """Return the cells of the first sheet as texts, row by row. Raise ValueError for a file that cannot be read."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as file:
            names = file.namelist()
            strings = _strings(_part(file, "xl/sharedStrings.xml")) if "xl/sharedStrings.xml" in names else []
            sheets = sorted((len(name), name) for name in names if name.startswith("xl/worksheets/sheet"))
            return list(_rows(_part(file, sheets[0][1]), strings))
    except (zipfile.BadZipFile, KeyError, IndexError, SyntaxError, DefusedXmlException, NotImplementedError) as error:
        raise ValueError(str(error)) from error  # SyntaxError: what the parser of the standard library raises


def _part(file: zipfile.ZipFile, name: str) -> Any:
    with file.open(name) as part:
        content = part.read(LARGEST + 1)
    if len(content) > LARGEST:
        raise ValueError(name)
    return ElementTree.fromstring(content)


def _strings(root: Any) -> list[str]:
    return [_text(item) for item in root.iter(f"{MAIN}si")]


def _text(element: Any) -> str:
    """Return the text of a string item, whose parts may differ in style."""
    direct = element.findall(f"{MAIN}t") + element.findall(f"{MAIN}r/{MAIN}t")
    return "".join(part.text or "" for part in direct)


def _rows(root: Any, strings: list[str]) -> Iterator[list[str]]:
    for row in root.iter(f"{MAIN}row"):
        cells: dict[int, str] = {}
        for cell in row.findall(f"{MAIN}c"):
            reference = cell.get("r", "")
            column = _column(reference) if reference else len(cells)
            cells[column] = _value(cell, strings)
        yield [cells.get(column, "") for column in range(min(max(cells, default=-1) + 1, 100))]


def _value(cell: Any, strings: list[str]) -> str:
    if cell.get("t") == "inlineStr":
        item = cell.find(f"{MAIN}is")
        return _text(item) if item is not None else ""
    value = cell.findtext(f"{MAIN}v") or ""
    return strings[int(value)] if cell.get("t") == "s" and value else value


def _column(reference: str) -> int:
    """Return the column of a cell counted from 0: 2 for “C7”."""
    number = 0
    for letter in filter(str.isalpha, reference.upper()):
        number = number * 26 + ord(letter) - ord("A") + 1
    return number - 1
