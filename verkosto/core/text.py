"""Cleaning of text that people wrote, before it leaves as something other than a page: calendars, feeds, mails, JSON."""

import unicodedata

# Unicode's Bidi_Control property (UAX #9): they reorder what stands after them, also in another's text.
BIDI_CONTROLS = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
SPACES = frozenset("\t\v\u0085\u2028\u2029")
# Control characters, and surrogates, which no encoding takes.
DROPPED_CATEGORIES = ("Cc", "Cs")


class _Replacements(dict[int, str]):
    """The replacement of each character, as ``str.translate`` asks for it."""

    def __missing__(self, code: int) -> str:
        character = chr(code)
        category = unicodedata.category(character)
        if character == "\n":
            replacement = character
        elif character in SPACES or category == "Zs":
            replacement = " "
        elif category in DROPPED_CATEGORIES or character in BIDI_CONTROLS:
            replacement = ""
        else:
            replacement = character
        self[code] = replacement
        return replacement


_replacements = _Replacements()


def clean_text(text: str) -> str:
    """Return the text in NFC, with line breaks as "\\n", plain spaces, and neither control nor bidi control characters.

    Joiners (U+200C, U+200D) are kept: words of some languages and composed emoji need them.
    """
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    return unicodedata.normalize("NFC", lines.translate(_replacements))


def clean_line(text: str) -> str:
    """Return the text as ``clean_text`` does, on one line and without spaces at its ends or several in a row."""
    return " ".join(clean_text(text).split())
