"""The types of uploaded files, recognised by content: a file's name and the type that a browser states are not trusted.

Libraries that look only at the first bytes recognise neither macros nor plain text (decision 15).
"""

import re
import zipfile
from typing import IO

from verkosto.core.zip_archives import ARCHIVE_ERRORS, check_expanded_size

SIGNATURES = [
    (b"%PDF-", "application/pdf"),
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
]
OFFICE = {
    "word/document.xml": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xl/workbook.xml": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "ppt/presentation.xml": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
}
CONTENT_TYPES = "[Content_Types].xml"
OPEN_DOCUMENT = {
    f"application/vnd.oasis.opendocument.{kind}" for kind in ("text", "spreadsheet", "presentation", "graphics")
}
# Parts that hold macros in files of Office, of Excel 4 ("macrosheets"), and of OpenDocument ("Basic", "Scripts").
MACROS = re.compile(r"(^|/)(vbaProject|vbaData)[^/]*$|(^|/)macrosheets/|^(Basic|Scripts)/", re.IGNORECASE)
# The beginnings of text files that a program would run or interpret.
MARKUP = (b"<!doctype", b"<html", b"<script", b"<svg", b"<?xml", b"{\\rtf")
LARGEST_PART = 1024 * 1024  # bytes; a larger part of an archive is not unpacked


def content_type_of(file: IO[bytes]) -> str:
    """Return the media type of an accepted file, "" for one that is not accepted. The file is left at its start."""
    file.seek(0)
    head = file.read(4096)
    try:
        for signature, content_type in SIGNATURES:
            if head.startswith(signature):
                return content_type
        if head.startswith(b"PK\x03\x04"):
            return _archive_type(file)
        return "text/plain" if _is_plain_text(head) else ""
    finally:
        file.seek(0)


def _archive_type(file: IO[bytes]) -> str:
    """Return the media type of a document that is a ZIP archive.

    Return "" for other archives, documents with macros, and archive bombs.
    """
    try:
        with zipfile.ZipFile(file) as archive:
            check_expanded_size(archive)
            names = set(archive.namelist())
            if any(MACROS.search(name) for name in names):
                return ""
            for name, content_type in OFFICE.items():
                if name in names:
                    return "" if b"macroenabled" in _part(archive, CONTENT_TYPES).lower() else content_type
            declared = _part(archive, "mimetype").decode("ascii").strip()
            return declared if declared in OPEN_DOCUMENT else ""
    except ARCHIVE_ERRORS:
        return ""


def _part(archive: zipfile.ZipFile, name: str) -> bytes:
    """Return a part of an archive. Raises ValueError if it is larger than ``LARGEST_PART``."""
    if archive.getinfo(name).file_size > LARGEST_PART:
        raise ValueError(name)
    return archive.read(name)


def _is_plain_text(head: bytes) -> bool:
    if b"\x00" in head or any(mark in head.lower() for mark in MARKUP):
        return False
    try:
        # The last character may be incomplete where reading stopped.
        head.decode("utf-8", "strict" if len(head) < 4096 else "ignore")
    except UnicodeDecodeError:
        return False
    return bool(head)
