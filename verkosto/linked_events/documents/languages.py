"""The languages of the site as languages of LinkedEvents."""

from __future__ import annotations

from babel import Locale
from django.conf import settings

from verkosto.linked_events.documents.base import Document, by_language, identity


def language_documents() -> list[Document]:
    """Return the languages, with their names in those of the site."""
    codes = [code for code, _name in settings.LANGUAGES]
    return [_document(code, codes) for code in codes]


def _document(code: str, codes: list[str]) -> Document:
    names = ((each, Locale.parse(each, sep="-").languages.get(code.partition("-")[0], code)) for each in codes)
    return {
        "id": code,
        **{key: value for key, value in identity("language", code, "Language").items() if key.startswith("@")},
        "name": by_language(names),
        "service_language": True,
        "translation_available": True,
    }
