"""The strings of one translation that are not done, with earlier versions, suggestions and glossary terms."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from difflib import SequenceMatcher

from django.utils.safestring import SafeString
from wagtail_localize.models import StringSegment, StringTranslation, Translation

from verkosto.core.accounts import AnyUser
from verkosto.core.trigrams import has_trigrams
from verkosto.localisation.admin.string_locations import SEPARATOR, location_of, tags_of
from verkosto.localisation.admin.text_diff import marked
from verkosto.localisation.glossary import GlossaryWarning, glossary_warnings, terms_for
from verkosto.localisation.memory import Suggestion, suggest
from verkosto.localisation.models import GlossaryTerm
from verkosto.localisation.workflow.string_edits import MEMORY

# Below it two strings of one rich text are not two versions of the same sentence.
SAME = 0.4


@dataclass
class OpenString:
    segment: StringSegment
    source: str
    location: str = ""
    draft: str = ""
    old_source: str = ""
    old_translation: str = ""
    difference: SafeString | None = None
    suggestions: list[Suggestion] = field(default_factory=list)
    terms: list[GlossaryTerm] = field(default_factory=list)
    is_machine: bool = False
    is_from_memory: bool = False


@dataclass(frozen=True)
class GlossaryMismatch:
    segment: StringSegment
    translation: str
    warnings: list[GlossaryWarning]


def open_strings(translation: Translation, user: AnyUser, limit: int | None = None) -> list[OpenString]:
    """Return the untranslated and machine-translated strings in the page's order."""
    segments = list(translation.source.stringsegment_set.select_related("string", "context").order_by("order", "pk"))
    done = _done(translation, segments)
    before = _before(translation, segments)
    terms = terms_for(translation.source.locale_id, translation.target_locale_id)
    original, tags = translation.source.get_source_instance(), tags_of(translation.source)
    use_trigrams = has_trigrams()
    number: Counter[int] = Counter()
    rows = []
    for segment in segments:
        position = number[segment.context_id]
        number[segment.context_id] += 1
        known = done.get((segment.string_id, segment.context_id))
        is_machine = known is not None and known.translation_type == StringTranslation.TRANSLATION_TYPE_MACHINE
        if known and not known.has_error and not is_machine:
            continue
        row = OpenString(segment, segment.string.data, location_of(original, segment.context.path))
        tag = tags.get(segment.context_id, [])[position : position + 1]
        row.location = SEPARATOR.join([row.location, *filter(None, tag)])
        if known:
            row.draft = known.data
            row.is_machine = is_machine
            row.is_from_memory = is_machine and known.tool_name == MEMORY
        old = _closest(row.source, before.get(segment.context_id, []))
        if old is not None:
            row.old_source, row.old_translation = old.translation_of.data, old.data
            row.difference = marked(row.old_source, row.source)
        row.suggestions = suggest(
            row.source,
            source_locale_id=translation.source.locale_id,
            locale_id=translation.target_locale_id,
            user=user,
            use_trigrams=use_trigrams,
        )
        row.terms = [term for term in terms if glossary_warnings(row.source, "", [term])]
        rows.append(row)
        if limit is not None and len(rows) >= limit:
            break
    return rows


def glossary_mismatches(translation: Translation) -> list[GlossaryMismatch]:
    """Return the translated strings that do not follow the glossary."""
    terms = terms_for(translation.source.locale_id, translation.target_locale_id)
    if not terms:
        return []
    segments = list(translation.source.stringsegment_set.select_related("string").order_by("order"))
    done = _done(translation, segments)
    found = []
    for segment in segments:
        known = done.get((segment.string_id, segment.context_id))
        if known and (found_warnings := glossary_warnings(segment.string.data, known.data, terms)):
            found.append(GlossaryMismatch(segment, known.data, found_warnings))
    return found


def _done(translation: Translation, segments: list[StringSegment]) -> dict[tuple[int, int | None], StringTranslation]:
    contexts = {segment.context_id for segment in segments}
    strings = StringTranslation.objects.filter(locale_id=translation.target_locale_id, context_id__in=contexts)
    return {(string.translation_of_id, string.context_id): string for string in strings}


def _before(translation: Translation, segments: list[StringSegment]) -> dict[int, list[StringTranslation]]:
    """Return translations of strings that were at the same paths and are no longer there."""
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
