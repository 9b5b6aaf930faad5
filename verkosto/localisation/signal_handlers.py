"""Signals of Django, Wagtail and wagtail-localize. Each receiver has explicit senders and calls one use case."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from django.apps import apps
from django.db import transaction
from django.db.models import Model
from django.db.models.signals import post_delete, post_save, pre_save
from wagtail.models import DraftStateMixin, Locale, Page, Revision, TranslatableMixin, WorkflowState
from wagtail.signals import post_page_move, published, unpublished, workflow_rejected
from wagtail_localize.models import SegmentOverride, StringTranslation, Translation, TranslationLog, TranslationSource

from verkosto.core.originals import is_original
from verkosto.core.users import SignedInUser
from verkosto.localisation import paragraphs, upstream
from verkosto.localisation.models import LocalOverride
from verkosto.localisation.permissions.groups import delete_groups
from verkosto.localisation.states import applied
from verkosto.localisation.states.language_versions import is_version_model
from verkosto.localisation.states.recount import recount, recount_after_commit
from verkosto.localisation.sync import (
    cascades,
    drafts,
    joined_texts,
    original_changes,
    publish,
    redirects,
    save,
    sources,
)
from verkosto.localisation.workflow import string_history, string_instructions
from verkosto.localisation.workflow.notifications import notify_of_rejection
from verkosto.localisation.workflow.string_checks import check_string


def connect() -> None:
    """Connect the receivers; to be called when all models are loaded."""
    for model in apps.get_models():
        # Which snippet models there are is known later: `is_version` asks then.
        if issubclass(model, TranslatableMixin) and model is not Page:
            pre_save.connect(on_pre_save, sender=model)
            post_save.connect(on_post_save, sender=model)
            post_delete.connect(on_post_delete, sender=model)
            if issubclass(model, DraftStateMixin):
                published.connect(on_published, sender=model)
                unpublished.connect(on_unpublished, sender=model)
    unpublished.connect(on_unpublished, sender=Page)  # the command that expires pages sends no more specific class
    post_page_move.connect(on_page_move)
    post_save.connect(on_translation_log, sender=TranslationLog)
    post_save.connect(on_source_saved, sender=TranslationSource)
    pre_save.connect(before_translation_saved, sender=Translation)
    pre_save.connect(before_string_saved, sender=StringTranslation)
    for signal in (post_save, post_delete):
        signal.connect(on_string_translation, sender=StringTranslation)
        signal.connect(on_translation, sender=Translation)
        signal.connect(on_local_override, sender=LocalOverride)
        signal.connect(on_segment_override, sender=SegmentOverride)
    post_save.connect(on_string_saved, sender=StringTranslation)
    post_save.connect(on_translation_created, sender=Translation)
    post_save.connect(on_workflow_state, sender=WorkflowState)
    post_save.connect(on_revision, sender=Revision)
    workflow_rejected.connect(on_workflow_rejected, sender=WorkflowState)
    post_save.connect(on_locale, sender=Locale)
    post_delete.connect(on_locale_deleted, sender=Locale)


def replace_upstream() -> None:
    """Put our use cases in the place of those of wagtail-localize that would do otherwise (``upstream.py``)."""
    upstream.replace_redirect_receiver(redirects.create_redirects_of_public_pages)
    upstream.keep_live_rows_from_drafts(drafts.save_draft)
    upstream.restore_rich_text_with(paragraphs.restore)
    upstream.surround_refresh(joined_texts.separate_moved_texts)


def is_version(instance: Model) -> bool:
    """Return whether the instance is a language version with a life of its own: no inline child, no alias."""
    return is_version_model(type(instance)) and not getattr(instance, "alias_of_id", None)


def on_pre_save(
    instance: TranslatableMixin, raw: bool = False, update_fields: Collection[str] | None = None, **kwargs: Any
) -> None:
    if not raw and is_version(instance):
        save.before_save(instance, update_fields)


def on_post_save(
    instance: TranslatableMixin,
    created: bool,
    raw: bool = False,
    update_fields: Collection[str] | None = None,
    **kwargs: Any,
) -> None:
    if not raw and is_version(instance):
        save.after_save(instance, created=created, update_fields=update_fields)


def on_published(instance: TranslatableMixin, **kwargs: Any) -> None:
    if is_version(instance):
        publish.publish_version(instance)


def on_unpublished(instance: TranslatableMixin, **kwargs: Any) -> None:
    version = instance.specific if isinstance(instance, Page) else instance
    if is_version(version):
        publish.unpublish_version(version)


def on_post_delete(instance: Model, **kwargs: Any) -> None:
    if is_version_model(type(instance)):
        original_changes.after_delete(instance)


def on_page_move(
    instance: TranslatableMixin, parent_page_before: Page, parent_page_after: Page, **kwargs: Any
) -> None:
    if parent_page_before.pk != parent_page_after.pk and is_original(instance):
        cascades.move_translations(instance, parent_page_before, parent_page_after)


def on_translation_log(instance: TranslationLog, **kwargs: Any) -> None:
    """wagtail-localize wrote a target; one without drafts shows its new text at once."""
    if not issubclass(instance.source.specific_content_type.model_class(), DraftStateMixin):
        publish.mark_applied(instance.source.get_translated_instance(instance.locale_id))


def on_source_saved(instance: TranslationSource, raw: bool = False, **kwargs: Any) -> None:
    if not raw:
        sources.store_fingerprint(instance)


def before_translation_saved(instance: Translation, raw: bool = False, **kwargs: Any) -> None:
    if not raw and instance._state.adding:
        original_changes.check_single_source(instance)


def before_string_saved(instance: StringTranslation, raw: bool = False, **kwargs: Any) -> None:
    if not raw:
        check_string(instance)


def on_string_translation(instance: StringTranslation, **kwargs: Any) -> None:
    if instance.context_id:
        recount_after_commit(instance.context.object_id)


def on_string_saved(instance: StringTranslation, raw: bool = False, **kwargs: Any) -> None:
    if not raw:
        string_history.record(instance)


def on_translation_created(instance: Translation, created: bool, raw: bool = False, **kwargs: Any) -> None:
    if created and not raw:
        string_instructions.keep_untranslated(instance)


def on_translation(instance: Translation, **kwargs: Any) -> None:
    recount_after_commit(instance.source.object_id)


def on_local_override(instance: LocalOverride, **kwargs: Any) -> None:
    recount_after_commit(instance.translation_key)


def on_segment_override(instance: SegmentOverride, raw: bool = False, **kwargs: Any) -> None:
    """A link, picture or value of one language was changed in the editor; it is live when the translation is published."""
    if instance.context is not None and not raw:
        applied.mark_not_applied(instance.context.object_id, instance.locale_id)
        recount_after_commit(instance.context.object_id)


def on_workflow_state(instance: WorkflowState, **kwargs: Any) -> None:
    version = instance.content_object
    if version is not None and hasattr(version, "translation_key"):
        recount_after_commit(version.translation_key)


def on_revision(instance: Revision, update_fields: Collection[str] | None = None, **kwargs: Any) -> None:
    """Recount the states when a revision was scheduled or its schedule was cancelled."""
    if update_fields and "approved_go_live_at" in update_fields:
        version = instance.content_object
        if version is not None and hasattr(version, "translation_key"):
            recount_after_commit(version.translation_key)


def on_workflow_rejected(instance: WorkflowState, user: SignedInUser | None = None, **kwargs: Any) -> None:
    notify_of_rejection(instance, by=user)


def on_locale(instance: Locale, created: bool, raw: bool = False, **kwargs: Any) -> None:
    if created and not raw:
        transaction.on_commit(recount)


def on_locale_deleted(instance: Locale, **kwargs: Any) -> None:
    delete_groups(instance)
