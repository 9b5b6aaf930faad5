import unicodedata
from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from verkosto.core.text import (
    MAX_MARKS,
    clean_line,
    clean_name,
    clean_text,
    has_visible_character,
    holds_web_address,
    normalise,
    shorten,
    without_links,
)

# What people type, and what they do not: marks, joiners, fillers, controls, everything.
ANY_TEXT = st.text(
    st.one_of(
        st.sampled_from(
            "aAäÄ a\u0308\u0301\u0344\u0323ẛ\u0323\u200b\u200c\u200d\u00ad\u202e\u3164\u115f\ufeff\n\t\u212b가ᄀ\u1161ͅ"
        ),
        st.characters(),
    )
)


@pytest.mark.parametrize(
    ("text", "cleaned"),
    [
        ("a\r\nb\rc\nd", "a\nb\nc\nd"),
        ("a\tb\vc\u0085d\u2028e\u2029f\N{NO-BREAK SPACE}g\u3000h", "a b c d e f g h"),
        ("a\x00\x07\x1b\x9fb\ud800", "ab"),
        ("a\u202eb\u202c\u2066c\u2069\u200ed\u200f\u061c", "abcd"),
        ("\N{WOMAN}\N{ZERO WIDTH JOINER}\N{PERSONAL COMPUTER} a\N{ZERO WIDTH NON-JOINER}b", None),
        ("a\u0308", "\u00e4"),
    ],
)
def test_clean_text(text: str, cleaned: str | None) -> None:
    assert clean_text(text) == (text if cleaned is None else cleaned)


def test_clean_line_is_one_line() -> None:
    assert clean_line(" a\r\n\r\nb \N{NO-BREAK SPACE} c\u2029 ") == "a b c"


@given(ANY_TEXT)
def test_cleaned_text_is_in_nfc_and_stays_as_it_is(text: str) -> None:
    for clean in (clean_text, clean_line, clean_name, normalise):
        cleaned = clean(text)
        assert clean(cleaned) == cleaned
        assert unicodedata.is_normalized("NFC", cleaned)


@given(ANY_TEXT)
def test_normal_form_makes_no_difference(text: str) -> None:
    for clean in (clean_text, clean_line, clean_name):
        assert clean(unicodedata.normalize("NFD", text)) == clean(unicodedata.normalize("NFC", text))


@given(ANY_TEXT)
def test_name_is_empty_or_can_be_seen(text: str) -> None:
    name = clean_name(text)
    assert not name or has_visible_character(name)
    assert name == name.strip()
    assert not {unicodedata.category(each) for each in name if each not in "\u200c\u200d"} & {"Cc", "Cf", "Cs", "Zl"}


@pytest.mark.parametrize(
    "name",
    [
        "Li",
        "X",
        "O'Brien",
        "Ó Súilleabháin",
        "محمد",
        "𠮷野",
        "d'Ù",
        "نیک\u200cپور",
        "J.R.R. Tolkien",
        "葛\U000e0100城",
    ],
)
def test_names_stay_unaltered(name: str) -> None:
    assert clean_name(name) == name
    assert not holds_web_address(name)


@pytest.mark.parametrize(
    "name",
    [
        "\u200b",
        "\u2063",
        "\u3164",
        "\u00ad",
        "\u200e",
        "\u2800",
        "\u115f",
        "\u200d",
        "\u0301",
        "\ufeff \u2060",
        "\ufe0f",
    ],
)
def test_names_of_nothing_to_see_are_empty(name: str) -> None:
    assert clean_name(name) == ""


@pytest.mark.parametrize(
    ("name", "cleaned"),
    [
        ("Aino\u202e nen\u202c", "Aino nen"),
        ("Ra\u0308sa\u0308nen", "Räsänen"),
        ("Ai\u200bno\u2060 \u00a0 Vir\u00adtanen", "Aino Virtanen"),
    ],
)
def test_names_lose_what_cannot_be_seen(name: str, cleaned: str) -> None:
    assert clean_name(name) == cleaned


@pytest.mark.parametrize(
    ("name", "holds"),
    [
        ("Click http://evil.example/win now", True),
        ("HTTPS://evil.example", True),
        ("www.evil.example", True),
        ("evil.example/win", True),
        ("St.John Smith", False),
        ("Virtanen (os. Ääri), M.A./B.A.", False),
        ("Aino Virtanen, Kela/STM", False),
    ],
)
def test_web_addresses_are_no_names(name: str, holds: bool) -> None:
    assert holds_web_address(name) is holds


def test_text_without_links_breaks_host_names() -> None:
    assert without_links("Win at evil.example now, J.R. Smith.") == "Win at evil. example now, J. R. Smith."


@pytest.mark.parametrize(
    "text",
    [
        "a" + "\u0301\u0316" * 32_000,
        "".join(mark * 16_000 for mark in "\u0345\u0301\u0327\u0334"),
        "w" * 64_000,
        "www" * 21_000,
        "a." * 32_000,
        "://" * 21_000,
        "\u200b" * 64_000,
    ],
)
def test_hostile_text_of_64_kilobytes_costs_little(text: str) -> None:
    """Normalising combining marks takes quadratic time in Python: 8 seconds for the first of these texts."""
    start = process_time()
    for clean in (clean_text, clean_line, clean_name, holds_web_address, without_links):
        clean(text)
    assert process_time() - start < 0.5  # five functions on a busy machine


def test_marks_beyond_the_limit_are_dropped() -> None:
    assert normalise("x" + "\u0316" * 100 + "y") == "x" + "\u0316" * MAX_MARKS + "y"


@pytest.mark.parametrize("text", ["\ufffe", "\uffff", "\ufdd0", "\U0001ffff"])
def test_noncharacters_are_dropped_because_xml_cannot_hold_them(text: str) -> None:
    assert clean_text(f"a{text}b") == "ab"


@pytest.mark.parametrize(
    ("text", "length", "short"),
    [
        ("abc", 3, "abc"),
        ("abcd", 3, "ab…"),
        ("ab cd", 4, "ab…"),
        ("a\N{WOMAN}\N{ZERO WIDTH JOINER}\N{PERSONAL COMPUTER}b", 4, "a…"),
        ("xe\u0323\u0308yz", 4, "x…"),
    ],
)
def test_shorten_cuts_no_character_in_two(text: str, length: int, short: str) -> None:
    assert shorten(text, length) == short
