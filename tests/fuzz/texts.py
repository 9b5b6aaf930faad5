"""Hostile texts and bytes, for every test that sends something to the site, and how many of them."""

import os
import unicodedata

from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st

#: How many times as many examples as in the suite, each time others: FUZZ=20 pytest tests/fuzz
FACTOR = int(os.environ.get("FUZZ", "1"))
CATEGORIES = sorted({unicodedata.category(chr(code)) for code in range(0x110000)} - {"Cs"})
#: What breaks programs: formulas, markup, line breaks, directions, templates, endless marks, numbers out of range.
KNOWN = [
    "Å <b>&amp; \u202e'=1+1\"\r\n💩 a\u0308", "", " ", "\0", "a\0b", "\r\nBcc: x@evil.example", "\u202eevil\u202c",
    "\u2066a", "</script><script>alert(1)</script>", '"><img src=x onerror=alert(1)>',
    "{{ 7*7 }}", "{% now %}", "%(name)s", "%s%n", "${x}", "=1+1", "+1", "-1", "@x", "\t=1",
    "a" + "\u0301" * 5000, "\ufeff", "\ufffe\uffff", "\u2028\u2029", "9" * 400, "-1", "1e999", "NaN", "0x10", "١٢٣",
    "2026-02-30", "99999-99-99", "null", "[]", '{"a":', "../../etc/passwd", "'; DROP TABLE x;--", "💩" * 300, "a" * 10_000,
]  # fmt: skip
#: Of the right form, at the ends of what programs and databases can hold.
EXTREMES = [
    "0", "2147483648", "9223372036854775808", "-9223372036854775809", "0001-01-01", "9999-12-31", "0001-01-01 00:00",
    "9999-12-31 23:59", "2126-03-29 03:30", "00:00", "23:59:59.999999", "1", "on", "true", '{"blocks": 1}', '{"blocks": []}',
    "00000000-0000-0000-0000-000000000000", "http://[::1", "https://example.fi/\u202e", "tel:", "mailto:", "/fi/",
    "javascript:alert(1)", "åäö@example.fi", "a@xn--a.fi", "x@" + "a." * 120 + "fi", "//evil.example",
    "{name}", "{unknown}", "{", "}",
]  # fmt: skip
texts = st.one_of(
    st.sampled_from(KNOWN),
    st.text(st.characters(categories=CATEGORIES), max_size=60),
    st.builds("".join, st.tuples(*(st.characters(categories=[category]) for category in CATEGORIES))),
)
#: For fields of any kind.
values = st.one_of(texts, st.sampled_from(EXTREMES))
ENCODINGS = ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-32", "latin-1", "cp1252", "utf-7"]
#: As text in some encoding, or as no text at all.
raw_bytes = st.one_of(
    st.binary(max_size=200),
    st.builds(lambda text, encoding: text.encode(encoding, "replace"), texts, st.sampled_from(ENCODINGS)),
    st.sampled_from(
        [b"\xff\xfe", b"PK\x03\x04", b"GIF89a", b"\x89PNG\r\n\x1a\n", b"%PDF-1.7", b"<?xml version='1.0'?>"]
    ),
)


def bounded(examples: int) -> settings:
    """Return settings for a test of so many examples: in the suite always the same, and the first that fails."""
    return settings(
        max_examples=examples * FACTOR,
        derandomize=FACTOR == 1,
        phases=[Phase.generate] if FACTOR == 1 else [Phase.generate, Phase.shrink],
        database=None,
        deadline=None,
        suppress_health_check=list(HealthCheck),
    )


def only_generated(examples: int) -> settings:
    """Return settings for a test that collects what it finds and does not look for a smaller example."""
    return settings(bounded(examples), phases=[Phase.generate])
