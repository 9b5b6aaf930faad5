import re
from functools import cache, lru_cache
from threading import Lock

import pyphen
from django import template
from django.utils.translation import get_language
from libvoikko import Voikko

register = template.Library()

SOFT_HYPHEN = "\N{SOFT HYPHEN}"
LONG = 14  # letters: a shorter word fits on the narrowest screen in the largest type
EDGE = 4  # letters that stay together at either end
WORD = re.compile(rf"[^\W\d_]{{{LONG},}}")
VOIKKO_LOCK = Lock()  # a Voikko may be used by one thread at a time


@register.filter
def hyphenated(text: str) -> str:
    """Give long words soft hyphens, for the browsers that cannot divide the active language; all can divide English.

    Finnish needs Voikko on the machine (Debian's libvoikko1 and voikko-fi): without it, its words stay whole. Other
    languages have pyphen's patterns; a language without any keeps its words whole.
    """
    language = (get_language() or "en").partition("-")[0]
    if language == "en":
        return text
    return WORD.sub(lambda match: _divided(match.group(), language), str(text))


@lru_cache(maxsize=4096)
def _divided(word: str, language: str) -> str:
    if language == "fi":
        return _divided_by_voikko(word)
    patterns = _patterns(language)
    return patterns.inserted(word, SOFT_HYPHEN) if patterns else word


def _divided_by_voikko(word: str) -> str:
    voikko = _voikko()
    if voikko is None:
        return word
    with VOIKKO_LOCK:
        pattern = voikko.getHyphenationPattern(word)
    for place in range(len(word) - EDGE, EDGE - 1, -1):
        if pattern[place] == "-":
            word = f"{word[:place]}{SOFT_HYPHEN}{word[place:]}"
    return word


@cache
def _patterns(language: str) -> pyphen.Pyphen | None:
    known = pyphen.language_fallback(language)
    return pyphen.Pyphen(lang=known, left=EDGE, right=EDGE) if known else None


@cache
def _voikko() -> Voikko | None:
    """Finnish morphology, or None where the machine has none."""
    try:
        languages = {dictionary.language for dictionary in Voikko.listDicts()}
    except OSError:  # the library is not there; a Voikko that cannot be made complains once more when it is deleted
        return None
    if "fi" not in languages:
        return None
    voikko = Voikko("fi")
    voikko.setNoUglyHyphenation(True)  # no syllable of one vowel by itself
    voikko.setHyphenateUnknownWords(False)  # where the joints of a compound are not known, a break may be wrong
    return voikko
