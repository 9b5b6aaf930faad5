"""Files that people upload: lists, spreadsheets and archives, right and broken."""

import io
import zipfile
from collections.abc import Callable
from typing import Any
from xml.sax.saxutils import escape

from hypothesis import strategies as st

from tests.fuzz.texts import raw_bytes, texts

MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
XML_TEXT = st.text(st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\ufffe\uffff"), max_size=20)


def archive(**parts: str | bytes) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in parts.items():
            made.writestr(name.replace("__", "/"), content)
    return file.getvalue()


def book(rows: str, **parts: str | bytes) -> bytes:
    """Return a spreadsheet with rows of XML on its only sheet."""
    sheet = f"<worksheet {MAIN}><sheetData>{rows}</sheetData></worksheet>"
    return archive(**{"xl__workbook.xml": "<workbook/>", "xl__worksheets__sheet1.xml": sheet}, **parts)


def row(*cells: str) -> str:
    inside = (f'<c t="inlineStr"><is><t xml:space="preserve">{escape(cell)}</t></is></c>' for cell in cells)
    return f"<row>{''.join(inside)}</row>"


@st.composite
def damaged(draw: Any, data: bytes) -> bytes:
    """Draw a file of which a part is cut off, overwritten or doubled."""
    start, length = (draw(st.integers(0, len(data))) for _ in range(2))
    other = draw(st.one_of(st.just(b""), raw_bytes, st.just(data[start : start + length])))
    return data[:start] + other + data[start + draw(st.sampled_from([0, 1, len(other), length])) :]


#: Spreadsheets that a program could have written, and some that none did.
ODD_BOOKS: dict[str, Callable[[], bytes]] = {
    "no sheet": lambda: archive(**{"xl__workbook.xml": "<workbook/>"}),
    "an empty sheet": lambda: book(""),
    "ten thousand columns": lambda: book(row("aino@example.fi", *["x"] * 10_000)),
    "formulas": lambda: book('<row><c><f>HYPERLINK("x")</f><v>aino@example.fi</v></c></row>'),
    "an error as value": lambda: book('<row><c t="e"><v>#REF!</v></c></row>'),
    "a string before the first": lambda: book('<row><c t="s"><v>-1</v></c></row>'),
    "a string that is no number": lambda: book('<row><c t="s"><v>x</v></c></row>'),
    "macros": lambda: book(row("aino@example.fi"), xl__vbaProject=b"x"),
    "a bomb": lambda: book(row("x" * (25 * 2**20))),
    "an entity": lambda: archive(
        **{"xl__worksheets__sheet1.xml": '<!DOCTYPE x [<!ENTITY a "aaaa">]><worksheet>&a;</worksheet>'}
    ),
    "no XML": lambda: archive(**{"xl__worksheets__sheet1.xml": b"\xff\xfe\0"}),
    "encrypted": lambda: encrypted(book(row("aino@example.fi"))),
    "a method that nobody knows": lambda: book(row("aino@example.fi")).replace(b"\x08\0\0\0", b"\x63\0\0\0"),
    "cut off": lambda: book(row("aino@example.fi"))[:-10],
    "only the beginning": lambda: b"PK\x03\x04",
}


def encrypted(data: bytes) -> bytes:
    """Return an archive all of whose parts say that they are encrypted."""
    found = bytearray(data)
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = found.find(mark)
        while at >= 0:
            found[at + offset] |= 1
            at = found.find(mark, at + 1)
    return bytes(found)


books = st.one_of(
    st.lists(st.lists(XML_TEXT, max_size=4), max_size=4).map(
        lambda rows: book("".join(row(*cells) for cells in rows))
    ),
    damaged(book(row("aino@example.fi", "Aino"), xl__sharedStrings=f"<sst {MAIN}/>")),
    st.sampled_from(sorted(ODD_BOOKS.keys() - {"a bomb"})).map(lambda name: ODD_BOOKS[name]()),
)
lists = st.one_of(
    st.lists(st.tuples(texts, texts), max_size=3).map(lambda lines: "\n".join(map(";".join, lines)).encode()),
    raw_bytes,
    books,
)
