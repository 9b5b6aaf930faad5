"""Texts of a language version whose paragraphs differ from those of the version that becomes the original.

They cannot be matched by their order. What is known of the old original's strings says which paragraphs belong together.
"""

from __future__ import annotations

from collections import defaultdict

from wagtail_localize.models import StringTranslation, TranslationSource

from verkosto.localisation.paragraphs import BREAK, CONTINUES, is_continued, without_mark

Pair = tuple[str, str]


def realigned_texts(old: TranslationSource, into: int, other: int) -> dict[str, list[Pair]]:
    """Return the paragraphs of the locale `into`, each with its translation in the locale `other`, by content path.

    `old` is the source of the original so far. Only paths where `into` has joined or split paragraphs are included; where
    `other` has too, with no pairs.
    """
    texts, translations = _texts(old, into), _texts(old, other)
    pairs: dict[str, list[Pair]] = defaultdict(list)
    for segment in old.stringsegment_set.select_related("context").order_by("order", "pk"):
        position = segment.string_id, segment.context_id
        pairs[segment.context.path].append((texts.get(position, ""), translations.get(position, "")))
    return {path: _realign(found) for path, found in pairs.items() if any(_is_restructured(text) for text, _ in found)}


def _texts(source: TranslationSource, locale_id: int) -> dict[tuple[int, int], str]:
    """Return the source's strings in a locale, its own or another, by (string, context)."""
    if locale_id == source.locale_id:
        segments = source.stringsegment_set.values_list("string_id", "context_id", "string__data")
        return {(string, context): text for string, context, text in segments}
    stored = StringTranslation.objects.filter(
        context__object_id=source.object_id, locale_id=locale_id, has_error=False
    )
    return {(row.translation_of_id, row.context_id or 0): row.data for row in stored}


def _is_restructured(text: str) -> bool:
    return is_continued(text) or BREAK in text


def _realign(pairs: list[Pair]) -> list[Pair]:
    """Return a pair for each paragraph: what was joined is split the other way round, and what was split is joined."""
    if any(_is_restructured(translation) or not (text and translation) for text, translation in pairs):
        return []
    found: list[Pair] = []
    for text, translation in pairs:
        first, *rest = without_mark(text).split(BREAK)
        if is_continued(text) and found:
            before, translation_before = found.pop()
            found.append((" ".join(filter(None, [before, first])), f"{translation_before}{BREAK}{translation}"))
        else:
            found.append((first, translation))
        found += [(paragraph, CONTINUES) for paragraph in rest]
    return found
