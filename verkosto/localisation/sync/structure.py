"""The copying of the structure to translations: what needs no translator follows the published original immediately.

This is the order of blocks, links, pictures, choices and heading levels, and the removal of what was removed. The
expected content of each translation after the change is compared with that before it. Live texts stay, and translations
that are not published yet do not go live.
"""

from __future__ import annotations

import logging
from dataclasses import dataclass
from typing import Any, TypeGuard

from django.core.exceptions import ObjectDoesNotExist
from django.db import models, transaction
from wagtail.blocks import StreamValue
from wagtail.fields import StreamField
from wagtail.models import Page, TranslatableMixin
from wagtail_localize.models import RelatedObjectSegment, Translation, TranslationSource

from verkosto.core.transactions import send_after_commit
from verkosto.localisation.facts import is_child_relation
from verkosto.localisation.overrides import local_overrides
from verkosto.localisation.signals import facts_synced
from verkosto.localisation.states.applied import mark_applied
from verkosto.localisation.sync.expected_content import (
    EMPTY,
    ExpectedContent,
    content_of,
    expected_content,
    segment_override_paths,
    text_fields,
)
from verkosto.localisation.sync.synchronised_rows import has_live_facts, open_revisions, save_row

logger = logging.getLogger(__name__)

ContentByLocale = dict[int, ExpectedContent]
ABSENT: Any = object()


def expected_contents(source: TranslationSource) -> ContentByLocale:
    """Return the expected content of the source's translations by locale. Call it before the source is updated."""
    found: ContentByLocale = {}
    for translation in _translations(source):
        try:
            found[translation.target_locale_id] = expected_content(source, translation.target_locale)
        except (AttributeError, KeyError, ObjectDoesNotExist):
            # wagtail-localize cannot read a source with block types that no longer exist.
            logger.warning("No expected content of %s in %s", source, translation.target_locale, exc_info=True)
            found[translation.target_locale_id] = EMPTY
    return found


@transaction.atomic
def sync_structure(
    source: TranslationSource, before: ContentByLocale, *, locale_id: int | None = None
) -> list[TranslatableMixin]:
    """Copy the structure to the translations' rows and open drafts. Return the translations whose row changed.

    `before` is the result of `expected_contents`. With `locale_id` only that language is updated, and the original has
    not changed.
    """
    changed = []
    original = source.get_source_instance()
    versions = _versions(source)
    for translation in _translations(source):
        version = versions.get(translation.target_locale_id)
        if version is None or locale_id not in (None, version.locale_id):
            continue
        old = before.get(version.locale_id, EMPTY)
        new = expected_content(source, translation.target_locale)
        names = _sync_into(version, old, new)
        if has_live_facts(version):
            is_complete = not new.missing and content_of(version) == new.content
            mark_applied(
                source.object_id, version.locale_id, is_complete=is_complete, original_changed=locale_id is None
            )
        if names:
            send_after_commit(facts_synced, type(version), instance=version, original=original, fields=names)
            changed.append(version)
    return changed


def sync_new_snippet(snippet: TranslatableMixin) -> None:
    """Make the blocks in a new snippet's language refer to it. Until now they referred to its original."""
    segments = RelatedObjectSegment.objects.filter(object_id=snippet.translation_key)
    sources = {}
    for segment in segments.select_related("source__specific_content_type", "context"):
        names = {field.field_name for field in text_fields(segment.source.specific_content_type.model_class())}
        if segment.context.path.split(".")[0] in names:
            sources[segment.source_id] = segment.source
    for source in sources.values():
        sync_structure(source, {}, locale_id=snippet.locale_id)


def _translations(source: TranslationSource) -> models.QuerySet[Translation]:
    return Translation.objects.filter(source=source, enabled=True).select_related("target_locale")


def _versions(source: TranslationSource) -> dict[int, Any]:
    """Return the live rows of the source's other language versions by locale, without aliases."""
    model: Any = source.specific_content_type.model_class()
    rows = model._default_manager.filter(translation_key=source.object_id).exclude(locale_id=source.locale_id)
    if issubclass(model, Page):
        rows = rows.filter(alias_of__isnull=True)
    return {row.locale_id: row for row in rows}


def _sync_into(version: TranslatableMixin, old: ExpectedContent, new: ExpectedContent) -> list[str]:
    """Update a version's row and open drafts. Return the names of the row's changed fields."""
    overridden = segment_override_paths(version.translation_key, version.locale_id)
    names = _apply_merge(version, Merge(old, new, overridden))
    if names:
        save_row(version)
    for revision in open_revisions(version):
        draft = revision.as_object()
        if _apply_merge(draft, Merge(old, new, overridden, keeps_additions=True)):
            revision.content = draft.serializable_data()
            revision.save(update_fields=["content"])
    return names


