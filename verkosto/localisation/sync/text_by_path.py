"""The strings of a page or snippet, and their translations, by wagtail-localize's content path."""

from __future__ import annotations

from collections.abc import Callable

from wagtail.models import TranslatableMixin
from wagtail_localize.models import StringSegment

from verkosto.localisation.upstream import string_segments


def text_by_path(instance: TranslatableMixin) -> dict[str, list[str]]:
    """Return the translatable strings of an instance by content path, in their order."""
    found: dict[str, list[str]] = {}
    for path, text in string_segments(instance):
        found.setdefault(path, []).append(text)
    return found


def translation_lookup(instance: TranslatableMixin, locale_id: int) -> Callable[[str], str | None]:
    """Return a function that finds the translation of a string of the instance's source by content path.

    One query, at the first call.
    """
    cache: dict[str, str] | None = None

    def find(path: str) -> str | None:
        nonlocal cache
        if cache is None:
            segments = StringSegment.objects.filter(source__object_id=instance.translation_key)
            cache = dict(
                segments.annotate_translation(locale_id)
                .filter(translation__isnull=False)
                .values_list("context__path", "translation")
            )
        return cache.get(path)

    return find
