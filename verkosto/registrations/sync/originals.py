"""Which language version of a page is the original."""

from typing import Any

from wagtail.models import Locale
from wagtail_localize.models import TranslationSource

from verkosto.registrations.models import Desk


def is_original(page: Any) -> bool:
    """Whether a page's facts rule its translations.

    The translation source that others are translated from says; where there is none (versions made by hand, or only
    one), the desk's first; else the oldest version that is no alias.
    """
    if page.alias_of_id:
        return False
    # A version that was the original once keeps a source, from which nothing is translated any more.
    sources = TranslationSource.objects.filter(object_id=page.translation_key, translations__isnull=False)
    source = sources.values_list("locale_id", flat=True).first()
    if source is not None:
        return bool(source == page.locale_id)
    language = (
        Desk.objects.filter(translation_key=page.translation_key).values_list("original_language", flat=True).first()
    )
    if language is not None:
        locale = Locale.objects.filter(language_code=language).first()
        if locale is not None and page.get_translations(inclusive=True).filter(locale=locale).exists():
            return bool(locale.pk == page.locale_id)
    return not page.get_translations().filter(pk__lt=page.pk, alias_of__isnull=True).exists()
