"""The cleaning of text that people wrote: on input, and before it is sent as something other than a page.

All functions take time proportional to the length of the text, for any text.
"""

import re
import unicodedata

# Unicode's Bidi_Control property (UAX #9). These characters reorder the text after them, which may be someone else's.
BIDI_CONTROLS = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
SPACES = frozenset("\t\v\u0085\u2028\u2029")
# Control characters, and surrogates, which cannot be encoded.
DROPPED_CATEGORIES = ("Cc", "Cs")
# Joiners, which some languages use inside words, and composed emoji.
JOINERS = frozenset("\u200c\u200d")
# Invisible characters that are not format characters: fillers, selectors, the braille blank (UAX #44).
INVISIBLE = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u180b\u180c\u180d\u180f\u2800\u3164\uffa0")
MAX_MARKS = 30  # combining marks in a row, as in Stream-Safe Text (UAX #15 §13): normalising more takes quadratic time
# Texts that mail programs turn into a link: a URL with a scheme, or a host name (letters on both sides of a dot).
WEB_ADDRESS = re.compile(r"://|\bwww\.|\w\.[a-z]{2,24}/", re.IGNORECASE)
DOT_BETWEEN_LETTERS = re.compile(r"(?<=\w)\.(?=\w)")
ZERO_WIDTH_JOINER = "\u200d"
VARIATION_SELECTORS = frozenset(map(chr, range(0xFE00, 0xFE10)))


class _Replacements(dict[int, str]):
    """The replacement of each character, for ``str.translate``. Replacements are added when they are first looked up."""

    def __missing__(self, code: int) -> str:
        character = chr(code)
        category = unicodedata.category(character)
        if character == "\n":
            replacement = character
        elif character in SPACES or category == "Zs":
            replacement = " "
        elif category in DROPPED_CATEGORIES or character in BIDI_CONTROLS or _is_noncharacter(code):
            replacement = ""
        else:
            replacement = character
        self[code] = replacement
        return replacement


def _is_noncharacter(code: int) -> bool:
    """Return whether a code point is a noncharacter (Unicode §23.7). Two of them are not allowed in XML (XML 1.0 §2.2)."""
    return code & 0xFFFE == 0xFFFE or 0xFDD0 <= code <= 0xFDEF


class _ControlReplacements(_Replacements):
    """The same replacements, but spaces of other widths stay."""

    def __missing__(self, code: int) -> str:
        self[code] = chr(code) if unicodedata.category(chr(code)) == "Zs" else super().__missing__(code)
        return self[code]


_replacements = _Replacements()
_control_replacements = _ControlReplacements()


def clean_text(text: str) -> str:
    """Return the text in NFC, with line breaks as "\\n", plain spaces, and neither control nor bidi control characters.

    Joiners (U+200C, U+200D) are kept: words of some languages and composed emoji need them.
    """
    if text.isascii() and text.isprintable():
        return text  # a fast path for most texts: exports clean a hundred thousand rows
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    return normalise(lines.translate(_replacements))


def clean_line(text: str) -> str:
    """Return the text as ``clean_text`` does, on one line, without repeated spaces or spaces at its ends."""
    return " ".join(clean_text(text).split())


def without_controls(text: str) -> str:
    """Return a text to be stored: as ``clean_text`` does, but with its no-break and thin spaces, which pages show."""
    if text.isascii() and text.isprintable():
        return text
    return normalise(text.replace("\r\n", "\n").replace("\r", "\n").translate(_control_replacements))


def clean_name(text: str) -> str:
    """Return the text as ``clean_line`` does, without format characters except joiners; "" if nothing in it is visible.

    For names of persons and organisations, which are compared, searched and sorted.
    """
    kept = "".join(character for character in text if character in JOINERS or unicodedata.category(character) != "Cf")
    cleaned = clean_line(kept)
    return cleaned if has_visible_character(cleaned) else ""


def has_visible_character(text: str) -> bool:
    """Return whether a text has a visible character: a letter, digit, punctuation mark or symbol."""
    return any(character not in INVISIBLE and unicodedata.category(character)[0] in "LNPS" for character in text)


def holds_web_address(text: str) -> bool:
    """Return whether a text that should be a name contains a web address."""
    return WEB_ADDRESS.search(text) is not None


def without_links(text: str) -> str:
    """Return an untrusted text with a space after each dot inside a word, so that mail programs make no links of it."""
    return DOT_BETWEEN_LETTERS.sub(". ", text)


def normalise(text: str) -> str:
    """Return the text in NFC (UAX #15), without combining marks beyond ``MAX_MARKS`` in a row."""
    if text.isascii():
        return text
    # Normalising can split a mark into several, so the limit is applied again.
    return _limit_marks(unicodedata.normalize("NFC", _limit_marks(text)))


def _limit_marks(text: str) -> str:
    kept, marks = [], 0
    for character in text:
        marks = marks + 1 if unicodedata.combining(character) else 0
        if marks <= MAX_MARKS:
            kept.append(character)
    return "".join(kept)


def shorten(text: str, length: int) -> str:
    """Return a text of at most ``length`` characters. A longer text is cut off, not inside a composed character: "…"."""
    if len(text) <= length:
        return text
    end = length - 1
    while end and _continues(text, end):
        end -= 1
    return f"{text[:end].rstrip()}…"


def _continues(text: str, index: int) -> bool:
    """Return whether the character at an index belongs to the one before it, as in a composed emoji (UAX #29)."""
    character = text[index]
    joined = ZERO_WIDTH_JOINER in (character, text[index - 1])
    return joined or character in VARIATION_SELECTORS or unicodedata.combining(character) > 0
