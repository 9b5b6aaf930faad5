"""The numbers of strings and of their translations: one query for each locale, for any number of pages."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from django.db import connection
from wagtail_localize.models import StringTranslation

# Django's ORM has no outer join on two columns. Subqueries, which it has, take six times as long. Words are counted by
# their spaces. The sum of products is a fingerprint of which string stands at which content path.
COUNT = """
SELECT segment.source_id,
       COUNT(*),
       COUNT(done.id),
       SUM(CASE WHEN done.translation_type = %s THEN 1 ELSE 0 END),
       SUM(CASE WHEN done.id IS NULL
                THEN 1 + LENGTH(TRIM(string.data)) - LENGTH(REPLACE(TRIM(string.data), ' ', ''))
                ELSE 0 END),
       SUM(CAST(segment.string_id AS BIGINT) * segment.context_id),
       MAX(done.id),
       MAX(done.updated_at)
  FROM wagtail_localize_stringsegment AS segment
  JOIN wagtail_localize_string AS string ON string.id = segment.string_id
  LEFT JOIN wagtail_localize_stringtranslation AS done
       ON done.translation_of_id = segment.string_id
      AND done.context_id = segment.context_id
      AND done.locale_id = %s
      AND NOT done.has_error
 {where}
 GROUP BY segment.source_id
"""
OF_SOURCES = "WHERE segment.source_id IN ({})"


@dataclass(frozen=True)
class Strings:
    """The numbers of a source's strings in one locale. `words_left` counts the words of untranslated strings."""

    total: int = 0
    done: int = 0
    machine: int = 0
    words_left: int = 0
    fingerprint: str = "0"

    @property
    def complete(self) -> bool:
        return self.done == self.total

    def made_from(self, content: str) -> str:
        """Return a fingerprint of a translation: of its strings, and of the fingerprint of its original's content."""
        return f"{self.fingerprint}/{content}"


def count_strings(locale_id: int, source_ids: Collection[int] | None = None) -> dict[int, Strings]:
    """Return the numbers of strings in a locale by the pk of their source, of some sources or of all."""
    if source_ids is not None and not source_ids:
        return {}
    where = OF_SOURCES.format(", ".join(["%s"] * len(source_ids))) if source_ids is not None else ""
    params: list[Any] = [StringTranslation.TRANSLATION_TYPE_MACHINE, locale_id, *(source_ids or ())]
    with connection.cursor() as cursor:
        cursor.execute(COUNT.format(where=where), params)
        return {
            source_id: Strings(total, done, machine, words, f"{total}/{done}/{paths}/{last}/{stamp}")
            for source_id, total, done, machine, words, paths, last, stamp in cursor.fetchall()
        }
