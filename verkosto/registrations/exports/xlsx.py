"""A spreadsheet written while it is read (ECMA-376): no row stays in memory, and no cell is a formula.

A library would write the whole file before its first byte could leave.
"""

import io
import re
import zipfile
from collections.abc import Iterator
from typing import Any

from verkosto.registrations.exports.rows import Export

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
LONGEST = 32767  # characters in a cell
PORTION = 500  # rows that are compressed at once
# Characters that XML cannot hold, and what would read as their escape (ECMA-376 part 1, §22.4.2.4).
UNSAFE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]|_(?=x[0-9A-Fa-f]{4}_)")

BETWEEN = "\ue000"  # parts the texts of a row, which are made ready together; a character of no language

PARTS = {
    "[Content_Types].xml": (
        f'{HEAD}<Types xmlns="{PACKAGE}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        '<Override PartName="/xl/workbook.xml" '
        'ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/>'
        '<Override PartName="/xl/worksheets/sheet1.xml" '
        'ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/>'
        '<Override PartName="/xl/styles.xml" '
        'ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml"/></Types>'
    ),
    "_rels/.rels": (
        f'{HEAD}<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="rId1" '
        f'Type="{RELATIONS}/officeDocument" Target="xl/workbook.xml"/></Relationships>'
    ),
    "xl/workbook.xml": (
        f'{HEAD}<workbook xmlns="{MAIN}" xmlns:r="{RELATIONS}"><sheets>'
        '<sheet name="1" sheetId="1" r:id="rId1"/></sheets></workbook>'
    ),
    "xl/_rels/workbook.xml.rels": (
        f'{HEAD}<Relationships xmlns="{PACKAGE}/relationships">'
        f'<Relationship Id="rId1" Type="{RELATIONS}/worksheet" Target="worksheets/sheet1.xml"/>'
        f'<Relationship Id="rId2" Type="{RELATIONS}/styles" Target="styles.xml"/></Relationships>'
    ),
    # Style 1 is the header's bold.
    "xl/styles.xml": (
        f'{HEAD}<styleSheet xmlns="{MAIN}"><fonts count="2"><font><sz val="11"/><name val="Calibri"/></font>'
        '<font><b/><sz val="11"/><name val="Calibri"/></font></fonts>'
        '<fills count="2"><fill><patternFill patternType="none"/></fill>'
        '<fill><patternFill patternType="gray125"/></fill></fills>'
        '<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>'
        '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>'
        '<cellXfs count="2"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>'
        '<xf numFmtId="0" fontId="1" fillId="0" borderId="0" xfId="0" applyFont="1"/></cellXfs>'
        '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>'
    ),
}
SHEET_HEAD = (
    f'{HEAD}<worksheet xmlns="{MAIN}"><sheetViews><sheetView workbookViewId="0">'
    '<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews>'
    '<sheetFormatPr defaultRowHeight="15"/><cols><col min="1" max="{columns}" width="22" customWidth="1"/></cols><sheetData>'
)
SHEET_END = "</sheetData></worksheet>"


class _Pipe(io.RawIOBase):
    """A file that cannot be sought: what is written waits to be taken."""

    def __init__(self) -> None:
        super().__init__()
        self.written: list[bytes] = []

    def write(self, data: Any) -> int:
        self.written.append(bytes(data))
        return len(data)

    def take(self) -> bytes:
        data = b"".join(self.written)
        self.written.clear()
        return data


def stream_xlsx(export: Export) -> Iterator[bytes]:
    """The file's bytes, portion by portion."""
    pipe = _Pipe()
    with zipfile.ZipFile(pipe, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for name, text in PARTS.items():
            archive.writestr(name, text)
        with archive.open("xl/worksheets/sheet1.xml", "w") as sheet:
            sheet.write(SHEET_HEAD.format(columns=max(1, len(export.header))).encode())
            sheet.write(_row(export.header, style=1).encode())
            yield pipe.take()
            waiting: list[str] = []
            for row in export.rows():
                waiting.append(_row(row))
                if len(waiting) == PORTION:
                    sheet.write("".join(waiting).encode())
                    waiting.clear()
                    yield pipe.take()
            sheet.write("".join(waiting).encode())
            sheet.write(SHEET_END.encode())
    yield pipe.take()


def _row(cells: list[Any], style: int = 0) -> str:
    mark = f' s="{style}"' if style else ""
    texts = [cell for cell in cells if type(cell) is str]
    joined = BETWEEN.join(texts)
    if len(joined) > LONGEST or joined.count(BETWEEN) >= len(texts):
        ready = [_ready(text[:LONGEST]) for text in texts]
    else:
        ready = _ready(joined).split(BETWEEN)
    following = iter(ready)
    return f"<row>{''.join([_cell(cell, following, mark) for cell in cells])}</row>"


def _ready(text: str) -> str:
    """The text as XML holds it, whatever it is."""
    if UNSAFE.search(text):
        text = UNSAFE.sub(lambda match: f"_x{ord(match[0]):04X}_", text)
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\r", "&#13;")


def _cell(cell: Any, texts: Iterator[str], mark: str) -> str:
    if type(cell) is str:
        text = next(texts)
        return f'<c{mark} t="inlineStr"><is><t xml:space="preserve">{text}</t></is></c>' if text else "<c/>"
    if cell is None:
        return "<c/>"
    if isinstance(cell, int | float):
        return f"<c{mark}><v>{cell}</v></c>"
    return _cell(str(cell), iter([_ready(str(cell)[:LONGEST])]), mark)
