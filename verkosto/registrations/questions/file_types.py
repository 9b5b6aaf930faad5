"""What a file is, by its first bytes; its name and the browser's word are not believed."""

import zipfile
from typing import IO

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
OPEN_DOCUMENT = b"application/vnd.oasis.opendocument."
MARKUP = (b"<!doctype", b"<html", b"<script", b"<svg", b"<?xml")


def content_type_of(file: IO[bytes]) -> str:
    """The media type of an accepted file, or "" for one that is not accepted. The file is left at its start."""
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
    try:
        with zipfile.ZipFile(file) as archive:
            names = set(archive.namelist())
            for name, content_type in OFFICE.items():
                if name in names and "word/vbaProject.bin" not in names and "xl/vbaProject.bin" not in names:
                    return content_type
            if "mimetype" in names and archive.getinfo("mimetype").file_size < 200:
                declared = archive.read("mimetype")
                if declared.startswith(OPEN_DOCUMENT):
                    return declared.decode("ascii", "replace").strip()
    except (zipfile.BadZipFile, OSError, NotImplementedError, RuntimeError):
        pass
    return ""


def _is_plain_text(head: bytes) -> bool:
    if b"\x00" in head or any(mark in head.lower() for mark in MARKUP):
        return False
    try:
        # A character may be cut in two at the end of what was read.
        head.decode("utf-8", "strict" if len(head) < 4096 else "ignore")
    except UnicodeDecodeError:
        return False
    return bool(head)