def _apply_merge(version: TranslatableMixin, merge: Merge) -> list[str]:
    """Set the merged content on a version, without saving it. Return the names of the fields that changed."""
    own = content_of(version)
    names = _write(version, own, merge.content(own))
    if names:
        local_overrides.apply_overrides(version)
        after = content_of(version)
        names = [name for name in names if after[name] != own[name]]
    return names


def _write(instance: models.Model, own: dict[str, Any], merged: dict[str, Any]) -> list[str]:
    """Set those fields of an instance and its inline children in which `merged` differs from `own`. Return their names."""
    changed = []
    for translatable in text_fields(type(instance)):
        name = translatable.field_name
        if name not in merged or merged[name] == own[name]:
            continue
        field = translatable.get_field(type(instance))
        if is_child_relation(field):
            for child in getattr(instance, name).get_object_list():
                key = str(child.translation_key)
                if key in merged[name] and key in own[name]:
                    _write(child, own[name][key], merged[name][key])
        elif isinstance(field, StreamField):
            setattr(instance, name, StreamValue(field.stream_block, merged[name], is_lazy=True))
        else:
            setattr(instance, field.attname, merged[name])
        changed.append(name)
    return changed


def _is_items(value: object) -> TypeGuard[list[dict[str, Any]]]:
    """Return whether a value is the content of a stream or list block, whose items have ids."""
    return isinstance(value, list) and all(isinstance(item, dict) and {"id", "value"} <= item.keys() for item in value)


def _by_id(items: object) -> dict[str, dict[str, Any]]:
    return {item["id"]: item for item in items} if _is_items(items) else {}


@dataclass(frozen=True)
class Merge:
    """A three-way merge of the content of a language version.

    `old` is its expected content before the original changed, `new` that after it, and `own` (an argument of the
    methods) its actual content. `overridden` are the paths that were set in the string editor. `keeps_additions` keeps
    blocks that somebody added to the version by hand. `path` is a content path of wagtail-localize.
    """

    old: ExpectedContent
    new: ExpectedContent
    overridden: frozenset[str] = frozenset()
    keeps_additions: bool = False

    def content(self, own: dict[str, object]) -> dict[str, object]:
        """Return the merged content by field."""
        return self._fields("", self.old.content, self.new.content, own)

    def _at(self, path: str, old: Any, new: Any, own: Any) -> Any:
        """Return the merged value at a path, which is a list of items, a set of fields or a single value."""
        # The components of content paths below this one: ids of items, or names of fields.
        children = self.new.children_of(path)
        if _is_items(new) and _is_items(own) and children <= _by_id(new).keys():
            return self._items(path, old, new, own)
        if isinstance(new, dict) and isinstance(own, dict) and children <= new.keys():
            return self._fields(path, old, new, own)
        return self._leaf(path, old, new, own)

    def _fields(self, path: str, old: object, new: dict[str, object], own: dict[str, object]) -> dict[str, object]:
        merged = {}
        for name, value in new.items():
            location = f"{path}.{name}" if path else name
            if name in own:
                before = old.get(name, ABSENT) if isinstance(old, dict) else ABSENT
                merged[name] = self._at(location, before, value, own[name])
            elif not self.new.strings_at(location):
                merged[name] = value
        return merged

    def _items(self, path: str, old: object, new: list, own: list) -> list:
        old_items, own_items = _by_id(old), _by_id(own)
        merged = []
        for item in new:
            key = item["id"]
            location = f"{path}.{key}"
            if key not in own_items:
                # A new item with text waits for its translation; one without is shown at once.
                if not self.new.strings_at(location):
                    merged.append(item)
                continue
            old_value = old_items.get(key, {}).get("value", ABSENT)
            merged.append({**item, "value": self._at(location, old_value, item["value"], own_items[key]["value"])})
        if self.keeps_additions:
            self._add_own(merged, own, old_items.keys() | _by_id(new).keys())
        return merged

    def _add_own(self, merged: list, own: list, known: set[str]) -> None:
        """Insert the items that somebody added by hand (not `known`), each after the item that it followed."""
        previous = None
        for item in own:
            if item["id"] not in known:
                ids = [other["id"] for other in merged]
                merged.insert(ids.index(previous) + 1 if previous in ids else 0, item)
            previous = item["id"]

    def _leaf(self, path: str, old: Any, new: Any, own: Any) -> Any:
        strings = self.new.strings_at(path)
        if not strings:
            # A value that was set in the string editor goes live when its translation is published, not before.
            is_overridden = any(location == path or location.startswith(f"{path}.") for location in self.overridden)
            return own if new == old and is_overridden else new
        if self.new.has_missing_strings(path) or not strings <= self.old.strings_at(path):
            return own
        return new if own == old else own
