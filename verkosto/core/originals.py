"""The definition of “original”: the language version in which a page or snippet was first written.

Its facts apply in every language, and only it is submitted for translation. The original is stored in the model
`Original`. If none is stored yet, the first call that needs it decides and stores it.
"""

from __future__ import annotations

from uuid import UUID

from django.apps import apps
from django.db import models
from wagtail.models import Page, TranslatableMixin

from verkosto.core.models import Original


def original_locale_id(instance: TranslatableMixin) -> int:
    """Return the pk of the original's locale. One query; three more if it has to be decided and stored."""
    stored = stored_locale_id(instance.translation_key)
    return stored if stored is not None else _decide(instance)


def is_original(instance: TranslatableMixin) -> bool:
    """Return whether `instance` is the original; an alias never is."""
    if getattr(instance, "alias_of_id", None):
        return False
    return instance.locale_id == original_locale_id(instance)


def get_original(instance: TranslatableMixin) -> TranslatableMixin | None:
    """Return the original of `instance` as its most specific class; None if it was deleted."""
    return _versions(instance).filter(locale_id=original_locale_id(instance)).first()


def translations_of(original: TranslatableMixin) -> list[TranslatableMixin]:
    """Return the other language versions, oldest first, without aliases."""
    versions = _versions(original).exclude(locale_id=original.locale_id)
    if isinstance(original, Page):
        versions = versions.filter(alias_of__isnull=True)
    return list(versions.order_by("pk"))


def originals_q(model: type[models.Model]) -> models.Q:
    """Return the condition that a page or snippet is the original: as stored, or else the oldest version.

    Nothing is stored.
    """
    key = models.OuterRef("translation_key")
    stored = Original.objects.filter(translation_key=key)
    older = model._default_manager.filter(translation_key=key, pk__lt=models.OuterRef("pk"))
    return models.Exists(stored.filter(locale=models.OuterRef("locale_id"))) | (
        ~models.Q(models.Exists(stored)) & ~models.Q(models.Exists(older))
    )


def stored_locale_id(key: UUID) -> int | None:
    """Return the pk of the original's locale for a translation key; None if it has not been decided yet."""
    return Original.objects.filter(pk=key).values_list("locale_id", flat=True).first()


def set_original(instance: TranslatableMixin) -> None:
    """Store that `instance` is the original from now on."""
    Original.objects.update_or_create(pk=instance.translation_key, defaults={"locale_id": instance.locale_id})


def confirm_original(instance: TranslatableMixin) -> None:
    """Decide again which version is the original, if the stored one has been deleted."""
    stored = stored_locale_id(instance.translation_key)
    if stored is not None and not _versions(instance).filter(locale_id=stored).exists():
        forget_original(instance.translation_key)
        _decide(instance)


def forget_original(key: UUID) -> None:
    """Delete the stored original. To be called when the last version of a page or snippet has been deleted."""
    Original.objects.filter(pk=key).delete()


def _versions(instance: TranslatableMixin) -> models.QuerySet:
    model = type(instance.specific) if type(instance) is Page else type(instance)
    return model._default_manager.filter(translation_key=instance.translation_key)


def _decide(instance: TranslatableMixin) -> int:
    """Store and return the original's locale: that from which translations are made, or else that of the oldest version."""
    key = instance.translation_key
    candidates = instance.get_translation_model()._default_manager.filter(translation_key=key)
    if isinstance(instance, Page):
        candidates = candidates.filter(alias_of__isnull=True)
    # A former original keeps its source, but without translations.
    # The model is not imported: an import would fail before the system check can say that wagtail-localize is missing.
    sources = apps.get_model("wagtail_localize", "TranslationSource")._default_manager.filter(
        object_id=key, translations__isnull=False
    )
    locale_id = (
        sources.order_by("created_at").values_list("locale_id", flat=True).first()
        or candidates.order_by("pk").values_list("locale_id", flat=True).first()
        or instance.locale_id
    )
    Original.objects.get_or_create(pk=key, defaults={"locale_id": locale_id})
    return locale_id
