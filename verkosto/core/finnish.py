"""Voikko, the library for Finnish: one instance a process, and what it says of a word."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from threading import Lock
from typing import Any, NamedTuple

from libvoikko import Voikko

VOIKKO_LOCK = Lock()  # Voikko is not thread-safe
# A letter of Voikko's STRUCTURE stands for a letter of the word; "=" begins a part of a compound.
PART = re.compile(r"=[^=]+")


class Analysis(NamedTuple):
    """The base forms of a word ("verkosto"), and the base forms of the parts of a compound ("laki", "uudistus")."""

    bases: frozenset[str]
    parts: frozenset[str]


@cache
def voikko() -> Voikko | None:
    """Return Voikko for Finnish, or None if the library or its Finnish dictionary is not installed."""
    try:
        languages = {dictionary.language for dictionary in Voikko.listDicts()}
    except OSError:  # the library is not installed
        return None
    if "fi" not in languages:
        return None
    found = Voikko("fi")
    found.setNoUglyHyphenation(True)  # no single-vowel syllables
    found.setHyphenateUnknownWords(False)  # hyphens in unknown compounds are often wrong
    return found


@lru_cache(maxsize=20_000)
def analyse(word: str) -> Analysis:
    """Return the base forms of a Finnish word in lower case; none for words that Voikko does not know, or without it.

    Names of places and persons are found in lower case too ("turussa").
    """
    found = _analyses(word) or _analyses(word.capitalize())
    bases = frozenset(entry["BASEFORM"].lower() for entry in found)
    parts = {part for entry in found for part in _parts(word, entry)}
    bases_of_parts = {base["BASEFORM"].lower() for part in parts for base in _analyses(part)}
    return Analysis(bases, frozenset(parts | bases_of_parts) - bases)


def _analyses(word: str) -> list[dict[str, Any]]:
    library = voikko()
    if library is None:
        return []
    with VOIKKO_LOCK:
        found: list[dict[str, Any]] = library.analyze(word)
    return [entry for entry in found if "BASEFORM" in entry]


def _parts(word: str, entry: dict[str, Any]) -> list[str]:
    """Return the parts of a compound: all but the last as written ("kunnan"), and the last in its base form."""
    lengths = [len(part) - 1 for part in PART.findall(entry["STRUCTURE"])]
    if len(lengths) < 2:
        return []
    ends = [sum(lengths[: index + 1]) for index in range(len(lengths))]
    written = [word[start:end].strip("-") for start, end in zip([0, *ends], ends[:-1], strict=False)]
    return [part.lower() for part in [*written, entry["BASEFORM"][ends[-2] :]] if part]
