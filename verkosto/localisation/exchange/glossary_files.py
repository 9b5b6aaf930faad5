"""The glossary as a file: CSV (RFC 4180) for spreadsheets, TBX (ISO 30042:2008, core) for translation tools."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby
from xml.etree import ElementTree as ET

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.models import Locale

from verkosto.core.text import clean_line
from verkosto.core.text_files import decode_text
from verkosto.localisation.exchange.units import BrokenFile
from verkosto.localisation.exchange.xml import LANGUAGE, clean, parse
from verkosto.localisation.models import GlossaryTerm

COLUMNS = ["source_language", "term", "language", "translation", "note"]
# Spreadsheet programs read a cell that begins with one of these as a formula (OWASP, "CSV injection").
FORMULA = ("=", "+", "-", "@")


@dataclass(frozen=True)
class Term:
    """A term of a file; `number` is its row or entry, from 1."""

    source_language: str
    source: str
    language: str
    target: str
    note: str = ""
    number: int = 0


def terms_of(rows: Iterable[GlossaryTerm]) -> list[Term]:
    return [
        Term(row.source_locale.language_code, row.source, row.locale.language_code, row.target, row.note)
        for row in rows
    ]


def write_csv(terms: Iterable[Term]) -> bytes:
    file = io.StringIO()
    writer = csv.writer(file)
    writer.writerow(COLUMNS)
    for term in terms:
        cells = [term.source_language, term.source, term.language, term.target, term.note]
        writer.writerow([f"'{cell}" if cell.startswith(FORMULA) else cell for cell in cells])
    return file.getvalue().encode("utf-8-sig")


def write_tbx(terms: Iterable[Term]) -> bytes:
    """Return one `termEntry` a term, the term of the source language first."""
    root = ET.Element("martif", {"type": "TBX", LANGUAGE: "en"})
    header = ET.SubElement(ET.SubElement(root, "martifHeader"), "fileDesc")
    ET.SubElement(ET.SubElement(header, "sourceDesc"), "p").text = "Verkosto"
    body = ET.SubElement(ET.SubElement(root, "text"), "body")
    ordered = sorted(terms, key=lambda term: (term.source_language, term.source, term.language))
    for number, (_key, group) in enumerate(groupby(ordered, key=lambda term: (term.source_language, term.source)), 1):
        entry = ET.SubElement(body, "termEntry", id=f"t{number}")
        for position, term in enumerate(group):
            if position == 0:
                _add_term(entry, term.source_language, term.source)
            _add_term(entry, term.language, term.target, term.note)
    return ET.tostring(root, encoding="utf-8", xml_declaration=True)


def _add_term(entry: ET.Element, language: str, text: str, note: str = "") -> None:
    group = ET.SubElement(ET.SubElement(entry, "langSet", {LANGUAGE: language}), "tig")
    ET.SubElement(group, "term").text = clean(text)
    if note:
        ET.SubElement(group, "note").text = clean(note)


def read(data: bytes) -> list[Term]:
    """Return the terms of a CSV or TBX file. Raises BrokenFile."""
    if data.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<"):
        return _read_tbx(data)
    text = decode_text(data)
    first = text.split("\n", 1)[0]
    reader = csv.reader(io.StringIO(text), delimiter=";" if first.count(";") > first.count(",") else ",")
    try:
        header, *rows = list(reader) or [[]]
    except csv.Error as error:
        raise BrokenFile(str(error)) from error
    names = [clean_line(name).casefold() for name in header]
    if not set(COLUMNS[:4]) <= set(names):
        raise BrokenFile(_("the first row must have the columns %(columns)s") % {"columns": ", ".join(COLUMNS)})
    terms = []
    for number, row in enumerate(rows, start=2):
        cells = dict(zip(names, (_without_quote(clean_line(cell)) for cell in row), strict=False))
        if any(cells.values()):
            source_language, source, language, target, note = (cells.get(name, "") for name in COLUMNS)
            terms.append(Term(source_language, source, language, target, note, number))
    return terms


def _without_quote(cell: str) -> str:
    """Return a cell without the quotation mark that `write_csv` puts before what looks like a formula."""
    return cell[1:] if cell.startswith("'") and cell[1:].startswith(FORMULA) else cell


def _read_tbx(data: bytes) -> list[Term]:
    terms = []
    for number, entry in enumerate(parse(data).iter("termEntry"), start=1):
        found = []
        for group in entry.iter("langSet"):
            term, note = group.find(".//term"), group.find(".//note")
            text = "" if term is None else "".join(term.itertext())
            remark = "" if note is None else "".join(note.itertext())
            found.append((group.get(LANGUAGE, ""), clean_line(text), clean_line(remark)))
        for language, target, note_text in found[1:]:
            terms.append(Term(found[0][0], found[0][1], language, target, note_text, number))
    return terms


def import_terms(terms: list[Term]) -> tuple[int, list[tuple[Term, str]]]:
    """Add new terms and change known ones. Return how many changed, and the refused ones with the reason.

    If any is refused, nothing is stored.
    """
    locales = {locale.language_code: locale for locale in Locale.objects.all()}
    known = {(row.source_locale_id, row.source, row.locale_id): row for row in GlossaryTerm.objects.all()}
    to_save, refused = [], []
    for term in terms:
        source_locale, locale = locales.get(term.source_language), locales.get(term.language)
        if source_locale is None or locale is None or source_locale == locale:
            refused.append((term, _("The languages must be two different ones of this site.")))
            continue
        key = source_locale.pk, term.source, locale.pk
        row = known.setdefault(key, GlossaryTerm(source_locale=source_locale, source=term.source, locale=locale))
        if row.pk and (row.target, row.note) == (term.target, term.note):
            continue
        row.target, row.note = term.target, term.note
        try:
            row.clean_fields()
        except ValidationError as error:
            refused.append((term, " ".join(error.messages)))
        else:
            to_save.append(row)
    if refused:
        return 0, refused
    with transaction.atomic():
        for row in to_save:
            row.save()
    return len(to_save), []
