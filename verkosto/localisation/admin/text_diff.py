"""Marking what changed between two texts, for people and for assistive technology (`ins` and `del`)."""

from __future__ import annotations

import re
from difflib import SequenceMatcher

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

TOKENS = re.compile(r"\s+|\w+|[^\w\s]")


def marked(old: str, new: str) -> SafeString:
    """Return `new` as HTML with its differences from `old` marked, word by word. Tags in the texts are shown as text."""
    before, after = TOKENS.findall(old), TOKENS.findall(new)
    parts = []
    # Spaces are not used to align the texts: the words do, which is also much faster.
    for kind, a, b, c, d in SequenceMatcher(str.isspace, before, after, autojunk=False).get_opcodes():
        if kind == "equal":
            parts.append(format_html("{}", "".join(after[c:d])))
            continue
        if b > a:
            parts.append(format_html('<del class="localisation-diff">{}</del>', "".join(before[a:b])))
        if d > c:
            parts.append(format_html('<ins class="localisation-diff">{}</ins>', "".join(after[c:d])))
    return mark_safe("".join(parts))  # noqa: S308  (every part is escaped above)
