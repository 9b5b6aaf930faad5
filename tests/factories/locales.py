from typing import Any

from wagtail.models import Locale, Page


def locale(language_code: str) -> Locale:
    """The locale of a language, made where it is missing."""
    return Locale.objects.get_or_create(language_code=language_code)[0]


def in_language(page: Page, language_code: str, **values: Any) -> Page:
    """A published translation of the page, with the values given and everything else as the original has it.

    The parent must exist in the language.
    """
    copy = page.copy_for_translation(locale(language_code))
    for name, value in values.items():
        setattr(copy, name, value)
    copy.live = True
    copy.save()
    return copy
