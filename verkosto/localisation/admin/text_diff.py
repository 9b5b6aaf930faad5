"""Marking what changed between two texts, for people and for assistive technology (`ins` and `del`)."""

from __future__ import annotations

import re
from collections import Counter
from difflib import SequenceMatcher

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

TOKENS = re.compile(r"\s+|\w+|[^\w\s]")
# Pairs of equal words. Aligning takes a time that grows with the cube of a word's occurrences: 500 took four seconds.
MAX_PAIRS = 40_000


def marked(old: str, new: str) -> SafeString:
    """Return `new` as HTML with its differences from `old` marked, word by word. Tags in the texts are shown as text.

    Texts that repeat a few words very often are marked as a whole.
    """
    before, after = TOKENS.findall(old), TOKENS.findall(new)
    parts = []
    for kind, a, b, c, d in _changes(before, after):
        if kind == "equal":
            parts.append(format_html("{}", "".join(after[c:d])))
            continue
        if b > a:
            parts.append(format_html('<del class="localisation-diff">{}</del>', "".join(before[a:b])))
        if d > c:
            parts.append(format_html('<ins class="localisation-diff">{}</ins>', "".join(after[c:d])))
    return mark_safe("".join(parts))  # noqa: S308  (every part is escaped above)


def _changes(before: list[str], after: list[str]) -> list[tuple[str, int, int, int, int]]:
    """Return what turns one list of words into the other, as ``SequenceMatcher.get_opcodes`` does."""
    if before == after:
        return [("equal", 0, len(before), 0, len(after))]
    occurrences = Counter(after)
    if sum(occurrences[word] for word in before if not word.isspace()) > MAX_PAIRS:
        return [("replace", 0, len(before), 0, len(after))]
    # Spaces are not used to align the texts: the words do, which is also much faster.
    return [*SequenceMatcher(str.isspace, before, after, autojunk=False).get_opcodes()]
