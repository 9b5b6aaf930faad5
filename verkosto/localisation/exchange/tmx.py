"""TMX 1.4b (LISA OSCAR): a translation memory, one `tu` a string. Markup inside a string is escaped text.

Properties of each `tu` say where the string belongs, so that a file that was written here can be imported again. A
translation that no person has reviewed is no memory, and is left out. Units of other tools belong nowhere: they are a
memory, with which `memory_import` fills in what is not translated yet.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from xml.etree import ElementTree as ET

from verkosto.localisation.exchange.tmx_segments import html_of
from verkosto.localisation.exchange.units import BrokenFile, Unit
from verkosto.localisation.exchange.xml import LANGUAGE, clean, parse
from verkosto.localisation.paragraphs import without_mark

TRANSLATION, PATH = "x-verkosto-translation", "x-verkosto-path"
#: The source language of a file whose units can be read in any direction.
ANY = "*all*"


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
    """Return the language of the first translation that was written here, and the units. Raises BrokenFile."""
    root = parse(data, allows_doctype=True)
    header = root.find("header")
    if root.tag != "tmx" or header is None:
        raise BrokenFile("not a TMX document")
    units: list[Unit] = []
    for element in root.iter("tu"):
        props = {prop.get("type"): prop.text or "" for prop in element.iter("prop")}
        note = element.find("note")
        title = "" if note is None else note.text or ""
        source_language = (element.get("srclang") or header.get("srclang") or ANY).casefold()
        variants = [(variant.get(LANGUAGE) or variant.get("lang") or "", variant) for variant in element.iter("tuv")]
        for (code, source), (into, target) in _pairs(variants, source_language):
            units.append(
                Unit(
                    props.get(TRANSLATION, ""),
                    props.get(PATH, ""),
                    _text(source, is_own=TRANSLATION in props),
                    _text(target, is_own=TRANSLATION in props),
                    title=title,
                    number=len(units) + 1,
                    source_language=code,
                    language=into,
                )
            )
    return next((unit.language for unit in units if unit.translation), ""), units


Variant = tuple[str, ET.Element]


def _pairs(variants: list[Variant], source_language: str) -> Iterator[tuple[Variant, Variant]]:
    """Yield the pairs of source and translation among the languages of a unit."""
    sources = [variant for variant in variants if source_language in (variant[0].casefold(), ANY)]
    for source in sources:
        for target in variants:
            if target[0].casefold() != source[0].casefold():
                yield source, target


def _text(variant: ET.Element, *, is_own: bool) -> str:
    segment = variant.find("seg")
    if is_own and segment is not None and len(segment) == 0:
        return segment.text or ""
    return html_of(segment)
