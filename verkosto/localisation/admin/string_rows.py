"""The strings of one translation as the editor shows them: source and target, with what helps to translate."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from difflib import SequenceMatcher

from django.utils.safestring import SafeString
from wagtail.models import Locale
from wagtail_localize.models import StringSegment, StringTranslation, Translation

from verkosto.core.renditions import prefetch_image
from verkosto.core.users import AnyUser
from verkosto.localisation.admin.formatted_text import formatted, has_formatting, links_in
from verkosto.localisation.admin.link_rows import LinkRow
from verkosto.localisation.admin.string_locations import SEPARATOR, element_of, location_of
from verkosto.localisation.admin.string_warnings import Warnings
from verkosto.localisation.admin.text_diff import marked
from verkosto.localisation.glossary import glossary_warnings
from verkosto.localisation.memory import Suggestion, readable_by, suggest_for_all
from verkosto.localisation.models import DismissedCheck, GlossaryTerm, StringComment, StringInstruction
from verkosto.localisation.paragraphs import NOWHERE, TextPosition, is_continued, positions_of, without_mark
from verkosto.localisation.workflow.quality_checks import Finding
from verkosto.localisation.workflow.string_edits import MEMORY
from verkosto.localisation.workflow.typed_texts import RefusedText, as_typed, field_name

# Below it two strings of one rich text are not two versions of the same sentence.
SAME = 0.4
#: For so many strings the editor looks for suggestions at once.
SUGGESTED = 30


@dataclass
class StringRow:
    """One string. `text` is what its box shows; `draft` what is stored, although it is not final."""

    segment: StringSegment
    source: str
    location: str = ""
    position: TextPosition = NOWHERE
    stored: StringTranslation | None = None
    draft: str = ""
    text: str = ""
    old_source: str = ""
    old_translation: str = ""
    difference: SafeString | None = None
    error: str = ""
    suggestions: list[Suggestion] = field(default_factory=list)
    terms: list[GlossaryTerm] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    dismissed: list[DismissedCheck] = field(default_factory=list)
    instruction: StringInstruction | None = None
    reference: SafeString | None = None
    comments: int = 0
    questions: int = 0
    own_links: list[LinkRow] = field(default_factory=list)

    @property
    def shows_links(self) -> bool:
        """Whether the addresses of links are shown without being asked for."""
        return any(link.is_noticed for link in self.own_links)

    @property
    def key(self) -> str:
        return f"{self.segment.string_id}-{self.segment.context_id}"

    @property
    def field_name(self) -> str:
        return field_name(self.key, as_typed(self.stored.data if self.stored else self.old_translation))

    @property
    def is_machine(self) -> bool:
        machine = StringTranslation.TRANSLATION_TYPE_MACHINE
        return self.stored is not None and not self.stored.has_error and self.stored.translation_type == machine

    @property
    def is_from_memory(self) -> bool:
        return self.is_machine and self.stored is not None and self.stored.tool_name == MEMORY

    @property
    def is_open(self) -> bool:
        """Whether the string waits for a translator: to be translated, corrected or reviewed."""
        return self.stored is None or self.stored.has_error or self.is_machine

    @property
    def is_joined(self) -> bool:
        """Whether the text in the box continues the one above."""
        return is_continued(self.text)

    @property
    def may_join(self) -> bool:
        return self.position.may_join or self.is_joined

    @property
    def own_text(self) -> str:
        """What the box shows: without the mark, which has a box of its own."""
        return without_mark(self.text)

    @property
    def is_formatted(self) -> bool:
        return has_formatting(self.source) or has_formatting(self.text)

    @property
    def formatted_source(self) -> SafeString:
        return formatted(self.source)

    @property
    def links(self) -> dict[str, str]:
        return links_in(self.source)

    @property
    def typeable_source(self) -> str:
        """The source as it is copied into the box."""
        return as_typed(self.source)

    @property
    def typeable_suggestions(self) -> list[tuple[Suggestion, str]]:
        return [(suggestion, as_typed(suggestion.text)) for suggestion in self.suggestions]


def string_rows(
    translation: Translation, user: AnyUser, refused: Iterable[RefusedText] = (), *, suggests: bool = True
) -> list[StringRow]:
    """Return the strings in the page's order, each once. `refused` texts stand in their boxes as they were typed."""
    rows = _rows(translation)
    by_key = {row.key: row for row in rows}
    _add_earlier(translation, rows)
    for row in rows:
        row.text = as_typed(row.stored.data if row.stored else row.old_translation)
    for one in refused:
        if row_of_text := by_key.get(one.typed.key) or _successor(one, rows):
            row_of_text.text, row_of_text.error = one.typed.text, one.reason
            if one.old_source:
                row_of_text.old_source = one.old_source
                row_of_text.difference = marked(one.old_source, row_of_text.source)
    waiting = [row for row in rows if row.is_open][: SUGGESTED if suggests else 0]
    found = suggest_for_all(
        [row.source for row in waiting],
        source_locale_id=translation.source.locale_id,
        locale_id=translation.target_locale_id,
        user=user,
    )
    _add_notes(translation, rows)
    warnings = Warnings(translation, [row.stored for row in rows if row.stored], user)
    for row in rows:
        row.suggestions = found.get(row.source, []) if row.is_open else []
        row.terms = [term for term in warnings.terms if glossary_warnings(row.source, "", [term])]
        row.dismissed = warnings.dismissed_of(row.stored)
    for first, *others in _paragraphs(rows):
        first.findings = warnings.of(
            first.stored,
            first.source,
            first.instruction,
            [(row.source, row.stored.data) for row in others if row.stored],
        )
    return rows


