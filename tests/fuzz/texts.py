"""Hostile texts and bytes, for every test that sends something to the site."""

import unicodedata

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st

CATEGORIES = sorted({unicodedata.category(chr(code)) for code in range(0x110000)} - {"Cs"})
#: What breaks programs: formulas, markup, line breaks, directions, templates, endless marks, numbers out of range.
KNOWN = [
    "", " ", "\0", "a\0b", "\r\nBcc: x@evil.example", "\u202eevil\u202c", "\u2066a", "</script><script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>', "{{ 7*7 }}", "{% now %}", "%(name)s", "%s%n", "${x}", "=1+1", "+1", "-1", "@x", "\t=1",
    "a" + "\u0301" * 5000, "\ufeff", "\ufffe\uffff", "\u2028\u2029", "9" * 400, "-1", "1e999", "NaN", "0x10", "١٢٣",
    "2026-02-30", "99999-99-99", "null", "[]", '{"a":', "../../etc/passwd", "'; DROP TABLE x;--", "💩" * 300, "a" * 10_000,
]  # fmt: skip
texts = st.one_of(
    st.sampled_from(KNOWN),
    st.text(st.characters(categories=CATEGORIES), max_size=60),
    st.builds("".join, st.tuples(*(st.characters(categories=[category]) for category in CATEGORIES))),
)
#: As text in some encoding, or as no text at all.
raw_bytes = st.one_of(
    st.binary(max_size=200),
    st.builds(
        lambda text, encoding: text.encode(encoding, "replace"),
        texts,
        st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-32", "latin-1", "cp1252", "utf-7"]),
    ),
    st.sampled_from(
        [b"\xff\xfe", b"PK\x03\x04", b"GIF89a", b"\x89PNG\r\n\x1a\n", b"%PDF-1.7", b"<?xml version='1.0'?>"]
    ),
)


def bounded(examples: int) -> settings:
    """Return settings for a test of so many examples, always the same."""
    return settings(
        max_examples=examples,
        derandomize=True,
        database=None,
        deadline=None,
        suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
    )
