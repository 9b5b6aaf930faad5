"""Texts that another text says too: what happens to them when the original's paragraphs change."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from wagtail_localize.models import StringTranslation, TranslationSource

from verkosto.localisation.paragraphs import CONTINUES, positions_of

Position = tuple[int, int]


@contextmanager
def separate_moved_texts(source: TranslationSource) -> Iterator[None]:
    """Make texts untranslated that were said by the one above, if the original has another one there afterwards.

    The context updates the strings of the source. Without this, nobody would notice that the text is missing. Texts of
    their own that continue a paragraph stay translated: without that paragraph they are one by themselves.
    """
    joined = list(
        StringTranslation.objects.filter(context__object_id=source.object_id, data=CONTINUES).exclude(
            locale_id=source.locale_id
        )
    )
    before = _strings_above(source) if joined else {}
    yield
    after = _strings_above(source) if joined else {}
    for row in joined:
        position = row.translation_of_id, row.context_id or 0
        if before.get(position) != after.get(position):
            row.delete()


def _strings_above(source: TranslationSource) -> dict[Position, int]:
    """Return the string above each string that can be joined with it, by (string, context)."""
    segments = list(source.stringsegment_set.order_by("order", "pk"))
    above: dict[Position, int] = {}
    last: dict[int, int] = {}
    for segment in segments:
        if segment.context_id in last:
            above.setdefault((segment.string_id, segment.context_id), last[segment.context_id])
        last[segment.context_id] = segment.string_id
    positions = positions_of(source, segments)
    return {
        position: string
        for position, string in above.items()
        if position in positions and positions[position].may_join
    }
