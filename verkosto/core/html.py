"""Functions for small pieces of HTML that several apps use."""

import re
from collections.abc import Iterable

from django.utils.functional import Promise
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language, override

from verkosto.core.locales import active_language, interface_language


def encode_entities(text: str) -> SafeString:
    """Return the text as decimal character references, so that address harvesters do not find "name@host"."""
    return SafeString("".join(f"&#{ord(character)};" for character in text))


def in_language(text: str | Promise, language_code: str) -> SafeString:
    """Return the text as HTML, in an element with ``lang`` if its language is not the active one.

    WCAG 2.2 SC 3.1.2, Language of Parts.
    """
    if not text or not language_code or language_code == active_language():
        return SafeString(conditional_escape(str(text or "")))
    return format_html('<span lang="{}">{}</span>', language_code, text)


def in_interface_language(text: str | Promise) -> str | Promise:
    """Return a text of the interface, marked up with its language if that is not the language of the page."""
    language = interface_language(get_language() or "")
    if language == get_language() or not text:
        return text
    with override(language):
        return format_html('<span lang="{}">{}</span>', language, text)


def interface_errors(errors: Iterable[object]) -> list[str | Promise]:
    """Return the errors of a form or a field, marked up as ``in_interface_language`` does.

    They are translated when they are read: also Django's own errors are in the language of the interface then.
    """
    with override(interface_language(get_language() or "")):
        texts = [str(error) for error in errors]
    return [in_interface_language(text) for text in texts]


def phone_digits(number: str) -> str:
    """Return the number as RFC 3966 writes it: ``+358 295 00 100`` becomes ``+35829500100``."""
    return re.sub(r"(?!^\+)\D", "", number.strip())
