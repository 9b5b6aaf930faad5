"""TMX 1.4b (LISA OSCAR): a translation memory, one `tu` a string. Markup inside a string is escaped text.

Properties of each `tu` say where the string belongs, so that a file that was written here can be imported again. A
translation that no person has reviewed is no memory, and is left out.
"""

from __future__ import annotations

from collections.abc import Iterable
from xml.etree import ElementTree as ET

from verkosto.localisation.exchange.units import BrokenFile, Unit
from verkosto.localisation.exchange.xml import LANGUAGE, clean, parse
from verkosto.localisation.paragraphs import without_mark

TRANSLATION, PATH = "x-verkosto-translation", "x-verkosto-path"


def write(units: Iterable[Unit], *, source_language: str, language: str) -> bytes:
    root = ET.Element("tmx", version="1.4")
    ET.SubElement(
        root,
        "header",
        {
            "creationtool": "Verkosto",
            "creationtoolversion": "1",
            "segtype": "block",
            "o-tmf": "Verkosto",
            "adminlang": "en",
            "srclang": source_language,
            "datatype": "html",
        },
    )
    body = ET.SubElement(root, "body")
    for unit in units:
        target = without_mark(unit.target)
        if not target or unit.fuzzy:
            continue
        element = ET.SubElement(body, "tu")
        for name, value in ((TRANSLATION, unit.translation), (PATH, unit.path)):
            ET.SubElement(element, "prop", type=name).text = value
        if unit.title:
            ET.SubElement(element, "note").text = clean(unit.title)
        for code, text in ((source_language, unit.source), (language, target)):
            variant = ET.SubElement(element, "tuv", {LANGUAGE: code})
            ET.SubElement(variant, "seg").text = clean(text)
    return ET.tostring(root, encoding="utf-8", xml_declaration=True)


def read(data: bytes) -> tuple[str, list[Unit]]:
    """Return the language of the first translation and the units. Raises BrokenFile."""
    root = parse(data)
    header = root.find("header")
    if root.tag != "tmx" or header is None:
        raise BrokenFile("not a TMX document")
    source_language = header.get("srclang", "").casefold()
    language = ""
    units: list[Unit] = []
    for element in root.iter("tu"):
        props = {prop.get("type"): prop.text or "" for prop in element.iter("prop")}
        source = target = ""
        for variant in element.iter("tuv"):
            code = variant.get(LANGUAGE) or variant.get("lang") or ""
            segment = variant.find("seg")
            text = "" if segment is None else "".join(segment.itertext())
            if code.casefold() == source_language:
                source = text
            else:
                target, language = text, language or code
        note = element.find("note")
        title = "" if note is None else note.text or ""
        units.append(
            Unit(props.get(TRANSLATION, ""), props.get(PATH, ""), source, target, title=title, number=len(units) + 1)
        )
    return language, units
