"""The reader of XLSX spreadsheets (ECMA-376): the texts of the first sheet, without formulas and styles.

Uploaded files are not trusted: they are read as streams, and every quantity has a limit (CWE-409).
"""

import io
import re
import zipfile
from collections.abc import Mapping
from typing import Any, Protocol

from defusedxml import DefusedXmlException, ElementTree

from verkosto.core.zip_archives import ARCHIVE_ERRORS, ArchiveTooLarge, check_expanded_size

NAMESPACE = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
SIGNATURE = b"PK\x03\x04"  # of a ZIP file
LARGEST = 20 * 1024 * 1024  # unpacked bytes of one part, and characters of all cells together
PORTION = 64 * 1024  # bytes parsed at once
MAX_ELEMENTS = 1_000_000  # XML elements of one part
MAX_ROWS = 100_000
MAX_COLUMNS = 100
# Spreadsheet programs store formatted rows without content, up to the millionth. After so many, reading stops.
MAX_EMPTY_ROWS = 1000


class _Reader(Protocol):
    """A target of an XML parser, which calls it for the elements of a part."""

    is_done: bool

    def start(self, tag: str, attributes: Mapping[str, str]) -> None: ...
    def data(self, text: str) -> None: ...
    def end(self, tag: str) -> None: ...


def is_spreadsheet(data: bytes) -> bool:
    """Return whether a file looks like a spreadsheet of this kind."""
    return data.startswith(SIGNATURE)


def read_spreadsheet(data: bytes, *, max_rows: int = MAX_ROWS) -> list[list[str]]:
    """Return the cells of the first sheet as texts, row by row, at most ``max_rows`` rows and ``MAX_COLUMNS`` columns.

    Raise ValueError for a file that cannot be read or is too large.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as file:
            check_expanded_size(file)
            names = file.namelist()
            strings = _Strings()
            if "xl/sharedStrings.xml" in names:
                _read(file, "xl/sharedStrings.xml", strings)
            sheets = sorted((len(name), name) for name in names if name.startswith("xl/worksheets/sheet"))
            rows = _Rows(strings.found, max_rows)
            _read(file, sheets[0][1], rows)
            return rows.found
    except (*ARCHIVE_ERRORS, SyntaxError, DefusedXmlException) as error:
        raise ValueError(str(error)) from error  # SyntaxError: what the parser of the standard library raises


def _read(file: zipfile.ZipFile, name: str, reader: _Reader) -> None:
    """Parse a part until the reader is done."""
    parser: Any = ElementTree.XMLParser(target=reader)
    size = 0
    with file.open(name) as part:
        while portion := part.read(PORTION):
            size += len(portion)
            if size > LARGEST:
                raise ArchiveTooLarge(name)
            parser.feed(portion)
            if reader.is_done:
                return
    parser.close()


class _Text:
    """A reader of the text in the elements ``t`` and ``v``, without the phonetic guides of Japanese (``rPh``)."""

    def __init__(self) -> None:
        self.is_done = False
        self._pieces: list[str] = []
        self._is_read = self._is_reading_aid = False
        self._elements = 0

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        self._elements += 1
        if self._elements > MAX_ELEMENTS:
            raise ValueError("too many elements")
        if tag == f"{NAMESPACE}rPh":
            self._is_reading_aid = True
        self._is_read = tag in (f"{NAMESPACE}t", f"{NAMESPACE}v") and not self._is_reading_aid

    def data(self, text: str) -> None:
        if self._is_read:
            self._pieces.append(text)

    def end(self, tag: str) -> None:
        self._is_read = False
        if tag == f"{NAMESPACE}rPh":
            self._is_reading_aid = False

    def take(self) -> str:
        """Return the text that was read since the last call."""
        text, self._pieces = "".join(self._pieces), []
        return text


class _Strings(_Text):
    """A reader of the shared strings, which cells refer to by number. A string may have parts in different styles."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def end(self, tag: str) -> None:
        super().end(tag)
        if tag == f"{NAMESPACE}si":
            self.found.append(self.take())


class _Rows(_Text):
    """A reader of the rows of a sheet, without the empty rows at its end."""

    def __init__(self, strings: list[str], max_rows: int) -> None:
        super().__init__()
        self.found: list[list[str]] = []
        self._strings, self._max_rows = strings, max_rows
        self._cells: dict[int, str] = {}
        self._column, self._kind, self._empty, self._length = -1, "", 0, 0

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        super().start(tag, attributes)
        if tag == f"{NAMESPACE}row":
            self._cells, self._column = {}, -1
        elif tag == f"{NAMESPACE}c":
            self._column = column_of(attributes["r"]) if "r" in attributes else self._column + 1
            self._kind = attributes.get("t", "")

    def end(self, tag: str) -> None:
        super().end(tag)
        if tag == f"{NAMESPACE}c":
            self._add_cell(self.take())
        elif tag == f"{NAMESPACE}row" and not self.is_done:
            self._add_row()

    def _add_cell(self, text: str) -> None:
        value = self._strings[int(text)] if self._kind == "s" and text else text
        if value and self._column < MAX_COLUMNS:
            self._cells[self._column] = value
            self._length += len(value)  # many cells may refer to one long string
        if self._length > LARGEST:
            raise ValueError("too much text")

    def _add_row(self) -> None:
        if self._cells:
            self.found.extend([] for _number in range(self._empty))
            self.found.append([self._cells.get(column, "") for column in range(max(self._cells) + 1)])
        self._empty = 0 if self._cells else self._empty + 1
        self.is_done = len(self.found) >= self._max_rows or self._empty >= MAX_EMPTY_ROWS


def column_of(reference: str) -> int:
    """Return the column of a cell counted from 0: 2 for “C7”. Raise ValueError for no reference."""
    letters = re.match("[A-Z]{1,3}", reference)
    if letters is None:
        raise ValueError(reference[:20])
    number = 0
    for letter in letters[0]:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number - 1
