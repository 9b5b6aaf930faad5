"""Documents of the demo: PDF files of one page, written without a library."""

from django.core.files.base import ContentFile
from wagtail.documents import get_document_model
from wagtail.documents.models import AbstractDocument
from wagtail.models import Collection

#: Key of a document: its title and its lines.
DOCUMENTS: dict[str, tuple[str, tuple[str, ...]]] = {
    "invitation": (
        "Inbjudan: Vem lyssnar? 16.9.2020",
        (
            "Inbjudan",
            "Vem lyssnar?",
            "Webbinarium om dialogen på svenska mellan förvaltning och invånare",
            "Onsdagen den 16 september 2020 kl. 13.00-15.45",
            "Anmälan senast den 9 september 2020.",
            "De som anmäler sig får länken före mötet.",
        ),
    ),
}


def document_of(key: str) -> AbstractDocument:
    """Return the document, created at first use."""
    model = get_document_model()
    title, lines = DOCUMENTS[key]
    found = model.objects.filter(title=title).first()
    if found:
        return found
    return model.objects.create(
        title=title,
        file=ContentFile(pdf(lines), name=f"verkosto-{key}.pdf"),
        collection=Collection.get_first_root_node(),
    )


def pdf(lines: tuple[str, ...]) -> bytes:
    """Return a PDF with one A4 page of text (ISO 32000-1, 7.5: header, objects, cross-reference table, trailer)."""
    shown = "\n".join(f"({_escape(line)}) Tj 0 -28 Td" for line in lines)
    content = f"BT /F1 16 Tf 72 740 Td\n{shown}\nET".encode("cp1252")
    objects = (
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R "
        b"/Resources << /Font << /F1 5 0 R >> >> >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(content), content),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
    )
    body, offsets = b"%PDF-1.4\n", []
    for number, item in enumerate(objects, start=1):
        offsets.append(len(body))
        body += b"%d 0 obj\n%s\nendobj\n" % (number, item)
    table = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    count = len(objects) + 1
    trailer = b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (count, len(body))
    return body + b"xref\n0 %d\n0000000000 65535 f \n" % count + table + trailer


def _escape(line: str) -> str:
    return line.replace("\\", "\\\\").replace("(", "\\(").replace(")", "\\)")
