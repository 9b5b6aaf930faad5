"""Reading XML that strangers wrote, and text that XML can hold."""

from __future__ import annotations

import re
from xml.etree import ElementTree as ET

from defusedxml import DTDForbidden
from defusedxml.ElementTree import DefusedXMLParser

from verkosto.core.text_files import encoding_by_mark
from verkosto.localisation.exchange.units import BrokenFile

NOT_IN_XML = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>")
#: The attribute for the language of an element, as ElementTree names it.
LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"
#: Elements and attributes that a file may have; one of 20 MB that was written here has some 300,000.
MAX_NODES = 500_000


class _LimitedBuilder(ET.TreeBuilder):
    """A tree that stops growing at MAX_NODES, so that a small file cannot take much memory."""

    def __init__(self) -> None:
        super().__init__()
        self.nodes = 0

    def start(self, tag: str, attrs: dict[str, str], /) -> ET.Element:
        self.nodes += 1 + len(attrs)
        if self.nodes > MAX_NODES:
            raise BrokenFile(f"more than {MAX_NODES} elements and attributes")
        return super().start(tag, attrs)


def parse(data: bytes, *, allows_doctype: bool = False) -> ET.Element:
    """Return the root of a document without entities of its own. Raises BrokenFile.

    With `allows_doctype` it may name a document type, which is not read.
    """
    parser = DefusedXMLParser(target=_LimitedBuilder(), forbid_dtd=not allows_doctype)
    try:
        parser.feed(as_utf8(data))
        root: ET.Element = parser.close()
    except DTDForbidden as error:
        raise BrokenFile("a document type is not allowed") from error
    except (ET.ParseError, LookupError, ValueError) as error:  # the latter two: an encoding that Python cannot read
        raise BrokenFile(str(error)) from error
    return root


def as_utf8(data: bytes) -> bytes:
    """Return a document that begins with a byte order mark in UTF-8, whatever encoding it declares."""
    encoding = encoding_by_mark(data)
    if not encoding:
        return data
    return DECLARATION.sub("", data.decode(encoding, "replace").removeprefix("\ufeff")).encode()


def clean(text: str) -> str:
    """Return a text without the characters that XML 1.0 cannot hold."""
    return NOT_IN_XML.sub("", text)
