"""The strings of which a file of either format consists."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from wagtail_localize.models import StringSegment, StringTranslation, Translation


@dataclass(frozen=True)
class Unit:
    """One string of one translation, at wagtail-localize's content path; `number` identifies it in a list of refusals."""

    translation: str
    path: str
    source: str
    target: str = ""
    fuzzy: bool = False
    title: str = ""
    number: int = 0


class BrokenFile(Exception):
    """The file cannot be read at all; the message says why."""


def units_for(translations: Iterable[Translation], *, only_open: bool = False) -> Iterator[Unit]:
    """Yield the strings of the translations with their translation; machine translations are fuzzy."""
    for translation in translations:
        segments = translation.source.stringsegment_set.select_related("string", "context").order_by("order", "pk")
        done = {
            (row.translation_of_id, row.context_id): row
            for row in StringTranslation.objects.filter(
                locale_id=translation.target_locale_id,
                context_id__in=StringSegment.objects.filter(source=translation.source_id).values("context_id"),
            )
        }
        seen = set()
        for segment in segments:
            if (segment.string_id, segment.context_id) in seen:
                continue
            seen.add((segment.string_id, segment.context_id))
            known = done.get((segment.string_id, segment.context_id))
            machine = known is not None and known.translation_type == StringTranslation.TRANSLATION_TYPE_MACHINE
            if only_open and known and not known.has_error and not machine:
                continue
            yield Unit(
                translation=str(translation.uuid),
                path=segment.context.path,
                source=segment.string.data,
                target=known.data if known else "",
                fuzzy=machine or (known is not None and known.has_error),
                title=translation.source.object_repr,
            )
