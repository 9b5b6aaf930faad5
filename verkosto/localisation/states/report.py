"""Reports of the stored states: of one page, and of all pages as plain data."""

from __future__ import annotations

from collections.abc import Iterator
from uuid import UUID

from wagtail.models import Locale, Page

from verkosto.localisation.models import TranslationState


def status_rows() -> Iterator[dict[str, object]]:
    """Yield a mapping for each page or snippet and language: key, title, locale, state, strings_done, strings_total, url.

    `url` is the version's public address; None for a snippet, and for a page that is not live in the language.
    """
    codes = dict(Locale.objects.values_list("pk", "language_code"))
    urls = _urls()
    rows = TranslationState.objects.order_by("-is_page", "translation_key", "locale")
    columns = (
        "translation_key",
        "title",
        "locale_id",
        "state",
        "strings_done",
        "strings_total",
        "object_pk",
        "is_page",
    )
    for key, title, locale, state, done, total, pk, is_page in rows.values_list(*columns).iterator():
        yield {
            "key": str(key),
            "title": title,
            "locale": codes[locale],
            "state": state,
            "strings_done": done,
            "strings_total": total,
            "url": urls.get(pk) if is_page else None,
        }


def states_of(translation_key: UUID) -> list[TranslationState]:
    """Return the states of all versions of one page or snippet, its original first."""
    states = TranslationState.objects.filter(translation_key=translation_key).select_related("locale", "assigned_to")
    return sorted(states, key=lambda state: (state.state != TranslationState.State.ORIGINAL, state.locale_id))


def _urls() -> dict[str, str]:
    pages = Page.objects.live().filter(depth__gt=1).only("pk", "url_path", "locale_id", "content_type_id", "depth")
    return {str(page.pk): url for page in pages.iterator() if (url := page.full_url)}
