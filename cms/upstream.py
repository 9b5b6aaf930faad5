"""The private API of Django that the project uses. tests/cms/test_upstream.py fails if it moves."""

from __future__ import annotations

from typing import Any

from django.utils.translation import trans_real

ENGLISH = "en"


def use_english_fallback() -> None:
    """Show strings without a translation in English, the language of the msgids.

    Django takes them from the default language, which here gives Finnish buttons on a Swedish page, and has no setting
    for it (``DjangoTranslation._add_fallback``).
    """
    trans_real.DjangoTranslation._add_fallback = _add_fallback  # type: ignore[attr-defined,unused-ignore]  # private, see above


def _add_fallback(self: Any, localedirs: list[str] | None = None) -> None:
    if self._DjangoTranslation__language.startswith(ENGLISH):
        return
    if self.domain == "django":
        fallback = trans_real.translation(ENGLISH)
    else:
        fallback = trans_real.DjangoTranslation(ENGLISH, domain=self.domain, localedirs=localedirs)
    self.add_fallback(fallback)
