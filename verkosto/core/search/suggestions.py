"""Words of public pages that are similar to a word that a search does not find."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from verkosto.core.search.normalisation import WORD, without_accents
from verkosto.core.search.queries import Term

MIN_SIMILARITY = 0.35  # of trigrams; pg_trgm's own limit is 0.3
MIN_LENGTH = 4  # letters


def trigrams(word: str) -> frozenset[str]:
    """Return the trigrams of a word as PostgreSQL's pg_trgm counts them: with two spaces before it and one after."""
    padded = f"  {word} "
    return frozenset(padded[index : index + 3] for index in range(len(padded) - 2))


def vocabulary(texts: Iterable[str]) -> dict[str, str]:
    """Return the words of texts without accents, each with the way in which it is written most simply."""
    found: dict[str, str] = {}
    for text in texts:
        for word in WORD.findall(text):
            if len(word) >= MIN_LENGTH and not word[0].isdigit():
                found.setdefault(without_accents(word), word.lower())
    return found


def similar_word(word: str, words: Mapping[str, str]) -> str:
    """Return the word that has most trigrams in common with a word without accents, as it is written; "" if none is near."""
    own = trigrams(word)
    best, written = MIN_SIMILARITY, ""
    for candidate, shown in words.items():
        if abs(len(candidate) - len(word)) > 3:
            continue
        theirs = trigrams(candidate)
        common = len(own & theirs)
        similarity = common / (len(own) + len(theirs) - common)
        if similarity > best:
            best, written = similarity, shown
    return written


def suggest(terms: Iterable[Term], words: Mapping[str, str]) -> str:
    """Return a query in which unknown words are replaced by similar ones; "" if there is nothing to replace them by."""
    known = tuple(words)
    replaced, changed = [], False
    for term in terms:
        is_short = len(term.text) < MIN_LENGTH and not term.exact  # too short to have a similar word
        if is_short or any(term.text in word for word in known) or any(form in words for form in term.forms):
            replaced.append(f'"{term.text}"' if term.exact else words.get(term.text, term.text))
            continue
        similar = similar_word(term.text, words)
        if not similar:
            return ""
        replaced.append(similar)
        changed = True
    return " ".join(replaced) if changed else ""
