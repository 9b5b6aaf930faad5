"""Reading the words of an object, in wagtail-localize's own terms."""

from __future__ import annotations

from collections.abc import Callable

from wagtail.models import TranslatableMixin
from wagtail_localize.models import StringSegment
from wagtail_localize.segments import StringSegmentValue
from wagtail_localize.segments.extract import extract_segments


def words_by_path(instance: TranslatableMixin) -> dict[str, list[str]]:
    """The translatable strings of `instance` by content path, in their order."""
    words: dict[str, list[str]] = {}
    for segment in extract_segments(instance):
        if isinstance(segment, StringSegmentValue):
            words.setdefault(segment.path, []).append(segment.string.data)
    return words


def known_words(instance: TranslatableMixin, locale_id: int) -> Callable[[str], str | None]:
    """A look-up of the translations that exist for the strings of `instance`'s source, by content path."""
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
