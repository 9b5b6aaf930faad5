"""Changes of the original: another language version becomes it. Each translation keeps a single source."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from types import MappingProxyType
from uuid import UUID

from django.db import transaction
from wagtail.models import Page, TranslatableMixin
from wagtail_localize.models import StringSegment, StringTranslation, Translation, TranslationSource

from verkosto.core.originals import (
    forget_original,
    original_locale_id,
    set_original,
    stored_locale_id,
    translations_of,
)
from verkosto.core.transactions import send_after_commit
from verkosto.localisation.signals import original_changed
from verkosto.localisation.states.recount import recount_after_commit
from verkosto.localisation.sync.realigned_texts import Pair, realigned_texts
from verkosto.localisation.sync.text_by_path import text_by_path


class NotOriginalError(Exception):
    """Only the original can be submitted for translation: with two sources, wagtail-localize's editor fails (#878)."""


def check_single_source(translation: Translation) -> None:
    """Raise NotOriginalError when a translation that is about to be made has another source than the original."""
    source = translation.source
    stored = stored_locale_id(source.object_id)
    if stored not in (None, source.locale_id) or translation.target_locale_id == stored:
        raise NotOriginalError(f"{source.object_repr} ({source.locale}) is not the original")


@transaction.atomic
def make_original(instance: TranslatableMixin) -> TranslationSource:
    """Make this version the original and return its new source. Raises ValueError for an alias.

    The other versions become its translations: their text is stored as translations of its strings, so no work is lost.
    """
    if getattr(instance, "alias_of_id", None):
        raise ValueError("An alias has no text of its own.")
    instance = instance.specific if isinstance(instance, Page) else instance
    previous_locale_id = original_locale_id(instance)
    set_original(instance)
    source, created = TranslationSource.get_or_create_from_instance(instance)
    if not created:
        source.update_from_db()
    if previous_locale_id == instance.locale_id:
        return source
    previous = TranslationSource.objects.filter(
        object_id=instance.translation_key, locale_id=previous_locale_id
    ).first()
    old_sources = TranslationSource.objects.filter(object_id=instance.translation_key).exclude(pk=source.pk)
    enabled = dict(
        Translation.objects.filter(source__in=old_sources).values_list("target_locale_id", "enabled").order_by("pk")
    )
    Translation.objects.filter(source__in=old_sources).delete()
    for version in translations_of(instance):
        Translation.objects.update_or_create(
            source=source,
            target_locale_id=version.locale_id,
            defaults={"enabled": enabled.get(version.locale_id, True)},
        )
        realigned = realigned_texts(previous, instance.locale_id, version.locale_id) if previous else {}
        store_text_as_translations(source, version, realigned=realigned)
    send_after_commit(original_changed, type(instance), instance=instance)
    return source


def after_delete(version: TranslatableMixin) -> None:
    """Choose another original after the commit if the original was deleted; forget the key if no version is left."""
    key, model = version.translation_key, type(version)
    recount_after_commit(key)
    if not version.get_translations().exists():
        forget_original(key)
    else:
        transaction.on_commit(partial(replace_deleted_original, model, key))


def replace_deleted_original(model: type[TranslatableMixin], key: UUID) -> None:
    """Make the oldest version the original if the original was deleted. Lists show no page without an original."""
    versions = model._default_manager.filter(translation_key=key)
    if issubclass(model, Page):
        versions = versions.filter(alias_of__isnull=True)
    oldest = versions.order_by("pk").first()
    if oldest is not None and not versions.filter(locale_id=stored_locale_id(key)).exists():
        make_original(oldest)
    recount_after_commit(key)


def store_text_as_translations(
    source: TranslationSource,
    version: TranslatableMixin,
    *,
    overwrite: bool = False,
    realigned: Mapping[str, list[Pair]] = MappingProxyType({}),
) -> int:
    """Store the text of `version` as translations of the source's strings. Return how many were new.

    Strings are matched by content path and order. Where their number differs, as in a rich text with other paragraphs,
    they are left to the translator.
    """
    texts = text_by_path(version)
    segments_by_path: dict[str, list[StringSegment]] = {}
    for segment in source.stringsegment_set.select_related("context", "string").order_by("order", "pk"):
        segments_by_path.setdefault(segment.context.path, []).append(segment)
    created_strings = 0
    for path, segments in segments_by_path.items():
        found = texts.get(path, [])
        if path in realigned:
            strings = [segment.string.data for segment in segments]
            found = [text for _, text in realigned[path]] if [own for own, _ in realigned[path]] == strings else []
        if len(found) != len(segments):
            continue
        for segment, text in zip(segments, found, strict=True):
            string = {
                "translation_of_id": segment.string_id,
                "locale_id": version.locale_id,
                "context_id": segment.context_id,
            }
            values = {"data": text, "translation_type": StringTranslation.TRANSLATION_TYPE_MANUAL}
            if overwrite:
                _, created = StringTranslation.objects.update_or_create(**string, defaults=values)
            else:
                _, created = StringTranslation.objects.get_or_create(**string, defaults=values)
            created_strings += created
    return created_strings
