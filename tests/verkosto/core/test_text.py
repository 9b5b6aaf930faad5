import pytest

from verkosto.core.text import clean_line, clean_text


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
