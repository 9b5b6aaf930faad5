"""XLIFF 2.0 (OASIS): one `file` a translation, one `unit` a string; markup inside a string is escaped text."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby
from xml.etree import ElementTree as ET

from verkosto.localisation.exchange.units import BrokenFile, Unit
from verkosto.localisation.exchange.xml import clean, parse

NAMESPACE = "urn:oasis:names:tc:xliff:document:2.0"
FINAL = {"translated", "reviewed", "final"}


def write(units: Iterable[Unit], *, source_language: str, language: str) -> bytes:
    ET.register_namespace("", NAMESPACE)
    root = ET.Element(f"{{{NAMESPACE}}}xliff", version="2.0", srcLang=source_language, trgLang=language)
    for translation, group in groupby(units, key=lambda unit: unit.translation):
        file = None
        for number, unit in enumerate(group, start=1):
            if file is None:
                file = _add(root, "file", id=f"t-{translation}", original=clean(unit.title))
            element = _add(file, "unit", id=f"u{number}", name=unit.path)
            # Without a target there is no state: many tools leave the one they find when they write a translation.
            state = {"state": "initial" if unit.fuzzy else "translated"} if unit.target else {}
            segment = _add(element, "segment", **state)
            _add(segment, "source").text = clean(unit.source)
            if unit.target:
                _add(segment, "target").text = clean(unit.target)
    return ET.tostring(root, encoding="utf-8", xml_declaration=True)


def read(data: bytes) -> tuple[str, list[Unit]]:
    """Return the file's target language and its units. Raises BrokenFile."""
    root = parse(data)
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
