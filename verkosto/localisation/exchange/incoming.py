"""Importing strings: each is checked, each refusal has its reason, and nothing is half imported."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from html.parser import HTMLParser
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _
from wagtail_localize.models import StringSegment, Translation

from verkosto.localisation.exchange.units import Unit
from verkosto.localisation.upstream import check_markup
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
    units: list[Unit], *, by: Any, may_write: Callable[[Translation], bool], despite_refusals: bool = False
) -> tuple[int, list[Refusal]]:
    """Returns how many strings changed, and what was refused.

    If anything is refused, nothing is written, unless `despite_refusals`. Strings without a translation are no refusals.
    """
    accepted, refused = check(units, may_write)
    if refused and not despite_refusals:
        return 0, refused
    with transaction.atomic():
        changed = sum(
            save_string(translation=good.translation, segment=good.segment, text=good.unit.target, by=by)
            for good in accepted
        )
    return changed, refused


def check(units: list[Unit], may_write: Callable[[Translation], bool]) -> tuple[list[Accepted], list[Refusal]]:
    translations = _translations(units)
    allowed = {key: may_write(translation) for key, translation in translations.items()}
    segments = {
        (str(key), path, text): segment
        for key, translation in translations.items()
        for segment in translation.source.stringsegment_set.select_related("string", "context")
        for path, text in [(segment.context.path, segment.string.data)]
    }
    paths = {(key, path) for key, path, _text in segments}
    accepted, refused = [], []
    for unit in units:
        if not unit.target.strip():
            continue
        segment = segments.get((unit.translation, unit.path, unit.source))
        reason = ""
        if unit.translation not in translations:
            reason = _("This translation does not exist.")
        elif not allowed[unit.translation]:
            reason = _("You cannot change this translation now.")
        elif unit.fuzzy:
            reason = _("Fuzzy: not confirmed by a person.")
        elif segment is None and (unit.translation, unit.path) in paths:
            reason = _("The original has changed since the file was exported.")
        elif segment is None:
            reason = _("This text is no longer in the original.")
        else:
            reason = damage(unit)
        if reason:
            refused.append(Refusal(unit, reason))
        elif segment is not None:
            accepted.append(Accepted(unit, translations[unit.translation], segment))
    return accepted, refused


def damage(unit: Unit) -> str:
    """What is wrong with the markup of a translation; empty when nothing is."""
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
    found = Translation.objects.filter(uuid__in=keys, enabled=True).select_related("source", "target_locale")
    return {str(translation.uuid): translation for translation in found}
