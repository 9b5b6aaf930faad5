"""Django's ``LANGUAGES`` from a list of codes."""

from collections.abc import Iterable

from django.conf.locale import LANG_INFO
from django.core.exceptions import ImproperlyConfigured
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy


def language_settings(codes: Iterable[str]) -> list[tuple[str, Promise]]:
    """Return ``LANGUAGES`` in the order given, with names that Django translates. Raises ImproperlyConfigured."""
    chosen = [code.strip() for code in codes if code.strip()]
    unknown = [code for code in chosen if "name" not in LANG_INFO.get(code, {})]
    if unknown or not chosen:
        raise ImproperlyConfigured(f"LANGUAGES: give codes as fi,sv,en. Unknown: {', '.join(unknown) or 'all'}.")
    return [(code, gettext_lazy(LANG_INFO[code]["name"])) for code in dict.fromkeys(chosen)]
