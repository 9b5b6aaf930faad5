"""Glossary terms, and warnings about translations that do not use them."""

from __future__ import annotations

import re
from dataclasses import dataclass

from django.utils.html import strip_tags

from verkosto.localisation.models import GlossaryTerm

# Finnish and Swedish words are inflected at their ends: only the beginning is compared.
ENDING = 2
SHORTEST = 4


@dataclass(frozen=True)
class GlossaryWarning:
    source: str
    target: str
    note: str


def terms_for(source_locale_id: int, locale_id: int) -> list[GlossaryTerm]:
    return list(GlossaryTerm.objects.filter(source_locale=source_locale_id, locale=locale_id))


def glossary_warnings(source: str, translation: str, terms: list[GlossaryTerm]) -> list[GlossaryWarning]:
    """Return the terms that occur in the source and whose translation does not occur in the translation."""
    return [
        GlossaryWarning(term.source, term.target, term.note)
        for term in terms
        if mentions(source, term.source) and not mentions(translation, term.target)
    ]


def mentions(text: str, term: str) -> bool:
    words = [word[: max(SHORTEST, len(word) - ENDING)] for word in term.casefold().split()]
    pattern = r"\w*\s+".join(re.escape(word) for word in words)
    return bool(words) and re.search(rf"\b{pattern}", strip_tags(text).casefold()) is not None
