"""The signals that keep facts and sources right; the work is in the modules that they call."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models.signals import post_delete, post_save, pre_save
from django.dispatch import receiver
from wagtail.models import DraftStateMixin, Locale, Page, WorkflowState
from wagtail.signals import post_page_move, published, unpublished
from wagtail_localize.models import StringTranslation, Translation, TranslationLog, TranslationSource

from verkosto.localisation import originals
from verkosto.localisation.models import Detachment
from verkosto.localisation.states import recount
from verkosto.localisation.states.versions import is_a_version
from verkosto.localisation.sync import editions, lifecycle, publish, sources, structure

# Columns of a version's row that its state is made of; other partial saves (a new revision's bookkeeping) change none.
TELLING = {"live", "title", "draft_title", "alias_of", "locale", "translation_key"}


def _concerns_us(sender: type, instance: Any, raw: bool) -> bool:
    return not raw and is_a_version(sender) and not getattr(instance, "alias_of_id", None)


@receiver(pre_save)
def take_facts(sender: type, instance: Any, raw: bool = False, update_fields: Any = None, **kwargs: Any) -> None:
    if _concerns_us(sender, instance, raw):
        publish.on_pre_save(instance, update_fields)


@receiver(post_save)
def give_facts(
    sender: type, instance: Any, created: bool, raw: bool = False, update_fields: Any = None, **kwargs: Any
) -> None:
    if not _concerns_us(sender, instance, raw):
        return
    publish.on_post_save(instance, update_fields)
    if update_fields is None or TELLING & set(update_fields):
        recount.touch(instance.translation_key)
    if created and not isinstance(instance, Page):
        publish.relink(instance)
        structure.follow_snippet(instance)
    if not isinstance(instance, DraftStateMixin) and originals.is_original(instance):
        sources.refresh_source(instance)


@receiver(published)
def after_publish(sender: type, instance: Any, **kwargs: Any) -> None:
    """An original's source is a copy of its live row, so that is read again; a translation's words are applied now."""
    if not is_a_version(sender) or getattr(instance, "alias_of_id", None):
        return
    if originals.is_original(instance):
        original = type(instance)._default_manager.get(pk=instance.pk)
        sources.refresh_source(original)
        lifecycle.reschedule_translations(original)
    else:
        mark_applied(instance)
    recount.touch(instance.translation_key)


def mark_applied(version: Any) -> None:
    """The state follows from what is live now, whoever published it."""
    holds = editions.holds_all_words(version)
    recount.mark_applied(version.translation_key, version.locale_id, holds=holds)


@receiver(unpublished)
def after_unpublish(sender: type, instance: Any, **kwargs: Any) -> None:
    if sender is Page:  # the command that expires pages does not know their types
        instance = instance.specific
    model: Any = type(instance)
    if not is_a_version(model) or getattr(instance, "alias_of_id", None):
        return
    recount.touch(instance.translation_key)
    if originals.is_original(instance):
        lifecycle.unpublish_translations(instance)


@receiver(post_page_move)
def move_along(instance: Any, parent_page_before: Page, parent_page_after: Page, **kwargs: Any) -> None:
    if parent_page_before.pk != parent_page_after.pk and originals.is_original(instance):
        lifecycle.move_translations(instance, parent_page_before, parent_page_after)


@receiver(post_save, sender=TranslationLog)
def after_apply(instance: TranslationLog, **kwargs: Any) -> None:
    """wagtail-localize wrote a target; one without drafts shows the words at once."""
    if not issubclass(instance.source.specific_content_type.model_class(), DraftStateMixin):
        mark_applied(instance.source.get_translated_instance(instance.locale_id))


@receiver(post_save, sender=TranslationSource)
def remember_content(instance: TranslationSource, raw: bool = False, **kwargs: Any) -> None:
    if not raw:
        sources.remember_content(instance)


@receiver([post_save, post_delete], sender=StringTranslation)
def count_strings_again(instance: StringTranslation, **kwargs: Any) -> None:
    if instance.context_id:
        recount.touch(instance.context.object_id)


@receiver(pre_save, sender=Translation)
def keep_one_source(instance: Translation, raw: bool = False, **kwargs: Any) -> None:
    if not raw and instance._state.adding:
        originals.refuse_second_source(instance)


@receiver([post_save, post_delete], sender=Translation)
def count_translation_again(instance: Translation, **kwargs: Any) -> None:
    recount.touch(instance.source.object_id)


@receiver([post_save, post_delete], sender=Detachment)
def count_detachments_again(instance: Detachment, **kwargs: Any) -> None:
    recount.touch(instance.translation_key)


@receiver(post_save, sender=WorkflowState)
def count_moderation_again(instance: WorkflowState, **kwargs: Any) -> None:
    version = instance.content_object
    if version is not None and hasattr(version, "translation_key"):
        recount.touch(version.translation_key)


@receiver(post_save, sender=Locale)
def count_a_new_locale(instance: Locale, created: bool, raw: bool = False, **kwargs: Any) -> None:
    if created and not raw:
        transaction.on_commit(recount.recount)


@receiver(post_delete)
def forget_original(sender: type, instance: Any, **kwargs: Any) -> None:
    if not is_a_version(sender):
        return
    recount.touch(instance.translation_key)
    if not instance.get_translations().exists():
        originals.forget(instance.translation_key)
    else:
        transaction.on_commit(lambda: replace_lost(sender, instance.translation_key))


def replace_lost(model: Any, key: UUID) -> None:
    originals.replace_lost(model, key)
    recount.touch(key)
