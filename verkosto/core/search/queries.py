"""What a visitor or editor searches for, as terms."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

from verkosto.core.search.normalisation import (
    HYPHENATED_WORD,
    SOFT_HYPHENS,
    STOP_WORDS,
    WORD,
    base_forms,
    stem_of,
    without_accents,
    words_of,
)

MAX_TERMS = 12
QUOTED = re.compile(r'["“”„«»]([^"“”„«»]*)["“”„«»]')
PART_LENGTH = 4  # letters from which a term is found inside words
STEM_PART_LENGTH = 6  # letters from which a stem is: the shorter are parts of other words
START_LENGTH = 3  # letters from which a term is found at the start of words


@dataclass(frozen=True)
class Term:
    """A word to find, with its other forms; or words in quotation marks, to be found as they are written.

    ``unfinished``: the word is still being typed, so that it may be the start of another, however short it is.
    """

    text: str
    exact: bool = False
    forms: frozenset[str] = frozenset()
    stems: frozenset[str] = frozenset()
    unfinished: bool = False

    @property
    def words(self) -> frozenset[str]:
        """The word and its base forms."""
        return self.forms | {self.text}

    @property
    def patterns(self) -> list[str]:
        """Texts of which one is part of every indexed text that matches (`words.indexed_text`)."""
        if self.exact:
            return [f" {self.text} "]
        found = {pattern for word in self.words for pattern in _patterns(word)}
        if self.unfinished and len(self.text) < PART_LENGTH:
            found = {f" {self.text}", f"|{self.text}"}
        found |= {pattern for stem in self.stems for pattern in _patterns(stem, part_length=STEM_PART_LENGTH)}
        return sorted(found)

    def matches(self, word: str, language: str) -> bool:
        """Return whether a word of a text is one that this term finds."""
        folded = without_accents(word)
        if self.exact:
            return folded in self.text.split()
        if any(_is_found_in(own, folded) for own in self.words):
            return True
        if any(_is_found_in(stem, folded, part_length=STEM_PART_LENGTH) for stem in self.stems):
            return True
        return bool(base_forms(word, language) & self.words)


def parse_query(text: str, languages: Iterable[str], *, unfinished: bool = False) -> tuple[Term, ...]:
    """Return the terms of a query in these languages: all of them have to be found. Empty if it holds no word.

    ``unfinished``: the last word is still being typed.
    """
    codes = [code.partition("-")[0] for code in languages]
    quoted = [" ".join(words_of(phrase)) for phrase in QUOTED.findall(text)]
    terms = [Term(phrase, exact=True) for phrase in quoted if phrase]
    rest = QUOTED.sub(" ", text.translate(SOFT_HYPHENS))
    words = [word for written in rest.split() for word in _words(written)]
    last = words.pop() if unfinished and words else ""
    telling = [word for word in words if word.casefold() not in STOP_WORDS]
    if not terms and not telling and not last:
        telling = words
    terms += [_term(word, codes) for word in telling]
    if last:
        terms.append(replace(_term(last, codes), unfinished=True))
    return tuple(dict.fromkeys(terms))[:MAX_TERMS]


def _words(written: str) -> list[str]:
    """Return the words of a text between spaces. A letter that a hyphen or apostrophe leaves alone is no word."""
    words: list[str] = WORD.findall(written)
    return [word for word in words if len(word) > 1 or word.isdigit()] or words


def _term(word: str, languages: list[str]) -> Term:
    forms = {form for code in languages for form in base_forms(word, code) if HYPHENATED_WORD.fullmatch(form)}
    text = without_accents(word)
    stems = {stem_of(text, code) for code in languages} - {text}
    return Term(text, forms=frozenset(forms - {text}), stems=frozenset(stems))


def _patterns(word: str, *, part_length: int = PART_LENGTH) -> list[str]:
    if len(word) >= part_length:
        return [word]
    end = ("", "") if len(word) >= START_LENGTH else (" ", "|")
    return [f" {word}{end[0]}", f"|{word}{end[1]}"]


def _is_found_in(word: str, other: str, *, part_length: int = PART_LENGTH) -> bool:
    if len(word) >= part_length:
        return word in other
    return other.startswith(word) if len(word) >= START_LENGTH else word == other
