"""The vocabulary of the demo content: words in three languages, and what is built of them.

Words are always given in the order Finnish, Swedish, English. One line of a declaration holds all
three, so that a writer sees at once what is missing; the loader writes the original's language
into the page and hands the other two to wagtail-localize as string translations.
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
_TIES = (
    (re.compile(r"\b([Kk]lo|[Kk]l\.|Ca|ca|noin) (?=\d)"), "\\1\u00a0"),
    (re.compile(rf"(\d\.?) (?=(?:{_MONTHS})\b)"), "\\1\u00a0"),
    (re.compile(r"(?<=\d) (?=(?:h|min|%|€)\b)"), "\u00a0"),
    (re.compile(r" – "), "\u00a0– "),
)


def typeset(text: str) -> str:
    """The text with no-break spaces where a line must not end ("klo 13", "16 September", before a dash), and the
    apostrophes of type, not of the typewriter."""
    text = text.replace("'", "’")
    for pattern, replacement in _TIES:
        text = pattern.sub(replacement, text)
    return text


@dataclass(frozen=True, slots=True)
class Words:
    """One text in the three languages; `html` marks rich text, whose paragraphs translators see one by one."""

    fi: str
    sv: str
    en: str
    html: bool = False

    def __getitem__(self, language: str) -> str:
        return str(getattr(self, language))


def t(fi: str, sv: str, en: str) -> Words:
    return Words(typeset(fi), typeset(sv), typeset(en))


def rich(fi: str, sv: str, en: str) -> Words:
    """Rich text. A text without tags is one paragraph."""
    fi, sv, en = (_paragraph(typeset(text)) for text in (fi, sv, en))
    return Words(fi, sv, en, html=True)


def _paragraph(text: str) -> str:
    return text if not text or text.startswith("<") else f"<p>{text}</p>"


@dataclass(frozen=True, slots=True)
class Ref:
    """Another thing of the demo by its key; in a translation it is that thing in the same language."""

    key: str


@dataclass(frozen=True, slots=True)
class Picture:
    """A drawn picture by its key, see `pictures`."""

    key: str


@dataclass(frozen=True, slots=True)
class Paper:
    """A document drawn for the demo, by its key."""

    key: str


@dataclass(frozen=True, slots=True)
class Block:
    """A block of a StreamField; its id follows from where it stands, so that every load gives the same."""

    type: str
    value: Any
    name: str = ""


@dataclass(frozen=True, slots=True)
class Items:
    """The items of a ListBlock, each with an id that follows from its place."""

    values: tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class FromNow:
    """A moment counted from the day of loading: whole days, then a local time of day. A day off that is to come moves
    to the next working day, save where `any_day` will do."""

    days: int
    time: dt.time | None = None
    any_day: bool = False


@dataclass(frozen=True, slots=True)
class Divergence:
    """One field that a language version fills in its own way, apart from the original."""

    language: Language
    fields: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Node:
    """A page or a snippet to be made.

    `original` is the language it was first written in. `unfinished` gives for a language the share
    of its strings that translators have done (0 to 1); such a version is not published. A language
    in `missing` has no version at all. `later` are words the editor changed after the translations
    were published, so that these are outdated.
    """

    key: str
    model: str
    fields: Mapping[str, Any]
    original: Language = "fi"
    parent: str = ""
    rows: Mapping[str, tuple[Mapping[str, Any], ...]] = field(default_factory=dict)
    divergences: tuple[Divergence, ...] = ()
    unfinished: Mapping[Language, float] = field(default_factory=dict)
    missing: frozenset[str] = frozenset()
    later: Mapping[str, Any] = field(default_factory=dict)
