"""The text of files that people upload, in the encodings that spreadsheet programs and editors write."""

import codecs

#: By its byte order mark (Unicode §23.8). That of UTF-32 begins with that of UTF-16.
ENCODINGS_BY_MARK = {
    codecs.BOM_UTF8: "utf-8-sig",
    codecs.BOM_UTF32_LE: "utf-32",
    codecs.BOM_UTF32_BE: "utf-32",
    codecs.BOM_UTF16_LE: "utf-16",
    codecs.BOM_UTF16_BE: "utf-16",
}


def encoding_by_mark(data: bytes) -> str:
    """Return the encoding that the byte order mark of a file says; "" without one."""
    return next((encoding for mark, encoding in ENCODINGS_BY_MARK.items() if data.startswith(mark)), "")


def decode_text(data: bytes) -> str:
    """Return the text of a file, whatever its encoding. Bytes that are no text in it become U+FFFD.

    Without a byte order mark it is UTF-8, or else Windows-1252, which old spreadsheet programs write and of which
    Latin-1 is a part.
    """
    if encoding := encoding_by_mark(data):
        return data.decode(encoding, "replace")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return data.decode("cp1252", "replace")
