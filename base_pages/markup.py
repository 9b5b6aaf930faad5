"""Small pieces of HTML that more than one room writes."""

import re

from django.utils.safestring import SafeString


def encode_entities(text: str) -> SafeString:
    """The text as decimal character references: a browser reads it, a search for ``name@host`` does not find it."""
    return SafeString("".join(f"&#{ord(character)};" for character in text))


def phone_digits(number: str) -> str:
    """The number as RFC 3966 writes it: ``+358 295 00 100`` becomes ``+35829500100``."""
    return re.sub(r"(?!^\+)\D", "", number.strip())
