"""The strings of which a file of either format consists."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.db import models
from wagtail_localize.models import StringSegment, StringTranslation, Translation

from verkosto.localisation.workflow.string_checks import plain_field_at


@dataclass(frozen=True)
class Unit:
    """One string of one translation, at wagtail-localize's content path; `number` identifies it in a list of refusals.

    `previous` is the string that stood there when it was last translated, `note` what a translator should know.
    Without a `translation` it belongs nowhere, and the languages are those that the file gives.
    """

    translation: str
    path: str
    source: str
    target: str = ""
    fuzzy: bool = False
    title: str = ""
    number: int = 0
    previous: str = ""
    note: str = ""
    is_plural: bool = False
    source_language: str = ""
    language: str = ""


class BrokenFile(Exception):
    """The file cannot be read at all; the message says why."""


def units_for(translations: Iterable[Translation], *, only_open: bool = False) -> Iterator[Unit]:
    """Yield the strings of the translations with their translation; machine translations are fuzzy."""
    for translation in translations:
        segments = translation.source.stringsegment_set.select_related("string", "context").order_by("order", "pk")
        model: Any = translation.source.specific_content_type.model_class()
        done = {
            (row.translation_of_id, row.context_id): row
            for row in StringTranslation.objects.filter(
                locale_id=translation.target_locale_id,
                context_id__in=StringSegment.objects.filter(source=translation.source_id).values("context_id"),
            ).select_related("translation_of")
        }
        now = {(segment.string_id, segment.context_id) for segment in segments}
        gone = sorted((row for at, row in done.items() if at not in now), key=lambda row: row.updated_at)
        previous = {row.context_id: row.translation_of.data for row in gone}
        seen = set()
        for segment in segments:
            if (segment.string_id, segment.context_id) in seen:
                continue
            seen.add((segment.string_id, segment.context_id))
            known = done.get((segment.string_id, segment.context_id))
            unfinished = known is not None and is_unfinished(known)
            if only_open and known and not unfinished:
                continue
            yield Unit(
                translation=str(translation.uuid),
                path=segment.context.path,
                source=segment.string.data,
                target=known.data if known else "",
                fuzzy=unfinished,
                title=translation.source.object_repr,
                previous="" if known else previous.get(segment.context_id, ""),
                note=_note(model, segment.context.path),
            )


def is_unfinished(known: StringTranslation) -> bool:
    """Return whether a stored translation is wrong, or a machine's that no person has reviewed."""
    return known.has_error or known.translation_type == StringTranslation.TRANSLATION_TYPE_MACHINE


def _note(model: type[models.Model], path: str) -> str:
    """Return the field of a string and how long its translation may be."""
    field = plain_field_at(model, path)
    if field is None:
        return path.split(".")[0]
    limit = f", at most {field.max_length} characters" if field.max_length else ""
    return f"{field.verbose_name}{limit}"
