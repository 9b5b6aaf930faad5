import re

from django import template
from django.utils.translation import get_language

register = template.Library()

SOFT_HYPHEN = "\N{SOFT HYPHEN}"
LONG = 14  # letters: a shorter word fits on the narrowest screen in the largest type
EDGE = 4  # letters that stay together at either end
WORD = re.compile(rf"[^\W\d_]{{{LONG},}}")
# Finnish breaks a word before a consonant that a vowel follows; Swedish may ("enkonsonantsprincipen"),
# but keeps together what begins a syllable as one: "pro", "kla".
SYLLABLE = re.compile(
    r"(?<=[^\W\d_])(?:(?<!c)(?=[bdfgkpt][rl][aeiouyåäö])|(?<![bdfgkpt])(?=[rl][aeiouyåäö])|(?<=ck)(?=[rl])"
    r"|(?=[bcdfghjkmnpqstvwxz][aeiouyåäö]))",
    re.IGNORECASE,
)


@register.filter
def hyphenated(text: str) -> str:
    """Give long Finnish and Swedish words soft hyphens, for the browsers that cannot divide these languages."""
    if (get_language() or "")[:2] not in ("fi", "sv"):
        return text
    return WORD.sub(lambda match: _divided(match.group()), str(text))


def _divided(word: str) -> str:
    places = [match.start() for match in SYLLABLE.finditer(word) if EDGE <= match.start() <= len(word) - EDGE]
    for place in reversed(places):
        word = f"{word[:place]}{SOFT_HYPHEN}{word[place:]}"
    return word
