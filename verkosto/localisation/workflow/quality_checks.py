"""Checks of a translation's quality, as translation tools have them: each finds what may be a mistake.

A finding is a warning: the translation is saved, and whoever knows better dismisses the warning with a reason. What
makes a text unusable is refused by `string_checks` instead.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from html import unescape

from django.utils.functional import Promise
from django.utils.html import strip_tags
from django.utils.translation import gettext_lazy as _

from verkosto.localisation.models import CheckKind
from verkosto.localisation.workflow.dates_in_text import without_dates

URL = re.compile(r"(?:https?://|www\.)[^\s<>\"“”]+[^\s<>\"“”.,;:!?)]")
EMAIL = re.compile(r"(?<![\w.+-])[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
PLACEHOLDER = re.compile(r"\{\{? ?[\w.]+ ?\}?\}|%\(\w+\)[sd]|%[sd]\b")
LANGUAGE_IN_URL = re.compile(r"(?<=/)(?:fi|sv|en|se|smi)(?=[/?#]|$)|(?<=[?&]lang=)\w+")
NUMBER = re.compile(r"(?<!\w)\d+(?:[.:,]\d+|[  ]\d{3}(?!\d))*(?:\s?[ap]\.?m\b)?", re.IGNORECASE)
THOUSANDS = re.compile(r"(?<=\d)[.,  ](?=\d{3}(?!\d))")
LINK = re.compile(r'<a id="(\w+)"')
TAG = re.compile(r"<(b|strong|i|em|a)\b")
ENDS = ".!?:…"
CLOSING = "\"'”’»)] \n"


@dataclass(frozen=True)
class Finding:
    """What a check has found. `detail` names it in the words of the texts themselves; it may be empty."""

    kind: CheckKind
    message: str | Promise
    detail: str = ""


def find(source: str, translation: str) -> list[Finding]:
    """Return what the checks that need only the two texts find. Both are as wagtail-localize stores them."""
    if not translation:
        return []
    plain = _plain(source), _plain(translation)
    found: list[Finding] = []
    for kind, message, tokens in COMPARED:
        if detail := _difference(tokens(plain[0]), tokens(plain[1])):
            found.append(Finding(kind, message, detail))
    if _difference(_markup(source), _markup(translation)):
        found.append(Finding(CheckKind.MARKUP, _("A link, bold or italic text differs from the original.")))
    if (end := _end(plain[0])) != _end(plain[1]):
        message = (
            _("The end differs: the original ends with") if end else _("The original has no punctuation at its end.")
        )
        found.append(Finding(CheckKind.PUNCTUATION, message, end))
    if "  " in plain[1] and "  " not in plain[0]:
        found.append(Finding(CheckKind.SPACES, _("There are two spaces next to each other.")))
    if plain[0] == plain[1] and _has_words(plain[0]):
        found.append(Finding(CheckKind.SAME, _("The translation is the same as the original.")))
    return found


def check_length(translation: str, limit: int | None) -> list[Finding]:
    """Return a finding if a translation has more characters than its author allows."""
    size = len(_plain(translation))
    if limit is None or size <= limit:
        return []
    return [Finding(CheckKind.LENGTH, _("The translation is longer than the author allows."), f"{size} > {limit}")]


def check_consistency(translation: str, others: Iterable[str]) -> list[Finding]:
    """Return a finding if the same string has another translation elsewhere."""
    different = sorted({other for other in others if _plain(other) != _plain(translation)})
    if not different:
        return []
    message = _("The same text has another translation elsewhere:")
    return [Finding(CheckKind.INCONSISTENT, message, " / ".join(_plain(other) for other in different[:3]))]


def _plain(text: str) -> str:
    return unescape(strip_tags(text.replace("<br/>", "\n")))


def _numbers(text: str) -> Counter[str]:
    """Return the numbers and times of a text in one notation: "1 000", "14:30" and "2.30 pm" are 1000 and 14.30."""
    _dates, rest = without_dates(EMAIL.sub(" ", URL.sub(" ", PLACEHOLDER.sub(" ", text))))
    return Counter(_normalised(match.group()) for match in NUMBER.finditer(rest))


def _normalised(number: str) -> str:
    afternoon = re.search(r"p\.?m", number, re.IGNORECASE)
    parts = re.split(r"[.:,]", THOUSANDS.sub("", re.sub(r"\s?[ap]\.?m$", "", number, flags=re.IGNORECASE)))
    if afternoon and int(parts[0]) < 12:
        parts[0] = str(int(parts[0]) + 12)
    parts[0] = parts[0].lstrip("0") or "0"
    if len(parts) == 2 and parts[1] == "00":
        parts.pop()
    return ".".join(parts)


def _dates(text: str) -> Counter[str]:
    dates, _rest = without_dates(text)
    return Counter(f"{day}.{month}." for day, month in dates)


def _urls(text: str) -> Counter[str]:
    """Return the web addresses without their language: the same page in another language is no mistake."""
    return Counter(LANGUAGE_IN_URL.sub("", match.group()).rstrip("/") for match in URL.finditer(text))


def _emails(text: str) -> Counter[str]:
    return Counter(EMAIL.findall(text))


def _placeholders(text: str) -> Counter[str]:
    return Counter(PLACEHOLDER.findall(text))


def _markup(text: str) -> Counter[str]:
    kinds = {"strong": "b", "em": "i"}
    marks = Counter(kinds.get(tag, tag) for tag in TAG.findall(text))
    # A word may be bold twice where it was once; a link is one link.
    return Counter({"b": bool(marks["b"]), "i": bool(marks["i"])}) + Counter(set(LINK.findall(text)))


def _end(text: str) -> str:
    last = text.rstrip(CLOSING)[-1:]
    return last if last and last in ENDS else ""


def _has_words(text: str) -> bool:
    """Return whether a text has a word that is no name: one of three letters or more that begins with a small one."""
    words = re.findall(r"[^\W\d_]{3,}", PLACEHOLDER.sub(" ", EMAIL.sub(" ", URL.sub(" ", text))))
    return any(word[0].islower() for word in words)


def _difference(source: Counter[str], translation: Counter[str]) -> str:
    """Return what only one of the texts has: "−12 +21"; "" if nothing is."""
    lost, added = source - translation, translation - source
    return " ".join([*(f"−{token}" for token in lost), *(f"+{token}" for token in added)])


Compared = tuple[CheckKind, Promise, Callable[[str], "Counter[str]"]]
COMPARED: list[Compared] = [
    (CheckKind.NUMBERS, _("Numbers differ:"), _numbers),
    (CheckKind.DATES, _("Dates differ:"), _dates),
    (CheckKind.URLS, _("Web addresses differ:"), _urls),
    (CheckKind.EMAILS, _("Email addresses differ:"), _emails),
    (CheckKind.PLACEHOLDERS, _("Placeholders differ:"), _placeholders),
]
