"""The text of a TMX segment as HTML, whichever tool wrote it (TMX 1.4b, "Content Markup").

Tools put formatting into elements: `bpt` and `ept` around a text, `ph` and `it` alone. Their content is the code of the
file that was translated, or the tool's own. Bold, italic and code text, line breaks and our own links are kept; all
other codes are left out, and the text between them stays.
"""

from __future__ import annotations

import re
from html import escape, unescape
from xml.etree import ElementTree as ET

TAG = re.compile(r"</?[a-zA-Z][^<>]*>")
KEPT = re.compile(r"<(/?)(b|strong|i|em|code|br|a)( id=\"a\d+\")?\s*/?>")
#: The elements whose content is code, and those that Trados wrote for codes of which it knew nothing.
CODES = {"bpt", "ept", "ph", "it", "ut"}
TAGS_BY_TYPE = {"bold": "b", "italic": "i"}


def html_of(segment: ET.Element | None) -> str:
    """Return the text of a `seg` as wagtail-localize stores it."""
    if segment is None:
        return ""
    raw, end = "".join(_raw(segment, {})), 0
    parts = []
    for tag in TAG.finditer(raw):
        parts += [_text(raw[end : tag.start()]), _kept(tag.group())]
        end = tag.end()
    return "".join([*parts, _text(raw[end:])]).strip()


def plain_text(html: str) -> str:
    """Return a text without its formatting, by which the same text of two tools is found."""
    return " ".join(unescape(TAG.sub("", re.sub(r"<br ?/?>", " ", html))).split())


def _raw(element: ET.Element, open_tags: dict[str, str]) -> list[str]:
    """Return the pieces of a segment, with codes as tags. `open_tags` are those of open `bpt` by their number."""
    parts = [element.text or ""]
    for child in element:
        if child.tag in CODES:
            parts.append(_code(child, open_tags))
        elif child.tag != "sub":  # text inside a code, such as a title
            parts += _raw(child, open_tags)
        parts.append(child.tail or "")
    return parts


def _code(element: ET.Element, open_tags: dict[str, str]) -> str:
    """Return the tag that a code element stands for; "" for one that we have no tag for."""
    code = "".join(element.itertext()).strip()
    number, kind = element.get("i", ""), TAGS_BY_TYPE.get((element.get("type") or "").casefold(), "")
    if KEPT.fullmatch(code):
        return code
    if element.tag == "bpt" and kind:
        open_tags[number] = kind
        return f"<{kind}>"
    if element.tag == "ept" and number in open_tags:
        return f"</{open_tags.pop(number)}>"
    return "<br/>" if element.tag == "ph" and (element.get("type") or "").casefold() == "lb" else ""


def _kept(tag: str) -> str:
    match = KEPT.fullmatch(tag)
    if match is None:
        return ""
    slash, name, link = match.groups()
    return "<br/>" if name == "br" else f"<{slash}{name}{link or ''}>"


def _text(text: str) -> str:
    """Return a piece of text, which some tools escape and others do not, escaped."""
    return escape(unescape(text), quote=False)
