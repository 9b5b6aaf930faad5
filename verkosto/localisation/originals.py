"""Which language version of a page or snippet is its original.

The original was written first; only it is submitted for translation, and its facts are everybody's.
"""

from __future__ import annotations

from uuid import UUID

from django.db import models, transaction
from wagtail.models import Page, TranslatableMixin
from wagtail_localize.models import StringSegment, StringTranslation, Translation, TranslationSource

from verkosto.localisation.models import Original
from verkosto.localisation.signals import original_changed


class NotTheOriginal(Exception):
    """Only the original is submitted for translation: two sources for one target answer 500 in the editor (#878)."""


def refuse_second_source(translation: Translation) -> None:
    """To be called before a translation is made; raises NotTheOriginal."""
    source = translation.source
    stored = Original.objects.filter(pk=source.object_id).values_list("locale_id", flat=True).first()
    if stored not in (None, source.locale_id) or translation.target_locale_id == stored:
        raise NotTheOriginal(f"{source.object_repr} ({source.locale}) is not the original")


def original_locale_id(instance: TranslatableMixin) -> int:
    """The pk of the locale in which `instance` was first written; it is decided and stored at the first question."""
    stored = Original.objects.filter(pk=instance.translation_key).values_list("locale_id", flat=True).first()
    return stored if stored is not None else _decide(instance)


def is_original(instance: TranslatableMixin) -> bool:
    if getattr(instance, "alias_of_id", None):
        return False
    return instance.locale_id == original_locale_id(instance)


def get_original(instance: TranslatableMixin) -> TranslatableMixin | None:
    """The original of `instance`, as its most specific class; None when it was deleted."""
    return _versions(instance).filter(locale_id=original_locale_id(instance)).first()


def translations_of(original: TranslatableMixin) -> list[TranslatableMixin]:
    """The versions with a life of their own; aliases follow their page by themselves."""
    versions = _versions(original).exclude(locale_id=original.locale_id)
    if isinstance(original, Page):
        versions = versions.filter(alias_of__isnull=True)
    return list(versions.order_by("pk"))


def _versions(instance: TranslatableMixin) -> models.QuerySet:
    model = type(instance.specific) if type(instance) is Page else type(instance)
    return model._default_manager.filter(translation_key=instance.translation_key)


def _decide(instance: TranslatableMixin) -> int:
    key = instance.translation_key
    sources = TranslationSource.objects.filter(object_id=key)
    decided = sources.filter(translations__isnull=False).order_by("created_at").values_list("locale_id", flat=True)
    candidates = instance.get_translation_model()._default_manager.filter(translation_key=key)
    if isinstance(instance, Page):
        candidates = candidates.filter(alias_of__isnull=True)
    locale_id = (
        decided.first() or candidates.order_by("pk").values_list("locale_id", flat=True).first() or instance.locale_id
    )
    Original.objects.get_or_create(pk=key, defaults={"locale_id": locale_id})
    return locale_id


@transaction.atomic
def make_original(instance: TranslatableMixin) -> TranslationSource:
    """Makes this version the original, and keeps everybody's work.

    The other versions become its translations: the words that they hold are entered as their translations, so that
    nothing goes back to "to do". Returns the new source. Raises ValueError for an alias.
    """
    if getattr(instance, "alias_of_id", None):
        raise ValueError("An alias has no words of its own.")
    instance = instance.specific if isinstance(instance, Page) else instance
    previous_locale_id = original_locale_id(instance)
    Original.objects.update_or_create(pk=instance.translation_key, defaults={"locale_id": instance.locale_id})
    source, created = TranslationSource.get_or_create_from_instance(instance)
    if not created:
        source.update_from_db()
    if previous_locale_id == instance.locale_id:
        return source
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
        remember_words(source, version)
    original_changed.send(sender=type(instance), instance=instance)
    return source


def replace_lost(model: type[TranslatableMixin], key: UUID) -> None:
    """A version without an original would be on nobody's desk: where that was deleted, the oldest becomes the original."""
    versions = model._default_manager.filter(translation_key=key)
    if issubclass(model, Page):
        versions = versions.filter(alias_of__isnull=True)
    stored = Original.objects.filter(pk=key).values_list("locale_id", flat=True).first()
    heir = versions.order_by("pk").first()
    if heir is not None and not versions.filter(locale_id=stored).exists():
        make_original(heir)


def remember_words(source: TranslationSource, version: TranslatableMixin, *, overwrite: bool = False) -> int:
    """Enters the words that `version` holds as translations of `source`; returns how many were new.

    Words are paired by content path and order; a rich text of another shape is left to the translator.
    """
    from verkosto.localisation.sync.text_by_path import (
        words_by_path,  # words imports models that import this module's neighbours
    )

    theirs = words_by_path(version)
    ours: dict[str, list[StringSegment]] = {}
    for segment in source.stringsegment_set.select_related("context").order_by("order"):
        ours.setdefault(segment.context.path, []).append(segment)
    made = 0
    for path, segments in ours.items():
        words = theirs.get(path, [])
        if len(words) != len(segments):
            continue
        for segment, text in zip(segments, words, strict=True):
            place = {
                "translation_of_id": segment.string_id,
                "locale_id": version.locale_id,
                "context_id": segment.context_id,
            }
            words_now = {"data": text, "translation_type": StringTranslation.TRANSLATION_TYPE_MANUAL}
            if overwrite:
                _, created = StringTranslation.objects.update_or_create(**place, defaults=words_now)
            else:
                _, created = StringTranslation.objects.get_or_create(**place, defaults=words_now)
            made += created
    return made


def forget(key: UUID) -> None:
    """To be called when the last version of a page or snippet is gone."""
    Original.objects.filter(pk=key).delete()
