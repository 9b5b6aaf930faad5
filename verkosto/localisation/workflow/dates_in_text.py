"""Days in running text, as Finnish, Swedish and English write them: "12.5.2026", "den 12 maj", "May 12"."""

from __future__ import annotations

import re

# The beginnings of the months' names, in the order of the year; Finnish ones are inflected at their ends.
MONTHS = (
    ("tammiku", "januari", "january", "jan"),
    ("helmiku", "februari", "february", "feb"),
    ("maalisku", "mars", "march", "mar"),
    ("huhtiku", "april", "apr"),
    ("toukoku", "maj", "may"),
    ("kesäku", "juni", "june", "jun"),
    ("heinäku", "juli", "july", "jul"),
    ("eloku", "augusti", "august", "aug"),
    ("syysku", "september", "sept", "sep"),
    ("lokaku", "oktober", "october", "okt", "oct"),
    ("marrasku", "november", "nov"),
    ("jouluku", "december", "dec"),
)
NUMBERS = {name: number for number, names in enumerate(MONTHS, start=1) for name in names}
NAME = "(" + "|".join(rf"{name}\w*" if name.endswith("ku") else rf"{name}\b" for name in NUMBERS) + ")"
PATTERNS = (
    re.compile(r"(?<!\d)(?P<year>\d{4})-(?P<month>\d{2})-(?P<day>\d{2})(?!\d)"),
    re.compile(r"(?<![\d.])(?P<day>\d{1,2})\.(?P<month>\d{1,2})\.(?P<year>\d{4}\b)?(?!\d)"),
    re.compile(r"(?<![\d/])(?P<day>\d{1,2})/(?P<month>\d{1,2})(?:[/ ](?P<year>\d{4}\b))?(?![\d/])"),
    re.compile(rf"(?<!\d)(?P<day>\d{{1,2}})(?:st|nd|rd|th|\.)?(?: of)? {NAME}", re.IGNORECASE),
    re.compile(rf"\b{NAME} (?P<day>\d{{1,2}})(?:st|nd|rd|th)?(?!\d)", re.IGNORECASE),
)


def without_dates(text: str) -> tuple[list[tuple[int, int]], str]:
    """Return the (day, month) of each date in a text, and the text with nothing but the years left of them."""
    found: list[tuple[int, int]] = []

    def read(match: re.Match[str]) -> str:
        parts = match.groupdict()
        day, month = int(parts["day"]), int(parts.get("month") or _month(match.group()))
        if not (1 <= day <= 31 and 1 <= month <= 12):
            return match.group()
        found.append((day, month))
        return f" {parts.get('year') or ''} "

    for pattern in PATTERNS:
        text = pattern.sub(read, text)
    return found, text


def _month(text: str) -> int:
    match = re.search(NAME, text, re.IGNORECASE)
    name = match.group().casefold() if match else ""
    # "marraskuuta" begins with "mar" too.
    longest = max((beginning for beginning in NUMBERS if name.startswith(beginning)), key=len, default="")
    return NUMBERS.get(longest, 0)
