"""A machine translator on this machine: Argos Translate, which sends no text anywhere.

Install ``argostranslate`` with the packages of the languages, and set::

    WAGTAILLOCALIZE_MACHINE_TRANSLATOR = {
        "CLASS": "verkosto.localisation.workflow.offline_translator.ArgosTranslator",
    }
"""

from __future__ import annotations

from collections.abc import Iterable
from html import escape
from html.parser import HTMLParser
from importlib import import_module
from typing import Any

from wagtail.models import Locale
from wagtail_localize.machine_translators.base import BaseMachineTranslator
from wagtail_localize.strings import StringValue


class ArgosTranslator(BaseMachineTranslator):
    """Translates the text between tags piece by piece, so that formatting and links stay where they are."""

    display_name = "Argos Translate"

    def translate(
        self, source_locale: Locale, target_locale: Locale, strings: Iterable[StringValue]
    ) -> dict[StringValue, StringValue]:
        translation = self._translation(source_locale, target_locale)
        return {string: StringValue(_Pieces(translation).of(string.data)) for string in strings}

    def can_translate(self, source_locale: Locale, target_locale: Locale) -> bool:
        """Return whether the packages of both languages are installed."""
        return self._translation(source_locale, target_locale) is not None

    @staticmethod
    def _translation(source_locale: Locale, target_locale: Locale) -> Any:
        argos: Any = import_module("argostranslate.translate")  # optional dependency
        codes = (locale.language_code.partition("-")[0] for locale in (source_locale, target_locale))
        try:
            return argos.get_translation_from_codes(*codes)
        except AttributeError:  # what it raises for a language that is not installed
            return None


class _Pieces(HTMLParser):
    """Translates the texts of a string, and leaves spaces at their ends, tags and their attributes as they are."""

    def __init__(self, translation: Any) -> None:
        super().__init__()
        self.translation = translation
        self.parts: list[str] = []

    def of(self, html: str) -> str:
        self.feed(html)
        self.close()
        return "".join(self.parts)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.parts.append(self.get_starttag_text() or "")

    handle_startendtag = handle_starttag

    def handle_endtag(self, tag: str) -> None:
        self.parts.append(f"</{tag}>")

    def handle_data(self, data: str) -> None:
        text = data.strip()
        if text:
            before, _text, after = data.partition(text)
            self.parts.append(before + escape(self.translation.translate(text), quote=False) + after)
        else:
            self.parts.append(data)
