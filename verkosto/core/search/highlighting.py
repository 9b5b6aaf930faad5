"""The words of a text that a search has found, as HTML with ``mark`` elements (HTML §4.5.23)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django.utils.html import escape
from django.utils.safestring import SafeString

from verkosto.core.search.normalisation import WORD, words_of
from verkosto.core.search.queries import Term

EXCERPT_LENGTH = 240  # characters
BEFORE_MATCH = 60  # characters of an excerpt before the first word found
Span = tuple[int, int]


def found_spans(text: str, terms: Sequence[Term], language: str) -> list[Span]:
    """Return the start and end of each word of a text that one of the terms finds, in order."""
    code = language.partition("-")[0]
    words = [(match.start(), match.end()) for match in WORD.finditer(text)]
    single = [term for term in terms if not term.exact]
    spans = {(start, end) for start, end in words if any(term.matches(text[start:end], code) for term in single)}
    for term in terms:
        if term.exact:
            spans |= set(_phrases(text, words, term.text.split()))
    return sorted(spans)


def highlight(text: str, terms: Sequence[Term], language: str) -> SafeString:
    """Return a text escaped, with ``mark`` elements around the words found."""
    return _marked(text, found_spans(text, terms, language))


def excerpt(texts: Iterable[str], terms: Sequence[Term], language: str) -> SafeString:
    """Return the surroundings of the first word found in one of the texts, with marks; "" if none is found.

    The texts are read one after the other until a word is found.
    """
    for text in texts:
        line = " ".join(text.split())
        spans = found_spans(line, terms, language)
        if spans:
            return _cut_out(line, spans)
    return SafeString("")


def _cut_out(line: str, spans: list[Span]) -> SafeString:
    start = max(0, spans[0][0] - BEFORE_MATCH)
    if start:
        start = line.find(" ", start, spans[0][0]) + 1 or spans[0][0]
    end = max(start + EXCERPT_LENGTH, spans[0][1])
    if end < len(line):
        end = max(line.rfind(" ", start, end), spans[0][1])
    shown = [(first - start, last - start) for first, last in spans if last <= end]
    before, after = "… " if start else "", " …" if end < len(line) else ""
    return SafeString(f"{before}{_marked(line[start:end], shown)}{after}")


def _marked(text: str, spans: Iterable[Span]) -> SafeString:
    pieces, position = [], 0
    for start, end in spans:
        if start < position:  # part of a phrase that is marked
            continue
        pieces += [escape(text[position:start]), "<mark>", escape(text[start:end]), "</mark>"]
        position = end
    return SafeString("".join([*pieces, escape(text[position:])]))


def _phrases(text: str, words: list[Span], wanted: list[str]) -> Iterable[Span]:
    folded = [" ".join(words_of(text[start:end])) for start, end in words]
    for index in range(len(words) - len(wanted) + 1):
        if folded[index : index + len(wanted)] == wanted:
            yield words[index][0], words[index + len(wanted) - 1][1]
