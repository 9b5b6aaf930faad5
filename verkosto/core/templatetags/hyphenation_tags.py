import re
from functools import cache, lru_cache

import pyphen
from django import template
from django.utils.translation import get_language

from verkosto.core.finnish import VOIKKO_LOCK, voikko

register = template.Library()

SOFT_HYPHEN = "\N{SOFT HYPHEN}"
WORD_JOINER = "\N{WORD JOINER}"  # forbids a line break where it stands
MIN_LENGTH = 14  # letters; a shorter word fits on a 320 px wide screen in the largest heading
EDGE = 4  # minimum letters before the first and after the last hyphen
LETTER_AND_HYPHEN = re.compile(r"(?<!\w)[^\W\d_]-(?=\w)")  # the start of "e-post"
LONG_WORD = re.compile(rf"[^\W\d_]{{{MIN_LENGTH},}}")


@register.filter
def hyphenated(text: str, language_code: str = "") -> str:
    """Return the text with soft hyphens in long words, for browsers that cannot hyphenate its language.

    A single letter and its hyphen stay with the word: no line ends after "e-" of the Swedish "e-post".

    The language is the active one unless another is given: ``{{ title|hyphenated:language|in_language:language }}``.

    All browsers hyphenate English. Finnish is hyphenated by Voikko (Debian's libvoikko1 and voikko-fi), other languages
    by pyphen's patterns. Without Voikko, or without patterns for the language, the text is returned unchanged.
    """
    language = (language_code or get_language() or "en").partition("-")[0]
    text = LETTER_AND_HYPHEN.sub(rf"\g<0>{WORD_JOINER}", str(text))
    if language == "en":
        return text
    return LONG_WORD.sub(lambda match: _hyphenate(match.group(), language), text)


@lru_cache(maxsize=4096)
def _hyphenate(word: str, language: str) -> str:
    if language == "fi":
        return _hyphenate_with_voikko(word)
    patterns = _patterns(language)
    return patterns.inserted(word, SOFT_HYPHEN) if patterns else word


def _hyphenate_with_voikko(word: str) -> str:
    library = voikko()
    if library is None:
        return word
    with VOIKKO_LOCK:
        pattern = library.getHyphenationPattern(word)
    for index in range(len(word) - EDGE, EDGE - 1, -1):
        if pattern[index] == "-":
            word = f"{word[:index]}{SOFT_HYPHEN}{word[index:]}"
    return word


@cache
def _patterns(language: str) -> pyphen.Pyphen | None:
    known = pyphen.language_fallback(language)
    return pyphen.Pyphen(lang=known, left=EDGE, right=EDGE) if known else None
