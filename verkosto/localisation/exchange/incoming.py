"""Importing strings: each is checked, each refusal has its reason, and nothing is half imported."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from html.parser import HTMLParser
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _
from wagtail_localize.models import StringSegment, StringTranslation, Translation

from verkosto.core.users import SignedInUser
from verkosto.localisation.exchange.language_tags import same_language
from verkosto.localisation.exchange.units import Unit, is_unfinished
from verkosto.localisation.paragraphs import NOWHERE, TextPosition, positions_of
from verkosto.localisation.upstream import check_markup
from verkosto.localisation.workflow.string_checks import why_not_joined, why_refused
from verkosto.localisation.workflow.string_edits import save_string


@dataclass(frozen=True)
class Refusal:
    unit: Unit
    reason: str


@dataclass(frozen=True)
class Accepted:
    unit: Unit
    translation: Translation
    segment: StringSegment


def import_units(
    units: list[Unit],
    *,
    by: SignedInUser,
    may_write: Callable[[Translation], bool],
    language: str = "",
    despite_refusals: bool = False,
) -> tuple[int, list[Refusal]]:
    """Return how many strings changed, and what was refused. `language` is what the file says that it is in.

    If anything is refused, nothing is written, unless `despite_refusals`. Strings without a translation are no refusals,
    nor are those that are as they were exported.
    """
    accepted, refused = check(units, may_write, language)
    if refused and not despite_refusals:
        return 0, refused
    with transaction.atomic():
        changed = sum(
            save_string(translation=good.translation, segment=good.segment, text=good.unit.target, by=by)
            for good in accepted
        )
    return changed, refused


def check(
    units: list[Unit], may_write: Callable[[Translation], bool], language: str = ""
) -> tuple[list[Accepted], list[Refusal]]:
    translations = _translations(units)
    allowed = {key: may_write(translation) for key, translation in translations.items()}
    segments: dict[tuple[str, str, str], StringSegment] = {}
    positions: dict[tuple[str, int, int], TextPosition] = {}
    for key, translation in translations.items():
        found = list(translation.source.stringsegment_set.select_related("string", "context").order_by("order", "pk"))
        segments |= {(key, segment.context.path, segment.string.data): segment for segment in found}
        positions |= {(key, *at): position for at, position in positions_of(translation.source, found).items()}
    paths = {(key, path) for key, path, _text in segments}
    known = _known(translations)
    number = Counter((unit.translation, unit.path, unit.source) for unit in units)
    accepted, refused = [], []
    for unit in units:
        if not unit.target.strip():
            continue
        segment = segments.get((unit.translation, unit.path, unit.source))
        if segment is not None and _is_unchanged(unit, known.get((segment.pk, translations[unit.translation].pk))):
            continue
        reason = ""
        if unit.translation not in translations:
            reason = _("This translation does not exist.")
        elif language and not same_language(language, translations[unit.translation].target_locale.language_code):
            reason = _("The file says that its language is “%(language)s”.") % {"language": language}
        elif number[unit.translation, unit.path, unit.source] > 1:
            reason = _("The file has this text more than once.")
        elif unit.is_plural:
            reason = _("Plural forms cannot be imported.")
        elif not allowed[unit.translation]:
            reason = _("You cannot change this translation now.")
        elif unit.fuzzy:
            reason = _("Fuzzy: not confirmed by a person.")
        elif segment is None and (unit.translation, unit.path) in paths:
            reason = _("The original has changed since the file was exported.")
        elif segment is None:
            reason = _("This text is no longer in the original.")
        else:
            model = translations[unit.translation].source.specific_content_type.model_class()
            position = positions.get((unit.translation, segment.string_id, segment.context_id), NOWHERE)
            reason = (
                damage(unit) or why_not_joined(position, unit.target) or why_refused(model, unit.path, unit.target)
            )
        if reason:
            refused.append(Refusal(unit, reason))
        elif segment is not None:
            accepted.append(Accepted(unit, translations[unit.translation], segment))
    return accepted, refused


def _is_unchanged(unit: Unit, known: StringTranslation | None) -> bool:
    """Return whether a unit is as it was exported; a machine translation that is no longer fuzzy was confirmed."""
    if known is None or known.data != unit.target:
        return False
    return unit.fuzzy == is_unfinished(known)


def _known(translations: dict[str, Translation]) -> dict[tuple[int, int], StringTranslation]:
    """Return the stored translations by segment and translation. One query a translation."""
    found = {}
    for translation in translations.values():
        segments = list(translation.source.stringsegment_set.values_list("pk", "string_id", "context_id"))
        strings = StringTranslation.objects.filter(
            locale_id=translation.target_locale_id, context_id__in={context for _pk, _string, context in segments}
        )
        rows = {(row.translation_of_id, row.context_id): row for row in strings}
        for pk, string, context in segments:
            if (string, context) in rows:
                found[pk, translation.pk] = rows[string, context]
    return found


def damage(unit: Unit) -> str:
    """Return what is wrong with the markup of a translation; "" if nothing is."""
    if "\x00" in unit.target:
        return _("The text contains a character that cannot be stored.")
    tags = Tags.of(unit.target)
    if not tags.balanced:
        return _("The text’s markup is not valid: %(error)s") % {"error": _("a tag is not closed")}
    strange = tags.names - Tags.of(unit.source).names
    if strange:
        return _("The text’s markup is not valid: %(error)s") % {
            "error": ", ".join(f"<{tag}>" for tag in sorted(strange))
        }
    try:
        check_markup(unit.source, unit.target)
    except ValueError as error:
        return _("The text’s markup is not valid: %(error)s") % {"error": error}
    return ""


class Tags(HTMLParser):
    """Which tags a string has, and whether each is closed; wagtail-localize's own reader corrects them silently."""

    def __init__(self) -> None:
        super().__init__()
        self.names: set[str] = set()
        self.open: list[str] = []
        self.balanced = True

    @classmethod
    def of(cls, text: str) -> Tags:
        parser = cls()
        parser.feed(text)
        parser.close()
        parser.balanced = parser.balanced and not parser.open
        return parser

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.names.add(tag)
        if tag != "br":
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.names.add(tag)

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open.pop() != tag:
            self.balanced = False


def _translations(units: list[Unit]) -> dict[str, Translation]:
    keys = set()
    for unit in units:
        try:
            keys.add(UUID(unit.translation))
        except ValueError:
            continue
    found = Translation.objects.filter(uuid__in=keys, enabled=True).select_related(
        "source__specific_content_type", "target_locale"
    )
    return {str(translation.uuid): translation for translation in found}
