"""Which files a visitor may send, by their content."""

import io
import zipfile

import openpyxl
import pytest
from PIL import Image

from verkosto.registrations.questions.file_types import content_type_of

OFFICE = "application/vnd.openxmlformats-officedocument."
ODF = "application/vnd.oasis.opendocument."
DOCX, XLSX, PPTX = "word/document.xml", "xl/workbook.xml", "ppt/presentation.xml"


def archive(*names, **contents):
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as made:
        for name in names:
            made.writestr(name, contents.get(name, b"<x/>"))
    return written.getvalue()


def office(*names, types=b"<Types/>"):
    return archive("[Content_Types].xml", "_rels/.rels", *names, **{"[Content_Types].xml": types})


def odf(kind, *names):
    return archive("mimetype", "content.xml", *names, mimetype=f"{ODF}{kind}".encode())


def corrupt(compression):
    """An archive whose first part cannot be unpacked."""
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", compression) as made:
        made.writestr("mimetype", f"{ODF}text" * 50)
    data = written.getvalue()
    begin = 30 + len("mimetype") + 9  # the local header, the name, and what says how LZMA was set
    return data[:begin] + b"\xff" * 20 + data[begin + 20 :]


def picture(kind):
    written = io.BytesIO()
    Image.new("RGB", (2, 2)).save(written, kind)
    return written.getvalue()


def workbook():
    written = io.BytesIO()
    openpyxl.Workbook().save(written)
    return written.getvalue()


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (b"%PDF-1.7\n", "application/pdf"),
        (picture("PNG"), "image/png"),
        (picture("JPEG"), "image/jpeg"),
        (workbook(), f"{OFFICE}spreadsheetml.sheet"),
        (office(DOCX), f"{OFFICE}wordprocessingml.document"),
        (office(PPTX), f"{OFFICE}presentationml.presentation"),
        (office("docProps/thumbnail.jpeg", "customXml/item1.xml", DOCX), f"{OFFICE}wordprocessingml.document"),
        (odf("text"), f"{ODF}text"),
        (odf("spreadsheet"), f"{ODF}spreadsheet"),
        (odf("presentation"), f"{ODF}presentation"),
        (odf("graphics"), f"{ODF}graphics"),
        ("Hyvää päivää".encode(), "text/plain"),
        (b"BMW, two places", "text/plain"),
        (("ä" * 5000).encode(), "text/plain"),
    ],
)
def test_accepted_files_are_known(content, expected):
    file = io.BytesIO(content)
    assert (content_type_of(file), file.tell()) == (expected, 0)


@pytest.mark.parametrize(
    "content",
    [
        office(DOCX, "word/vbaProject.bin"),
        office(XLSX, "xl/vbaProject.bin"),
        office(PPTX, "ppt/vbaProject.bin"),
        office(XLSX, "xl/elsewhere/VBAPROJECT.BIN"),
        office(XLSX, "xl/macrosheets/sheet1.xml"),
        office(DOCX, "word/code.bin", types=b'ContentType="application/vnd.ms-word.document.macroEnabled.main+xml"'),
        office(DOCX, types=b" " * 1_100_000),
        archive(DOCX),
        odf("text", "Basic/Standard/Module1.xml"),
        odf("text", "Scripts/python/run.py"),
        odf("text\nSet-Cookie: a=b"),
        odf("made-up"),
        archive("mimetype", mimetype=b"\xff"),
        corrupt(zipfile.ZIP_DEFLATED),
        corrupt(zipfile.ZIP_BZIP2),
        corrupt(zipfile.ZIP_LZMA),
        archive("readme.txt"),
        archive("word/run.exe"),
        b"PK\x03\x04" + b"\x00" * 26 + DOCX.encode(),
        b"<!DOCTYPE html><p>",
        b"hello <ScRiPt>alert(1)</script>",
        b"<svg xmlns='http://www.w3.org/2000/svg'/>",
        b"\xef\xbb\xbf<html>",
        b"{\\rtf1 text}",
        b"MZ\x90\x00\x03",
        "päivää".encode("latin-1"),
        picture("GIF"),
        b"",
    ],
)  # fmt: skip
def test_other_files_are_refused(content):
    file = io.BytesIO(content)
    assert (content_type_of(file), file.tell()) == ("", 0)


def test_a_document_that_unpacks_to_more_than_a_document_ever_does_is_refused():
    """The type was found without looking at the sizes: 200 KB that unpack to 202 MB were kept and given to staff."""
    small, large = bytes(2**20), bytes(101 * 2**20)
    assert content_type_of(io.BytesIO(office(XLSX, "xl/a.xml"))).endswith("sheet")
    assert content_type_of(io.BytesIO(archive("[Content_Types].xml", XLSX, "a", a=small))).endswith("sheet")
    bomb = archive("[Content_Types].xml", XLSX, "a", "b", a=large, b=large)
    assert (len(bomb) < 2**20, content_type_of(io.BytesIO(bomb))) == (True, "")
    many = archive("[Content_Types].xml", XLSX, *map(str, range(10_000)))
    assert content_type_of(io.BytesIO(many)) == ""
