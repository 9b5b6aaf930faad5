"""The signals that keep facts and sources right; the work is in the modules that they call."""

from __future__ import annotations

from functools import cache
from typing import Any

from django.db.models.signals import post_delete, post_save, pre_save
from django.dispatch import receiver
from wagtail.models import DraftStateMixin, Page, TranslatableMixin
from wagtail.signals import published
from wagtail.snippets.models import get_snippet_models

from . import originals, projection, sources


@cache
def is_a_version(model: type) -> bool:
    """Whether rows of `model` are language versions: specific pages, translatable snippets; not inline children."""
    if not issubclass(model, TranslatableMixin) or model is Page:
        return False
    return issubclass(model, Page) or model in get_snippet_models()


def _concerns_us(sender: type, instance: Any, raw: bool) -> bool:
    return not raw and is_a_version(sender) and not getattr(instance, "alias_of_id", None)


@receiver(pre_save)
def take_facts(sender: type, instance: Any, raw: bool = False, update_fields: Any = None, **kwargs: Any) -> None:
    if _concerns_us(sender, instance, raw):
        projection.on_pre_save(instance, update_fields)


@receiver(post_save)
def give_facts(sender: type, instance: Any, raw: bool = False, update_fields: Any = None, **kwargs: Any) -> None:
    if not _concerns_us(sender, instance, raw):
        return
    projection.on_post_save(instance, update_fields)
    if not isinstance(instance, DraftStateMixin) and originals.is_original(instance):
        sources.refresh_source(instance)


@receiver(published)
def refresh_source(sender: type, instance: Any, **kwargs: Any) -> None:
    """An original was published. The object that was published is read again: the source is a copy of the live row."""
    if is_a_version(sender) and not getattr(instance, "alias_of_id", None) and originals.is_original(instance):
        sources.refresh_source(type(instance)._default_manager.get(pk=instance.pk))


@receiver(post_delete)
def forget_original(sender: type, instance: Any, **kwargs: Any) -> None:
    if is_a_version(sender) and not instance.get_translations().exists():
        originals.forget(instance.translation_key)
