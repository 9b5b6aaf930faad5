"""The classes with which the demo content is declared.

Texts are given in Finnish, Swedish and English, in this order. The loader writes the text of the original's language
to the page, and the other two to wagtail-localize as string translations.
"""

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

Language = Literal["fi", "sv", "en"]
LANGUAGES: tuple[Language, ...] = ("fi", "sv", "en")

_MONTHS = (
    r"January|February|March|April|May|June|July|August|September|October|November|December"
    r"|januari|februari|mars|april|maj|juni|juli|augusti|september|oktober|november|december"
    r"|\w+kuu(?:ta|ssa|hun)?"
)
_NO_BREAK = (
    (re.compile(r"\b([Kk]lo|[Kk]l\.|Ca|ca|noin) (?=\d)"), "\\1\u00a0"),
    (re.compile(rf"(\d\.?) (?=(?:{_MONTHS})\b)"), "\\1\u00a0"),
    (re.compile(r"(?<=\d) (?=(?:h|min|%|€)\b)"), "\u00a0"),
    (re.compile(r" – "), "\u00a0– "),
)


def typeset(text: str) -> str:
    """Return the text with typographic apostrophes and with no-break spaces ("klo 13", "16 September", before a dash)."""
    text = text.replace("'", "’")
    for pattern, replacement in _NO_BREAK:
        text = pattern.sub(replacement, text)
    return text


@dataclass(frozen=True, slots=True)
class Text:
    """A text in the three languages; `html` is true for rich text, which is translated by paragraph."""

    fi: str
    sv: str
    en: str
    html: bool = False

    def __getitem__(self, language: str) -> str:
        return str(getattr(self, language))


def t(fi: str, sv: str, en: str) -> Text:
    """Declare a plain text."""
    return Text(typeset(fi), typeset(sv), typeset(en))


def rich(fi: str, sv: str, en: str) -> Text:
    """Declare a rich text. A text without tags is one paragraph."""
    fi, sv, en = (_paragraph(typeset(text)) for text in (fi, sv, en))
    return Text(fi, sv, en, html=True)


def _paragraph(text: str) -> str:
    return text if not text or text.startswith("<") else f"<p>{text}</p>"


@dataclass(frozen=True, slots=True)
class Ref:
    """A reference to another node by its key; in a translation, to that node in the same language."""

    key: str


@dataclass(frozen=True, slots=True)
class Picture:
    """A generated image by its key in `images.IMAGES`."""

    key: str


@dataclass(frozen=True, slots=True)
class Document:
    """A generated document by its key in `documents.DOCUMENTS`."""

    key: str


@dataclass(frozen=True, slots=True)
class Block:
    """A block of a StreamField. Its id is derived from its path, so that it is the same in every load."""

    type: str
    value: Any
    name: str = ""


@dataclass(frozen=True, slots=True)
class Items:
    """The items of a ListBlock. Their ids are derived from their paths."""

    values: tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class FromNow:
    """A date relative to the day of loading, with an optional local time.

    A future weekend or holiday is moved to the next working day, unless `any_day` is set.
    """

    days: int
    time: dt.time | None = None
    any_day: bool = False


@dataclass(frozen=True, slots=True)
class LocalOverride:
    """Fields of one language version that are different from the original on purpose."""

    language: Language
    fields: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Node:
    """A page or a snippet.

    `original` is the language of the original. `unfinished` maps a language to the share of strings that are
    translated (0 to 1); such a version is not published. A language in `missing` has no version. `later` are fields
    that are changed after the translations were published, so that the translations are outdated.
    """

    key: str
    model: str
    fields: Mapping[str, Any]
    original: Language = "fi"
    parent: str = ""
    rows: Mapping[str, tuple[Mapping[str, Any], ...]] = field(default_factory=dict)
    local_overrides: tuple[LocalOverride, ...] = ()
    unfinished: Mapping[Language, float] = field(default_factory=dict)
    missing: frozenset[str] = frozenset()
    later: Mapping[str, Any] = field(default_factory=dict)
