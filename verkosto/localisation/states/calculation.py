"""The calculation of translation states, for all pages or for some: a few queries, and one more for each locale."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Count
from wagtail.models import Locale, Revision, WorkflowState
from wagtail_localize.models import RelatedObjectSegment, Translation, TranslationSource

from verkosto.core.models import Original
from verkosto.core.signals import translation_becomes_outdated
from verkosto.core.transactions import send_after_commit
from verkosto.localisation.models import LocalOverride, TranslationState
from verkosto.localisation.signals import translation_outdated
from verkosto.localisation.states.calculated_state import (
    CALCULATED_COLUMNS,
    CALCULATED_FIELDS,
    CalculatedState,
    calculated_values,
)
from verkosto.localisation.states.deadlines import Deadline, deadlines
from verkosto.localisation.states.language_versions import Version, versions
from verkosto.localisation.states.strings import Strings, count_strings

State = TranslationState.State


class StateCalculation:
    """The states of some translation keys, or of all if `keys` is None. `write` stores those that changed."""

    def __init__(self, keys: Collection[UUID] | None) -> None:
        self.keys = keys
        self.locales = list(Locale.objects.values_list("pk", flat=True))
        self.versions = self._versions()
        self.contents: dict[UUID, str] = {}
        self.originals = self._originals()
        self.translations = self._translations()
        self.old = self._old()
        self.deadlines = deadlines(keys)
        self.overrides = self._overrides()
        self.moderated = self._moderated()
        self.rejected = self._rejected()
        self.scheduled = self._scheduled()
        self.rows: dict[tuple[UUID, int], CalculatedState] = {}
        self.count()

    def _of_keys(self, manager: Any, name: str = "translation_key") -> Any:
        return manager.all() if self.keys is None else manager.filter(**{f"{name}__in": self.keys})

    def _originals(self) -> dict[UUID, int]:
        """Return the locale of each key's original, and store it for the keys that have none yet.

        It is the locale from which the page was last submitted for translation, or else that of the first version.
        """
        stored = {}
        for key, locale, content in self._of_keys(Original.objects, "pk").values_list("pk", "locale_id", "content"):
            stored[key], self.contents[key] = locale, content
        submitted: dict[UUID, int] = {}
        for key, locale in (
            self._of_keys(TranslationSource.objects.filter(translations__isnull=False), "object_id")
            .order_by("-created_at")
            .values_list("object_id", "locale_id")
        ):
            submitted[key] = locale
        new = []
        for key, by_locale in self.versions.items():
            if key not in stored:
                first = min(by_locale.values(), key=lambda version: version.order)
                stored[key] = submitted.get(key, first.locale_id)
                new.append(Original(pk=key, locale_id=stored[key]))
        Original.objects.bulk_create(new, ignore_conflicts=True, batch_size=1000)
        return stored

    def _translations(self) -> dict[tuple[UUID, int], tuple[int, int, bool]]:
        """Return {(key, target locale): (source, translation, whether it is synchronised)}."""
        columns = ("source__object_id", "source__locale_id", "target_locale_id", "source_id", "pk", "enabled")
        return {
            (key, target): (source, translation, enabled)
            for key, locale, target, source, translation, enabled in self._of_keys(
                Translation.objects, "source__object_id"
            ).values_list(*columns)
            if self.originals.get(key) == locale
        }

    def _versions(self) -> dict[UUID, dict[int, Version]]:
        """Return the versions of each key by locale."""
        found: dict[UUID, dict[int, Version]] = defaultdict(dict)
        for version in versions(self.keys):
            found[version.key][version.locale_id] = version
        return found

    def _old(self) -> dict[tuple[UUID, int], Any]:
        """Return the stored columns of each key and locale."""
        columns = ("pk", "translation_key", "locale_id", *CALCULATED_COLUMNS)
        rows = self._of_keys(TranslationState.objects).values_list(*columns, named=True)
        return {(row.translation_key, row.locale_id): row for row in rows}

    def _overrides(self) -> dict[tuple[UUID, int], int]:
        """Return the number of local overrides of each key and locale that has any."""
        counted = self._of_keys(LocalOverride.objects).values("translation_key", "locale").annotate(number=Count("pk"))
        return {
            (key, locale): number for key, locale, number in counted.values_list("translation_key", "locale", "number")
        }

    def _moderated(self) -> set[tuple[int, str]]:
        """Return the (content type, pk) of what waits for a reviewer."""
        states = WorkflowState.objects.filter(status=WorkflowState.STATUS_IN_PROGRESS)
        return set(states.values_list("content_type_id", "object_id"))

    def _rejected(self) -> dict[tuple[int, str], str]:
        """Return the reviewer's comment by the (content type, pk) of what was sent back."""
        states = WorkflowState.objects.filter(status=WorkflowState.STATUS_NEEDS_CHANGES)
        columns = ("content_type_id", "object_id", "current_task_state__comment")
        return {(content_type_id, pk): comment for content_type_id, pk, comment in states.values_list(*columns)}

    def _scheduled(self) -> dict[tuple[int, str], datetime]:
        """Return the time by the (content type, pk) of what is scheduled to go live."""
        revisions = Revision.objects.filter(approved_go_live_at__isnull=False).order_by("pk")
        columns = ("content_type_id", "object_id", "approved_go_live_at")
        return {
            (content_type_id, pk): goes_live_at
            for content_type_id, pk, goes_live_at in revisions.values_list(*columns)
        }

    def count(self) -> None:
        """Calculate the row of every key and locale."""
        sources: dict[int, list[int]] = defaultdict(list)
        for (_key, target), (source, *_rest) in self.translations.items():
            sources[target].append(source)
        for locale in self.locales:
            # Those of all sources are counted without naming them.
            named = sources[locale] if self.keys is not None or not sources[locale] else None
            strings = count_strings(locale, named)
            for key, by_locale in self.versions.items():
                if self.originals[key] in by_locale:
                    self.rows[key, locale] = self._row(key, locale, by_locale, strings)
        for (key, _locale), row in self.rows.items():
            if row.state in TranslationState.OPEN:
                self.rows[key, self.originals[key]].versions_open += 1
        self._count_related()

    def _row(
        self, key: UUID, locale: int, by_locale: dict[int, Version], strings: dict[int, Strings]
    ) -> CalculatedState:
        original, version = by_locale[self.originals[key]], by_locale.get(locale)
        old = self.old.get((key, locale))
        source, translation, enabled = self.translations.get((key, locale), (None, None, False))
        counted = strings.get(source, Strings()) if source else Strings()
        deadline = self.deadlines.get(key, Deadline())
        needed_by = min(filter(None, [deadline.needed_by, self._goes_live_at(original)]), default=None)
        row = CalculatedState(
            pk=old.pk if old else None,
            translation_key=key,
            locale_id=locale,
            content_type_id=original.content_type_id,
            is_page=original.is_page,
            object_pk=version.pk if version else "",
            source_pk=source,
            translation_pk=translation,
            title=(version or original).title,
            original_live=original.live,
            goes_live_at=self._goes_live_at(version),
            is_rejected=bool(version and (version.content_type_id, version.pk) in self.rejected),
            review_comment=(version and self.rejected.get((version.content_type_id, version.pk))) or "",
            strings_done=counted.done,
            strings_total=counted.total,
            words_left=counted.words_left,
            machine_unreviewed=counted.machine,
            local_overrides_count=self.overrides.get((key, locale), 0),
            was_complete=bool(old and old.was_complete),
            applied=old.applied if old else "",
            live_is_outdated=bool(old and old.live_is_outdated),
            needed_by=needed_by,
            happens_at=deadline.happens_at,
        )
        row.state = self._state(row, version, counted, enabled, self.originals[key] == locale)
        is_behind = not counted.complete or (row.live_is_outdated and row.applied != self._fingerprint(key, counted))
        row.live_is_outdated = enabled and row.was_complete and is_behind
        return row

    def _goes_live_at(self, version: Version | None) -> datetime | None:
        """Return when a version that is not live is scheduled to go live."""
        if version is None or version.live:
            return None
        return self.scheduled.get((version.content_type_id, version.pk))

    def _fingerprint(self, key: UUID, counted: Strings) -> str:
        return counted.made_from(self.contents.get(key, ""))

    def _state(
        self, row: CalculatedState, version: Version | None, counted: Strings, enabled: bool, is_original: bool
    ) -> State:
        if is_original:
            return State.ORIGINAL
        if version is None:
            row.was_complete, row.applied = False, ""
            return State.MISSING
        if (version.content_type_id, version.pk) in self.moderated:
            return State.IN_MODERATION
        if not enabled:
            return State.DETACHED
        if not counted.complete:
            if row.pk is None and self.keys is None and version.live:
                row.was_complete = True  # older than this table: somebody published it
            if row.was_complete:
                return State.OUTDATED
            return State.IN_PROGRESS if counted.done else State.TO_DO
        fingerprint = self._fingerprint(row.translation_key, counted)
        first_time = not row.was_complete and not row.applied
        row.was_complete = True
        if not version.live:
            return State.READY
        if first_time and self.keys is None:
            row.applied = fingerprint
        return State.UP_TO_DATE if row.applied == fingerprint else State.READY

    def _count_related(self) -> None:
        """Count, for each page and locale, the snippets shown on the page that are not up to date in the locale."""
        sources = {row[0]: at[0] for at, row in self.translations.items()}
        related = RelatedObjectSegment.objects.values_list("source_id", "object_id").distinct()
        if self.keys is not None:
            related = related.filter(source_id__in=sources)
        pairs = [(sources[source], key) for source, key in related if source in sources]
        others = {key for _page, key in pairs} - self.versions.keys()
        fresh = {State.ORIGINAL, State.UP_TO_DATE, State.DETACHED}
        stale = {at for at, row in self.rows.items() if row.state not in fresh}
        stale |= set(
            TranslationState.objects.filter(translation_key__in=others)
            .exclude(state__in=fresh)
            .values_list("translation_key", "locale_id")
        )
        for page, snippet in pairs:
            for locale in self.locales:
                row = self.rows.get((page, locale))
                if row and row.state not in (State.ORIGINAL, State.MISSING) and (snippet, locale) in stale:
                    row.related_stale += 1

    def _differs(self, row: CalculatedState) -> bool:
        old = self.old.get((row.translation_key, row.locale_id))
        return old is None or calculated_values(old) != calculated_values(row)

    def write(self) -> int:
        """Store the states that differ. Return how many rows changed."""
        changed = [row.as_model() for row in self.rows.values() if self._differs(row)]
        new, known = [row for row in changed if row.pk is None], [row for row in changed if row.pk]
        TranslationState.objects.bulk_create(
            new,
            batch_size=500,
            update_conflicts=True,
            unique_fields=["translation_key", "locale"],
            update_fields=CALCULATED_FIELDS,
        )
        TranslationState.objects.bulk_update(known, CALCULATED_FIELDS, batch_size=200)
        gone = [row.pk for at, row in self.old.items() if at not in self.rows]
        for start in range(0, len(gone), 500):
            TranslationState.objects.filter(pk__in=gone[start : start + 500]).delete()
        self.changed_keys = {row.translation_key for row in changed}
        self._announce_outdated(changed)
        return len(changed) + len(gone)

    def _announce_outdated(self, changed: list[TranslationState]) -> None:
        """Send the signals of outdated translations for the states that were stored as another one before.

        `translation_becomes_outdated` at once, in this transaction, and `translation_outdated` after the commit.
        """
        for row in changed:
            old = self.old.get((row.translation_key, row.locale_id))
            if row.state == State.OUTDATED and old is not None and old.state != State.OUTDATED:
                translation_becomes_outdated.send(
                    TranslationState, translation_key=row.translation_key, locale=row.locale, is_page=row.is_page
                )
                send_after_commit(translation_outdated, TranslationState, state=row)

    def dependents(self) -> set[UUID]:
        """Return the keys of pages that show a snippet whose state changed and that were not calculated here."""
        snippets = {key for key in self.changed_keys if not next(iter(self.versions[key].values())).is_page}
        if self.keys is None or not snippets:
            return set()
        found = RelatedObjectSegment.objects.filter(object_id__in=snippets).values_list("source__object_id", flat=True)
        return set(found) - set(self.keys)
