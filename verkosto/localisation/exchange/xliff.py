"""XLIFF 2.0 (OASIS): one `file` a translation, one `unit` a string; markup inside a string is escaped text."""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import groupby
from xml.etree import ElementTree as ET

from defusedxml import DTDForbidden
from defusedxml.ElementTree import DefusedXMLParser

from verkosto.localisation.exchange.units import BrokenFile, Unit

NAMESPACE = "urn:oasis:names:tc:xliff:document:2.0"
NOT_IN_XML = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
FINAL = {"translated", "reviewed", "final"}
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


def write(units: Iterable[Unit], *, source_language: str, language: str) -> bytes:
    ET.register_namespace("", NAMESPACE)
    root = ET.Element(f"{{{NAMESPACE}}}xliff", version="2.0", srcLang=source_language, trgLang=language)
    for translation, group in groupby(units, key=lambda unit: unit.translation):
        file = None
        for number, unit in enumerate(group, start=1):
            if file is None:
                file = _add(root, "file", id=f"t-{translation}", original=_clean(unit.title))
            element = _add(file, "unit", id=f"u{number}", name=unit.path)
            # Without a target there is no state: many tools leave the one they find when they write a translation.
            state = {"state": "initial" if unit.fuzzy else "translated"} if unit.target else {}
            segment = _add(element, "segment", **state)
            _add(segment, "source").text = _clean(unit.source)
            if unit.target:
                _add(segment, "target").text = _clean(unit.target)
    return ET.tostring(root, encoding="utf-8", xml_declaration=True)


def read(data: bytes) -> tuple[str, list[Unit]]:
    """Return the file's target language and its units. Raises BrokenFile."""
    parser = DefusedXMLParser(target=_LimitedBuilder(), forbid_dtd=True)
    try:
        parser.feed(data)
        root = parser.close()
    except DTDForbidden as error:
        raise BrokenFile("a document type is not allowed") from error
    except (ET.ParseError, LookupError, ValueError) as error:  # the latter two: an encoding that Python cannot read
        raise BrokenFile(str(error)) from error
    if root.tag != f"{{{NAMESPACE}}}xliff":
        raise BrokenFile("not an XLIFF 2.0 document")
    units: list[Unit] = []
    for file in root.iter(f"{{{NAMESPACE}}}file"):
        translation = (file.get("id") or "").removeprefix("t-")
        for element in file.iter(f"{{{NAMESPACE}}}unit"):
            segments = element.findall(f"{{{NAMESPACE}}}segment")
            source = "".join(_text(segment, "source") for segment in segments)
            target = "".join(_text(segment, "target") for segment in segments)
            # `state` may be left out: a target is then as good as its author says by writing it.
            states = {segment.get("state") or "translated" for segment in segments}
            fuzzy = bool(target) and not states <= FINAL
            path, title = element.get("name") or "", file.get("original") or ""
            units.append(Unit(translation, path, source, target, fuzzy, title, len(units) + 1))
    return root.get("trgLang") or "", units


def _add(parent: ET.Element, tag: str, **attributes: str) -> ET.Element:
    return ET.SubElement(parent, f"{{{NAMESPACE}}}{tag}", attributes)


def _text(segment: ET.Element, tag: str) -> str:
    found = segment.find(f"{{{NAMESPACE}}}{tag}")
    return "" if found is None else "".join(found.itertext())


def _clean(text: str) -> str:
    return NOT_IN_XML.sub("", text)