def _paragraphs(rows: Iterable[StringRow]) -> list[list[StringRow]]:
    """Return the strings in groups: each, and those after it whose stored translation continues its paragraph."""
    groups: list[list[StringRow]] = []
    for row in rows:
        continues = row.stored is not None and is_continued(row.stored.data)
        if continues and groups and groups[-1][-1].segment.context_id == row.segment.context_id:
            groups[-1].append(row)
        else:
            groups.append([row])
    return groups


def _add_notes(translation: Translation, rows: list[StringRow]) -> None:
    """Add the authors' instructions, and the numbers of comments and of open questions. Two queries."""
    contexts = {row.segment.context_id for row in rows}
    found_instructions = StringInstruction.objects.filter(context__in=contexts)
    instructions = {
        (one.string_id, one.context_id): one
        for one in found_instructions.prefetch_related(prefetch_image("screenshot"))
    }
    comments: Counter[tuple[int, int]] = Counter()
    questions: Counter[tuple[int, int]] = Counter()
    found = StringComment.objects.filter(context__in=contexts, locale_id=translation.target_locale_id)
    for comment in found.only("string_id", "context_id", "is_question", "answered_at"):
        comments[comment.string_id, comment.context_id] += 1
        questions[comment.string_id, comment.context_id] += comment.is_question and comment.answered_at is None
    for row in rows:
        position = row.segment.string_id, row.segment.context_id
        row.instruction = instructions.get(position)
        row.comments, row.questions = comments[position], questions[position]


def add_reference(rows: list[StringRow], locale: Locale, user: AnyUser) -> None:
    """Add the translations into another language, where the user may read them. One query."""
    found = StringTranslation.objects.filter(
        readable_by(user), locale=locale, context__in={row.segment.context_id for row in rows}, has_error=False
    )
    texts = {(one.translation_of_id, one.context_id): one.data for one in found}
    for row in rows:
        if text := without_mark(texts.get((row.segment.string_id, row.segment.context_id), "")):
            row.reference = formatted(text)


def orphans(rows: list[StringRow], refused: Iterable[RefusedText]) -> list[RefusedText]:
    """Return the refused texts whose string is no longer in the original."""
    keys = {row.key for row in rows}
    return [one for one in refused if one.typed.key not in keys and _successor(one, rows) is None]


def _successor(refused: RefusedText, rows: list[StringRow]) -> StringRow | None:
    """Return the string that stands now where that of a refused text stood; None if there is none like it."""
    there = [row for row in rows if row.segment.context_id == refused.typed.context_id and row.is_open]
    if len(there) == 1:
        return there[0]
    likeness = [(_ratio(refused.old_source, row.source), -number, row) for number, row in enumerate(there)]
    best = max(likeness, default=None, key=lambda entry: entry[:2])
    return best[2] if best and best[0] >= SAME else None


def _rows(translation: Translation) -> list[StringRow]:
    """Return a row for each string, with its location and what is stored."""
    found = translation.source.stringsegment_set.select_related("string", "context").order_by("order", "pk")
    segments, original = list(found), translation.source.get_source_instance()
    positions = positions_of(translation.source, segments)
    rows: dict[tuple[int, int], StringRow] = {}
    for segment in segments:
        key = segment.string_id, segment.context_id
        if key not in rows:
            position = positions.get(key, NOWHERE)
            location = SEPARATOR.join(
                filter(None, [location_of(original, segment.context.path), element_of(position)])
            )
            rows[key] = StringRow(segment, segment.string.data, location, position)
    return list(rows.values())


def _add_earlier(translation: Translation, rows: list[StringRow]) -> None:
    """Add to each row what is stored, and to those without: the translation of the string that stood there before."""
    by_place = {(row.segment.string_id, row.segment.context_id): row for row in rows}
    strings = StringTranslation.objects.filter(
        locale_id=translation.target_locale_id, context_id__in={row.segment.context_id for row in rows}
    ).select_related("translation_of")
    gone: dict[int, list[StringTranslation]] = {}
    for string in strings.order_by("-updated_at"):
        row = by_place.get((string.translation_of_id, string.context_id or 0))
        if row is not None:
            row.stored = string
            row.draft = string.data if row.is_open else ""
        elif string.context_id:
            gone.setdefault(string.context_id, []).append(string)
    for row in rows:
        if row.is_open and (old := _closest(row.source, gone.get(row.segment.context_id, []))):
            row.old_source = old.translation_of.data
            row.old_translation = old.data if row.position.may_join else without_mark(old.data)
            row.difference = marked(row.old_source, row.source)


def _closest(source: str, candidates: list[StringTranslation]) -> StringTranslation | None:
    if len(candidates) == 1:
        return candidates[0]
    scored = [
        (_ratio(candidate.translation_of.data, source), -position, candidate)
        for position, candidate in enumerate(candidates)
    ]
    best = max(scored, default=None, key=lambda entry: entry[:2])
    return best[2] if best and best[0] >= SAME else None


def _ratio(first: str, second: str) -> float:
    return SequenceMatcher(None, first, second, autojunk=False).ratio()
