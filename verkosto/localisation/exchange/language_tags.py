"""Language tags (BCP 47) as other tools write them: "FI-FI" and "sv_SE" are the site's "fi" and "sv"."""

from __future__ import annotations

from collections.abc import Iterable

from wagtail.models import Locale


def same_language(first: str, second: str) -> bool:
    """Return whether two tags name the same language, whatever their region."""
    return _primary(first) == _primary(second)


def locale_of(tag: str, locales: Iterable[Locale]) -> Locale | None:
    """Return the locale of a tag: the same one, or else one of the same language."""
    code = tag.replace("_", "-").casefold()
    found = [locale for locale in locales if same_language(locale.language_code, tag)]
    return min(found, key=lambda locale: locale.language_code.casefold() != code, default=None)


def _primary(tag: str) -> str:
    return tag.replace("_", "-").partition("-")[0].casefold()
