"""The format DOCX (ECMA-376) of the documents of data protection, with the headings of a word processor."""

from io import BytesIO

from verkosto.registrations.privacy.documents import Document

try:
    import docx
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn
except ImportError:  # optional dependency
    docx = None  # type: ignore[assignment]  # without the extra


def can_write_docx() -> bool:
    """Return whether the package that writes the format is installed (the extra ``documents``)."""
    return docx is not None


def write_docx(document: Document, *, language: str) -> bytes:
    """Return the file of a document. ``language`` is the code of its language, for spelling and screen readers."""
    file = docx.Document()
    file.core_properties.title = document.title
    file.core_properties.language = language
    file.core_properties.author = ""
    file.core_properties.comments = ""
    properties = file.styles["Normal"].element.get_or_add_rPr()
    properties.append(OxmlElement("w:lang", {qn("w:val"): language}))
    file.add_heading(document.title, 0)
    for label, text in document.facts:
        _add_paragraph(file, label, text)
    for about, texts in document.parts:
        file.add_heading(str(about), 1)
        for label, cell in texts:
            _add_paragraph(file, label, str(cell))
    buffer = BytesIO()
    file.save(buffer)
    return buffer.getvalue()


def _add_paragraph(file: object, label: str, text: str) -> None:
    paragraph = file.add_paragraph()  # type: ignore[attr-defined]  # of an optional package
    paragraph.add_run(f"{label}: ").bold = True
    paragraph.add_run(text)
