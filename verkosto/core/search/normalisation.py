"""The words of a text as searches compare them: without case and accents, with base forms and parts of compounds."""

from __future__ import annotations

import re
import unicodedata

from verkosto.core import finnish

# A number with its separators ("16.9.2026") is one word; other words end at every character that is no letter or digit.
WORD = re.compile(r"\d+(?:[.,:]\d+)+|[^\W_]+")
# What is written as one word, with its hyphens: a dictionary knows "sote-uudistus" as a whole.
HYPHENATED_WORD = re.compile(r"[^\W_]+(?:-[^\W_]+)*")
SOFT_HYPHENS = str.maketrans("", "", "\u00ad\u200b")
# Letters that Unicode does not decompose into a letter and a mark.
LETTERS = str.maketrans({"ø": "o", "æ": "ae", "œ": "oe", "đ": "d", "ð": "d", "ł": "l", "þ": "th", "ŋ": "n", "ŧ": "t"})
#: Words that say nothing alone. A search leaves them out if it has other words.
STOP_WORDS = frozenset(
    {
        *("ja", "tai", "on", "ei", "se", "että", "mutta", "myös", "kun", "kuin"),
        *("och", "eller", "är", "i", "på", "en", "ett", "av", "för", "att", "den", "det", "som", "med", "om", "till"),
        *("the", "a", "an", "of", "in", "to", "and", "or", "for", "is", "are", "with", "by", "at"),
    }
)
MIN_STEM = 4  # letters: shorter stems begin too many other words
ENDINGS = {
    "fi": "issa issä ista istä iksi illa illä ilta iltä ille ssa ssä sta stä lla llä lta ltä lle ksi tta ttä jen ien iin"
    " ita itä en in an än na nä ja jä ta tä t n",
    "sv": "ernas arnas ornas erna arna orna andet ens ets ets ers ars ors en et er ar or na ns ts s n t",
    "en": "ings ing ies ers ed es er s",
}


def without_accents(text: str) -> str:
    """Return a text case-folded and without accents: "Åbo" and "abo", "työ" and "tyo" are the same."""
    folded = text.casefold()
    if folded.isascii():
        return folded
    decomposed = unicodedata.normalize("NFKD", folded.translate(LETTERS))
    return "".join(character for character in decomposed if not unicodedata.combining(character))


def words_of(text: str) -> list[str]:
    """Return the words of a text in order, case-folded and without accents."""
    return WORD.findall(without_accents(text.translate(SOFT_HYPHENS)))


def base_forms(word: str, language: str) -> frozenset[str]:
    """Return the base forms of a word that a dictionary knows, without accents: "verkosto" for "verkostoissa"."""
    return frozenset(map(without_accents, finnish.analyse(word.lower()).bases)) if language == "fi" else frozenset()


def indexed_text(text: str, language: str) -> str:
    """Return what the index stores of a text: `| words in order |further|forms|`, without case and accents.

    A word begins with a space, a further form with a bar, so that exact searches find only what is written. Further
    forms are base forms and parts of compounds, and what is written with a hyphen as one word.
    """
    text = text.translate(SOFT_HYPHENS)
    words, forms = words_of(text), set()
    for written in set(HYPHENATED_WORD.findall(text)):
        if "-" in written:
            forms.add(without_accents(written.replace("-", "")))
        if language == "fi":
            analysis = finnish.analyse(written.lower())
            forms |= {word for form in analysis.bases | analysis.parts for word in words_of(form)}
    return f"| {' '.join(words)} |{'|'.join(sorted(forms - set(words)))}|"


def stem_of(word: str, language: str) -> str:
    """Return a word without its inflectional ending, by a short list of endings; the word itself in other languages.

    For databases without a stemmer, and for what PostgreSQL's stemmers leave out, such as the Swedish ending "et".
    """
    for ending in _ENDINGS.get(language, ()):
        if word.endswith(ending) and len(word) - len(ending) >= MIN_STEM:
            return word[: -len(ending)]
    return word


_ENDINGS = {
    language: sorted({without_accents(ending) for ending in endings.split()}, key=len, reverse=True)
    for language, endings in ENDINGS.items()
}
