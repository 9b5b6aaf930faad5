"""The removal of an address and names from text that staff wrote about somebody."""

import re
from collections.abc import Sequence

REMOVED = "–"


def redacted(value: object, names: Sequence[str]) -> object:
    """Return a text, or JSON with texts in it, without the names. Upper and lower case are the same."""
    longest_first = sorted(filter(None, names), key=len, reverse=True)
    if not longest_first:
        return value
    pattern = re.compile("|".join(rf"(?<!\w){re.escape(name)}(?!\w)" for name in longest_first), re.IGNORECASE)
    return _redacted(value, pattern)


def _redacted(value: object, pattern: re.Pattern[str]) -> object:
    if isinstance(value, str):
        return pattern.sub(REMOVED, value)
    if isinstance(value, list):
        return [_redacted(each, pattern) for each in value]
    if isinstance(value, dict):
        return {key: _redacted(each, pattern) for key, each in value.items()}
    return value
