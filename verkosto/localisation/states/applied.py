"""The record of whether a translation's live row has all of its translated texts."""

from __future__ import annotations

from uuid import UUID

from verkosto.core.models import Original
from verkosto.localisation.models import TranslationState
from verkosto.localisation.states.recount import recount, recount_after_commit
from verkosto.localisation.states.strings import Strings, count_strings


def mark_applied(key: UUID, locale_id: int, *, is_complete: bool, original_changed: bool = False) -> None:
    """Record how complete a live row is, after it or its original was saved.

    `is_complete` says whether the row has all texts of its translation, `original_changed` whether the original's text
    has changed.
    """
    rows = TranslationState.objects.filter(translation_key=key, locale_id=locale_id)
    if not rows.filter(source_pk__isnull=False).exists():
        recount({key})
    row = rows.first()
    if row is None or not row.source_pk:
        return
    strings = count_strings(locale_id, [row.source_pk]).get(row.source_pk, Strings())
    content = Original.objects.filter(pk=key).values_list("content", flat=True).first() or ""
    rows.update(
        applied=strings.made_from(content) if is_complete else "",
        live_is_outdated=not is_complete and (row.live_is_outdated or original_changed),
        was_complete=row.was_complete or strings.complete,
    )
    recount_after_commit(key)


def mark_not_applied(key: UUID, locale_id: int) -> None:
    """Record that a change of one language is not live yet: its translation has to be published."""
    TranslationState.objects.filter(translation_key=key, locale_id=locale_id).update(applied="")
