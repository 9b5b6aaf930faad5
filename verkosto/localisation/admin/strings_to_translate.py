"""The strings of one translation that wait: with what they were before, suggestions and the glossary's warnings."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from difflib import SequenceMatcher

from django.utils.safestring import SafeString
from wagtail_localize.models import StringSegment, StringTranslation, Translation

from verkosto.localisation.admin.string_locations import SEPARATOR, place_of, tags_of
from verkosto.localisation.admin.text_diff import marked
from verkosto.localisation.glossary import Warning, terms_for, warnings
from verkosto.localisation.memory import Suggestion, suggest
from verkosto.localisation.models import Term

# Below it two strings of one rich text are not two versions of the same sentence.
SAME = 0.4


@dataclass
class Waiting:
    segment: StringSegment
    source: str
    place: str = ""
    draft: str = ""
    old_source: str = ""
    old_translation: str = ""
    difference: SafeString | None = None
    suggestions: list[Suggestion] = field(default_factory=list)
    terms: list[Term] = field(default_factory=list)
    is_machine: bool = False


@dataclass(frozen=True)
class Misused:
    segment: StringSegment
    translation: str
    warnings: list[Warning]


def waiting_strings(translation: Translation, limit: int | None = None) -> list[Waiting]:
    """Untranslated and machine strings, in the page's order."""
    segments = list(translation.source.stringsegment_set.select_related("string", "context").order_by("order", "pk"))
    done = _done(translation, segments)
    before = _before(translation, segments)
    terms = terms_for(translation.source.locale_id, translation.target_locale_id)
    original, tags = translation.source.get_source_instance(), tags_of(translation.source)
    number: Counter[int] = Counter()
    rows = []
    for segment in segments:
        position = number[segment.context_id]
        number[segment.context_id] += 1
        known = done.get((segment.string_id, segment.context_id))
        is_machine = known is not None and known.translation_type == StringTranslation.TRANSLATION_TYPE_MACHINE
        if known and not known.has_error and not is_machine:
            continue
        row = Waiting(segment, segment.string.data, place_of(original, segment.context.path))
        tag = tags.get(segment.context_id, [])[position : position + 1]
        row.place = SEPARATOR.join([row.place, *filter(None, tag)])
        if known:
            row.draft = known.data
            row.is_machine = is_machine
        old = _closest(row.source, before.get(segment.context_id, []))
        if old is not None:
            row.old_source, row.old_translation = old.translation_of.data, old.data
            row.difference = marked(row.old_source, row.source)
        row.suggestions = suggest(
            row.source, source_locale_id=translation.source.locale_id, locale_id=translation.target_locale_id
        )
        row.terms = [term for term in terms if warnings(row.source, "", [term])]
        rows.append(row)
        if limit is not None and len(rows) >= limit:
            break
    return rows


def misused_terms(translation: Translation) -> list[Misused]:
    """Translated strings that do not follow the glossary."""
    terms = terms_for(translation.source.locale_id, translation.target_locale_id)
    if not terms:
        return []
    segments = list(translation.source.stringsegment_set.select_related("string").order_by("order"))
    done = _done(translation, segments)
    found = []
    for segment in segments:
        known = done.get((segment.string_id, segment.context_id))
        if known and (told := warnings(segment.string.data, known.data, terms)):
            found.append(Misused(segment, known.data, told))
    return found


def _done(translation: Translation, segments: list[StringSegment]) -> dict[tuple[int, int | None], StringTranslation]:
    contexts = {segment.context_id for segment in segments}
    strings = StringTranslation.objects.filter(locale_id=translation.target_locale_id, context_id__in=contexts)
    return {(string.translation_of_id, string.context_id): string for string in strings}


def _before(translation: Translation, segments: list[StringSegment]) -> dict[int, list[StringTranslation]]:
    """Translations of strings that stood at the same places and stand there no more."""
    now = {(segment.string_id, segment.context_id) for segment in segments}
    old: dict[int, list[StringTranslation]] = {}
    strings = StringTranslation.objects.filter(
        locale_id=translation.target_locale_id, context_id__in={segment.context_id for segment in segments}
    ).select_related("translation_of")
    for string in strings.order_by("-updated_at"):
        if (string.translation_of_id, string.context_id) not in now and string.context_id:
            old.setdefault(string.context_id, []).append(string)
    return old


def _closest(source: str, candidates: list[StringTranslation]) -> StringTranslation | None:
    if len(candidates) == 1:
        return candidates[0]
    scored = [
        (SequenceMatcher(None, candidate.translation_of.data, source, autojunk=False).ratio(), -position, candidate)
        for position, candidate in enumerate(candidates)
    ]
    best = max(scored, default=None, key=lambda entry: entry[:2])
    return best[2] if best and best[0] >= SAME else None
