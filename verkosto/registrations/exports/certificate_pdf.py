"""Certificates of attendance as a PDF, with its fonts embedded, its language and its title (ISO 32000-1 §14.3.3, §14.9.2).

The page for printing says the same and is the accessible version: fpdf2 writes no tags.
"""

from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path

from django.utils import translation
from django.utils.translation import gettext as _
from fontTools.ttLib import TTFont
from fpdf import FPDF, ViewerPreferences
from fpdf.enums import Align, XPos, YPos

from verkosto.core.formats import format_day
from verkosto.core.text import clean_line
from verkosto.registrations.domain.certificates import Certificate

FAMILY = "Hanken Grotesk"
FONTS = Path(__file__).resolve().parents[1] / "static/verkosto_registrations/fonts"
REGULAR, BOLD = FONTS / "hanken-grotesk-400.ttf", FONTS / "hanken-grotesk-650.ttf"
MARGIN = 25  # mm
TOP, BOTTOM = 45, 265  # mm from the upper edge: the heading, and the reference
TEXT, LARGE, HEADING, MEETING, SMALL = 13, 20, 26, 10, 9  # points
LINE_HEIGHT = 1.3 * 25.4 / 72  # mm for each point of the size
INK, ACCENT, FAINT = (16, 32, 31), (11, 92, 85), (74, 90, 88)


def has_all_letters(certificates: Sequence[Certificate]) -> bool:
    """Return whether the font has every letter of the certificates: Latin ones, not for example Greek ones."""
    return all(
        ord(letter) in _letters() for row in certificates for text in _texts(row) for letter in clean_line(text)
    )


@cache
def _letters() -> frozenset[int]:
    return frozenset(TTFont(REGULAR, lazy=True).getBestCmap())


def _texts(certificate: Certificate) -> Iterator[str]:
    yield from (certificate.name, certificate.title, certificate.when, certificate.where, certificate.issuer)
    yield from certificate.meetings


def certificate_pdf(certificates: Sequence[Certificate]) -> bytes:
    """Return a PDF with a page of A4 for each certificate. There must be one."""
    pdf = FPDF(format="A4")
    pdf.set_margins(MARGIN, TOP, MARGIN)
    # Longer ones go on: a season may have many meetings.
    pdf.set_auto_page_break(True, margin=15)
    pdf.add_font(FAMILY, fname=REGULAR)
    pdf.add_font(FAMILY, style="B", fname=BOLD)
    first = certificates[0]
    with translation.override(first.language):
        pdf.set_title(f"{_('Certificate of attendance')}: {first.title}")
    pdf.set_author(first.issuer)
    if {certificate.language for certificate in certificates} == {first.language}:
        pdf.set_lang(first.language)
    pdf.viewer_preferences = ViewerPreferences(display_doc_title=True)
    for certificate in certificates:
        with translation.override(certificate.language):
            _add_page(pdf, certificate)
    return bytes(pdf.output())


def _add_page(pdf: FPDF, certificate: Certificate) -> None:
    pdf.add_page()
    _write(pdf, _("Certificate of attendance"), HEADING, colour=ACCENT, below=20)
    _write(pdf, certificate.name, LARGE, bold=True, below=8)
    _write(pdf, _("took part in the event"), TEXT, below=4)
    _write(pdf, certificate.title, LARGE, bold=True, below=4)
    _write(pdf, certificate.when, TEXT, below=2)
    _write(pdf, certificate.where, TEXT, below=2)
    pdf.ln(2)
    for meeting in certificate.meetings:
        _write(pdf, meeting, MEETING, below=1)
    pdf.ln(18)
    _write(pdf, format_day(certificate.day), TEXT)
    _write(pdf, certificate.issuer, TEXT)
    pdf.set_y(max(BOTTOM, pdf.get_y() + 5))
    _write(pdf, f"{_('Reference')} {certificate.reference}", SMALL, colour=FAINT)


def _write(
    pdf: FPDF, text: str, size: int, *, bold: bool = False, colour: tuple[int, int, int] = INK, below: float = 0
) -> None:
    """Write a centred paragraph with ``below`` mm under it; nothing for an empty text."""
    if not text:
        return
    pdf.set_font(FAMILY, style="B" if bold else "", size=size)
    pdf.set_text_color(*colour)
    height = size * LINE_HEIGHT
    pdf.multi_cell(0, height, clean_line(text), align=Align.C, new_x=XPos.LMARGIN, new_y=YPos.NEXT)
    pdf.ln(below)
