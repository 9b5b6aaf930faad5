"""Words of the interface that a language lacks are shown in English, the language in which they were written.

Django takes them from the default language instead: Finnish buttons on a Swedish or Danish page. It has no setting for
it (django.utils.translation.trans_real, ``DjangoTranslation._add_fallback``).
"""

from __future__ import annotations

from typing import Any

from django.utils.translation import trans_real

ENGLISH = "en"


def fall_back_to_english() -> None:
    trans_real.DjangoTranslation._add_fallback = _add_fallback  # type: ignore[attr-defined,unused-ignore]


def _add_fallback(self: Any, localedirs: list[str] | None = None) -> None:
    if self._DjangoTranslation__language.startswith(ENGLISH):
        return
    if self.domain == "django":
        fallback = trans_real.translation(ENGLISH)
    else:
        fallback = trans_real.DjangoTranslation(ENGLISH, domain=self.domain, localedirs=localedirs)
    self.add_fallback(fallback)
