"""The expected content of a translation: the content of its source, with the strings that are translated."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from modelcluster.models import ClusterableModel, get_all_child_relations
from wagtail.fields import StreamField
from wagtail.models import Locale, Page, TranslatableMixin
from wagtail_localize.fields import BaseTranslatableField, get_translatable_fields
from wagtail_localize.models import SegmentOverride, StringSegment, Translation, TranslationSource

from verkosto.localisation.facts import is_child_relation, is_fact
from verkosto.localisation.overrides import local_overrides
from verkosto.localisation.upstream import raw_stream, unsaved_translation

# Wagtail makes a page's slug unique among its siblings, so it may differ from the string that a translator wrote.
OWN_TO_A_PAGE = frozenset({"slug"})


@dataclass(frozen=True)
class ExpectedContent:
    """The expected content of a source in one language.

    `content` is by field; `strings` has the ids of the strings by content path; `missing` has the paths of strings
    without a translation.
    """

    content: dict[str, Any]
    strings: dict[str, frozenset[int]]
    missing: frozenset[str]

    @cached_property
    def _strings_by_path(self) -> dict[str, frozenset[int]]:
        """The ids of the strings at and below every path."""
        found: dict[str, set[int]] = {}
        for path, ids in self.strings.items():
            parts = path.split(".")
            for depth in range(1, len(parts) + 1):
                found.setdefault(".".join(parts[:depth]), set()).update(ids)
        return {path: frozenset(ids) for path, ids in found.items()}

    @cached_property
    def _children_by_path(self) -> dict[str, set[str]]:
        """The next components of the strings' paths below every path."""
        found: dict[str, set[str]] = {}
        for path in self.strings:
            parts = path.split(".")
            for depth in range(1, len(parts)):
                found.setdefault(".".join(parts[:depth]), set()).add(parts[depth])
        return found

    def strings_at(self, path: str) -> frozenset[int]:
        return self._strings_by_path.get(path, frozenset())

    def children_of(self, path: str) -> set[str]:
        return self._children_by_path.get(path, set())

    def has_missing_strings(self, path: str) -> bool:
        return any(missing == path or missing.startswith(f"{path}.") for missing in self.missing)


EMPTY = ExpectedContent({}, {}, frozenset())


def expected_content(source: TranslationSource, locale: Locale) -> ExpectedContent:
    """Return the source's content in a locale, with its local overrides. Untranslated strings are in the original's."""
    instance = unsaved_translation(source, locale)
    local_overrides.apply_overrides(instance)
    strings: dict[str, set[int]] = {}
    missing = set()
    segments = StringSegment.objects.filter(source=source).annotate_translation(locale)
    for path, string, text in segments.values_list("context__path", "string_id", "translation"):
        strings.setdefault(path, set()).add(string)
        if not text:
            missing.add(path)
    return ExpectedContent(
        content_of(instance), {path: frozenset(ids) for path, ids in strings.items()}, frozenset(missing)
    )


def segment_override_paths(key: object, locale_id: int) -> frozenset[str]:
    """Return the paths where a language has a link, picture or value of its own, which was set in the string editor."""
    overrides = SegmentOverride.objects.filter(locale_id=locale_id, context__object_id=key, has_error=False)
    return frozenset(overrides.values_list("context__path", flat=True))


def content_of(instance: models.Model) -> dict[str, object]:
    """Return everything that is not a fact: text and the structure around it, by field.

    Inline children are by their translation key.
    """
    content: dict[str, object] = {}
    for translatable in text_fields(type(instance)):
        name = translatable.field_name
        field = translatable.get_field(type(instance))
        if is_child_relation(field):
            children = getattr(instance, name).all()
            content[name] = {str(child.translation_key): content_of(child) for child in children}
        elif isinstance(field, StreamField):
            content[name] = raw_stream(field, getattr(instance, name))
        else:
            content[name] = getattr(instance, field.attname)
    return content


def text_fields(model: type[models.Model]) -> Iterator[BaseTranslatableField]:
    """Yield the fields of a model that have text, and the relations to inline children that are translated."""
    blank = model()
    for translatable in get_translatable_fields(model):
        field = translatable.get_field(model)
        if is_child_relation(field):
            if issubclass(field.related_model, TranslatableMixin):
                yield translatable
        elif not is_fact(translatable, blank) and not (issubclass(model, Page) and field.name in OWN_TO_A_PAGE):
            yield translatable


def is_fully_applied(version: TranslatableMixin) -> bool:
    """Return whether a version's live row has its expected content, and every string is translated.

    False for a version that is not synchronised by wagtail-localize.
    """
    translation = (
        Translation.objects.filter(
            source__object_id=version.translation_key, target_locale_id=version.locale_id, enabled=True
        )
        .select_related("source", "target_locale")
        .first()
    )
    if translation is None:
        return False
    expected = expected_content(translation.source, translation.target_locale)
    live = type(version)._default_manager.get(pk=version.pk)
    return not expected.missing and expected.content == content_of(live)


def text_digest_of_source(source: TranslationSource) -> str:
    """Return a fingerprint of the content that translations are made from: all of the source except its facts."""
    model: Any = source.specific_content_type.model_class()
    return _digest(_text_content(model, json.loads(source.content_json)))


def text_digest_of_instance(instance: TranslatableMixin) -> str:
    """Return the fingerprint that the source would have after being updated from the instance."""
    data = json.loads(json.dumps(local_overrides.serialised(instance), cls=DjangoJSONEncoder))
    return _digest(_text_content(type(instance), data))


def _digest(content: object) -> str:
    return hashlib.sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()[:32]


def _text_content(model: type[models.Model], data: dict[str, Any]) -> dict[str, object]:
    """Return the part of a serialised instance that is not a fact, as ``content_of`` does of an instance."""
    children = {rel.name: rel.related_model for rel in _relations(model)}
    content: dict[str, object] = {}
    for translatable in text_fields(model):
        name = translatable.field_name
        if name in children:
            rows = data.get(name) or []
            content[name] = {str(row.get("translation_key")): _text_content(children[name], row) for row in rows}
        else:
            content[name] = data.get(name)
    return content


def _relations(model: type[models.Model]) -> list[models.ManyToOneRel]:
    return list(get_all_child_relations(model)) if issubclass(model, ClusterableModel) else []
