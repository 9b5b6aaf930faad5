"""The columns of `TranslationState` that are calculated, as plain values."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from operator import attrgetter
from uuid import UUID

from verkosto.localisation.models import TranslationState

CALCULATED_FIELDS = (
    "content_type",
    "is_page",
    "object_pk",
    "source_pk",
    "translation_pk",
    "title",
    "original_live",
    "goes_live_at",
    "is_rejected",
    "review_comment",
    "state",
    "strings_done",
    "strings_total",
    "words_left",
    "machine_unreviewed",
    "related_stale",
    "local_overrides_count",
    "versions_open",
    "was_complete",
    "applied",
    "live_is_outdated",
    "needed_by",
    "happens_at",
)

CALCULATED_COLUMNS = [
    field.attname for field in TranslationState._meta.concrete_fields if field.name in CALCULATED_FIELDS
]
calculated_values = attrgetter(*CALCULATED_COLUMNS)


@dataclass(slots=True)
class CalculatedState:
    """The columns of one state. Model instances, which are slow to make, are made only of the states that changed."""

    pk: int | None
    translation_key: UUID
    locale_id: int
    content_type_id: int
    is_page: bool
    object_pk: str
    source_pk: int | None
    translation_pk: int | None
    title: str
    original_live: bool
    goes_live_at: datetime | None
    is_rejected: bool
    review_comment: str
    strings_done: int
    strings_total: int
    words_left: int
    machine_unreviewed: int
    local_overrides_count: int
    was_complete: bool
    applied: str
    live_is_outdated: bool
    needed_by: date | None
    happens_at: datetime | None
    state: str = ""
    related_stale: int = 0
    versions_open: int = 0

    def as_model(self) -> TranslationState:
        """Return the row to store."""
        return TranslationState(**{name: getattr(self, name) for name in self.__slots__})
