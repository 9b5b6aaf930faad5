"""The number of an event in its title, counted onward for the next one: "XII", "12.", a year, the years of a season."""

import re

ROMAN = {"M": 1000, "CM": 900, "D": 500, "CD": 400, "C": 100, "XC": 90, "L": 50, "XL": 40, "X": 10, "IX": 9, "V": 5,
         "IV": 4, "I": 1}  # fmt: skip
#: A number at the start or the end of a title. A single "I" is more often a word.
NUMERAL = re.compile(r"^(?P<first>[IVXLC]{1,9})\b|\b(?P<last>[IVXLC]{1,9})$")
ORDINAL = re.compile(r"^(?P<first>\d{1,3})(?=\.? )|(?<= )(?P<last>\d{1,3})(?=\.?$)")
ORDINAL_ENGLISH = re.compile(r"\b(?P<first>\d{1,3})(?:st|nd|rd|th)\b")
ORDINAL_SWEDISH = re.compile(r"\b(?P<first>\d{1,3}):[ae]\b")
#: A year, or two: "2026", "2026–2027", "2026–27".
YEARS = re.compile(r"\b(?P<first>\d{4})(?P<rest>(?P<dash>[–-])(?P<last>\d{4}|\d{2}))?\b")


def count_onward(title: str, year: int) -> str:
    """Return the title of the next event: its number, and ``year`` or the season with it, one higher.

    Other numbers stay, and so do longer periods, such as those of a strategy.
    """
    title = YEARS.sub(lambda match: _following(match, year), title)
    if match := NUMERAL.search(title):
        numeral = match["first"] or match["last"]
        number = roman_value(numeral)
        if number and numeral != "I":
            return _replace(title, match, roman(number + 1))
    if match := ORDINAL_ENGLISH.search(title):
        return title[: match.start()] + english_ordinal(int(match["first"]) + 1) + title[match.end() :]
    if match := ORDINAL_SWEDISH.search(title):
        return title[: match.start()] + swedish_ordinal(int(match["first"]) + 1) + title[match.end() :]
    if match := ORDINAL.search(title):
        return _replace(title, match, str(int(match["first"] or match["last"]) + 1))
    return title


def roman(number: int) -> str:
    """Return a number between 1 and 3999 as a Roman numeral."""
    text = ""
    for letters, value in ROMAN.items():
        text += letters * (number // value)
        number %= value
    return text


def roman_value(numeral: str) -> int:
    """Return the value of a Roman numeral; 0 if it is none, such as "IIX"."""
    values = [ROMAN[letter] for letter in numeral]
    number = sum(-value if value < max(values[index:]) else value for index, value in enumerate(values))
    return number if number > 0 and roman(number) == numeral else 0


def english_ordinal(number: int) -> str:
    """Return a number as "1st", "2nd", "11th"."""
    suffix = {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th") if number % 100 not in (11, 12, 13) else "th"
    return f"{number}{suffix}"


def swedish_ordinal(number: int) -> str:
    """Return a number as "1:a", "3:e", "11:e"."""
    return f"{number}:{'a' if number % 10 in (1, 2) and number % 100 not in (11, 12) else 'e'}"


def _following(match: re.Match[str], year: int) -> str:
    """Return the year or years of a match, one higher where ``year`` is among them."""
    first, last = int(match["first"]), match["last"] or match["first"]
    end = int(match["first"][: 4 - len(last)] + last)
    if end == first + 1 and year in (first, end):
        return f"{end}{match['dash']}{str(end + 1)[-len(last) :]}"
    if first == year and end <= first:  # "2026-10-06" too
        return f"{year + 1}{match['rest'] or ''}"
    return match.group()


def _replace(title: str, match: re.Match[str], number: str) -> str:
    group = "first" if match["first"] else "last"
    return title[: match.start(group)] + number + title[match.end(group) :]
