"""The one place that knows in which languages a page exists."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.conf import settings
from django.utils.translation import get_language, get_language_info
from wagtail.coreutils import get_supported_content_language_variant
from wagtail.models import Locale, Page


@dataclass(frozen=True)
class Alternate:
    """A language version of a page; ``url`` is absolute, or None where that version is not published."""

    locale: Locale
    language_code: str
    language_name: str
    url: str | None
    is_current: bool


def language_name(language_code: str) -> str:
    """The language's name in itself: suomi, svenska, English."""
    return get_language_info(language_code)["name_local"]


def site_locales() -> list[Locale]:
    """The locales of the site in the order of the settings, by one query."""
    order = [code for code, _name in settings.WAGTAIL_CONTENT_LANGUAGES]
    locales = [locale for locale in Locale.objects.all() if locale.language_code in order]
    return sorted(locales, key=lambda locale: order.index(locale.language_code))


def alternates(page: Page) -> list[Alternate]:
    """Every language of the site with the address of this page in it.

    It feeds hreflang, the language switcher and the sitemap, and takes two
    queries however many languages there are. An alias counts as no version:
    it is another language's text.
    """
    versions = {
        version.locale_id: version
        for version in Page.objects.filter(translation_key=page.translation_key, live=True, alias_of=None)
    }
    return [
        Alternate(
            locale=locale,
            language_code=locale.language_code,
            language_name=language_name(locale.language_code),
            url=versions[locale.pk].full_url if locale.pk in versions else None,
            is_current=locale.pk == page.locale_id,
        )
        for locale in site_locales()
    ]


def localised_pages(pages: Iterable[Page]) -> dict[int, Page]:
    """Map each page's pk to its live version in the active language, or to itself where there is none.

    Pages that are not live in any way are left out. One query.
    """
    pages = list(pages)
    if not pages:
        return {}
    code = get_supported_content_language_variant(get_language() or settings.LANGUAGE_CODE)
    versions = {
        version.translation_key: version
        for version in Page.objects.live().filter(
            translation_key__in={page.translation_key for page in pages}, locale__language_code=code
        )
    }
    found = {page.pk: versions.get(page.translation_key, page) for page in pages}
    return {pk: page for pk, page in found.items() if page.live}
