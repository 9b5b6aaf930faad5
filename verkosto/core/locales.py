"""The languages of the site, and the versions of a page in each of them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from uuid import UUID

from babel import Locale as BabelLocale
from django.conf import settings
from django.conf.urls.i18n import is_language_prefix_patterns_used
from django.db import models
from django.urls import get_urlconf
from django.utils.translation import get_language, get_language_from_path, get_language_info, to_locale
from wagtail.coreutils import get_content_languages, get_supported_content_language_variant
from wagtail.models import Locale, Page, Site
from wagtail.query import PageQuerySet

LOCALE_FOLDER = Path(__file__).parent / "locale"


@dataclass(frozen=True)
class Alternate:
    """A language version of a page. ``url`` is absolute, or None if that version is not published."""

    language_code: str
    language_name: str
    url: str | None
    title: str
    is_current: bool


def language_name(language_code: str) -> str:
    """Return the language's name in the language itself: suomi, svenska, English; "svenska (Finland)" for sv-fi."""
    info = get_language_info(language_code)
    if info["code"] == language_code:
        return info["name_local"]
    # Django knows the language only without its territory; the site may have both "sv" and "sv-fi".
    return BabelLocale.parse(language_code, sep="-").get_display_name() or info["name_local"]


@cache
def interface_language(language_code: str) -> str:
    """Return the language of the interface: English if this package has no translation into the language.

    A language of a territory uses the translation of its language: sv-fi uses that of sv.
    """
    codes = (language_code, language_code.partition("-")[0])
    return language_code if any((LOCALE_FOLDER / to_locale(code)).is_dir() for code in codes) else "en"


def language_of_path(path: str) -> str | None:
    """Return the language of a path's prefix, or the default language if its paths have no prefix; None otherwise."""
    has_prefixes, default_has_prefix = _prefixes()
    found = get_language_from_path(path) if has_prefixes else None
    return found or (None if has_prefixes and default_has_prefix else settings.LANGUAGE_CODE)


def home_path(language_code: str) -> str:
    """Return the path of a language's home page: "/fi/", or "/" where the language has no prefix."""
    has_prefixes, default_has_prefix = _prefixes()
    if has_prefixes and (default_has_prefix or language_code != settings.LANGUAGE_CODE):
        return f"/{language_code}/"
    return "/"


def _prefixes() -> tuple[bool, bool]:
    """Return whether the project's paths have a language prefix, and whether the default language has one."""
    return is_language_prefix_patterns_used(get_urlconf() or settings.ROOT_URLCONF)


# Language code by locale id. There are few locales, and a page looks up the language of many names.
_codes: dict[int, str] = {}


def language_code_of(instance: models.Model | None) -> str:
    """Return the language code of a translatable instance (a page, a directory entry), or "" for None.

    No query once the process has read the locales.
    """
    locale_id = getattr(instance, "locale_id", None)
    if locale_id is None:
        return ""
    if locale_id not in _codes:
        _codes.update(Locale.objects.values_list("pk", "language_code"))
    return _codes.get(locale_id, "")


def clear_language_codes() -> None:
    """Forget the language codes, because a locale has changed."""
    _codes.clear()


def lang_if_different(instance: models.Model | None) -> str:
    """Return the language code of a translatable instance where it is not the active language, else ""."""
    code = language_code_of(instance)
    return "" if code == active_language() else code


def active_language() -> str:
    """Return the active content language, or the default one where the active language has no content."""
    try:
        return get_supported_content_language_variant(get_language() or settings.LANGUAGE_CODE)
    except LookupError:
        return settings.LANGUAGE_CODE


def site_languages() -> list[str]:
    """Return the languages that have a home page, in the order of the settings.

    No query once Wagtail's cache of the site root paths is filled.
    """
    with_home = {root.language_code for root in Site.get_site_root_paths()}
    return [code for code in get_content_languages() if code in with_home]


def public_pages() -> PageQuerySet:
    """Return the published pages with their locales. Aliases are left out: they show another language's text."""
    return Page.objects.filter(live=True, alias_of=None).select_related("locale")


def public_versions(translation_keys: Iterable[UUID]) -> dict[UUID, dict[str, Page]]:
    """Return the published language versions of pages, by translation key and language code. One query."""
    return versions_by_key(public_pages().filter(translation_key__in=set(translation_keys)))


def versions_by_key(pages: Iterable[Page]) -> dict[UUID, dict[str, Page]]:
    """Return the pages by translation key and language code."""
    versions: dict[UUID, dict[str, Page]] = defaultdict(dict)
    for page in pages:
        versions[page.translation_key][page.locale.language_code] = page
    return versions


def build_alternates(versions: dict[str, Page], current: str) -> list[Alternate]:
    """Return every language of the site, with the URL of its version where ``versions`` has one. No query."""
    return [
        Alternate(
            language_code=code,
            language_name=language_name(code),
            url=versions[code].full_url if code in versions else None,
            title=versions[code].title if code in versions else "",
            is_current=code == current,
        )
        for code in site_languages()
    ]


def alternates(page: Page) -> list[Alternate]:
    """Return every language of the site with the URL of this page in it, for hreflang and the language switcher.

    One query; none for a page that `routing.find_route` found.
    """
    versions = getattr(page, "language_versions", None)
    if versions is None:
        versions = public_versions([page.translation_key])[page.translation_key]
    return build_alternates(versions, page.locale.language_code)


def localise_pages(pages: Iterable[Page]) -> dict[int, Page]:
    """Map each page's pk to its published version in the active language.

    A page without one maps to itself where it is published, and is left out where it is not. One query.
    """
    pages = list(pages)
    if not pages:
        return {}
    code = active_language()
    versions = public_versions(page.translation_key for page in pages)
    found = {page.pk: versions[page.translation_key].get(code, page) for page in pages}
    return {pk: page for pk, page in found.items() if page.live}


def all_versions(pks: Iterable[int]) -> PageQuerySet:
    """Return the pages with these pks and their versions in every language, for `localise_pks`."""
    keys = Page.objects.filter(pk__in={*pks}).values("translation_key")
    return Page.objects.filter(translation_key__in=keys).select_related("locale")


def localise_pks(pks: Iterable[int], versions: Iterable[Page]) -> dict[int, Page]:
    """Map pks as `localise_pages` does, given the pages' `all_versions`. No query of its own."""
    versions = list(versions)
    code = active_language()
    pages = {page.pk: page for page in versions}
    public = versions_by_key(page for page in versions if page.live and page.alias_of_id is None)
    found = {pk: public[pages[pk].translation_key].get(code, pages[pk]) for pk in pks if pk in pages}
    return {pk: page for pk, page in found.items() if page.live}
