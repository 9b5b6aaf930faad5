"""Facts follow at once: what the original's live row says holds in every language, in the same transaction.

Two signals do it. When an original's live row is saved, its facts are copied to its translations' live rows and to
every revision of theirs that may still go live. Whenever a translation's row is saved, it takes the facts first.
"""

from __future__ import annotations

from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from django.db import models, transaction
from django.db.models import Q
from wagtail.models import (
    DraftStateMixin,
    Page,
    ReferenceIndex,
    Revision,
    RevisionMixin,
    TaskState,
    TranslatableMixin,
    WorkflowState,
)
from wagtail_localize.fields import SynchronizedField, get_translatable_fields
from wagtail_localize.models import SegmentOverride

from verkosto.localisation.facts import FactCopier, fact_fields
from verkosto.localisation.originals import get_original, is_original, translations_of
from verkosto.localisation.overrides import local_overrides
from verkosto.localisation.signals import facts_projected
from verkosto.localisation.sync.text_by_path import known_words

_projecting: ContextVar[bool] = ContextVar("localisation_projecting", default=False)


@contextmanager
def quietly() -> Any:
    token = _projecting.set(True)
    try:
        yield
    finally:
        _projecting.reset(token)


def is_projecting() -> bool:
    return _projecting.get()


def has_live_facts(instance: TranslatableMixin) -> bool:
    return not isinstance(instance, DraftStateMixin) or instance.live


@transaction.atomic
def project_facts(original: TranslatableMixin) -> list[TranslatableMixin]:
    """Writes the original's facts into its translations; returns those whose row or draft changed."""
    return [translation for translation in translations_of(original) if project_into(original, translation)]


def project_into(original: TranslatableMixin, translation: TranslatableMixin) -> list[str]:
    """Writes facts into one translation's live row and open revisions; returns the names of the changed fields."""
    skip = kept_apart(translation)
    copier = FactCopier(translation.locale_id, known_words(original, translation.locale_id))
    changed = copier.copy(original, translation, skip)
    if changed:
        with quietly():
            save_row(translation)
    for revision in open_revisions(translation):
        draft = revision.as_object()
        in_draft = copier.copy(original, draft, skip)
        if in_draft:
            revision.content = draft.serializable_data()
            revision.save(update_fields=["content"])
            changed += [name for name in in_draft if name not in changed]
    if changed:
        facts_projected.send(sender=type(translation), instance=translation, original=original, fields=changed)
    return changed


def take_facts(translation: TranslatableMixin) -> list[str]:
    """Called before a translation's row is saved: it takes the original's live facts, and its own detached parts.

    Returns the names of the fields that were not as the original's.
    """
    changed: list[str] = []
    original = get_original(translation)
    if original is not None and original.pk != translation.pk and has_live_facts(original):
        copier = FactCopier(translation.locale_id, known_words(original, translation.locale_id))
        skip = kept_apart(translation)
        if not local_overrides.is_synchronised(translation):
            # Edited by hand: what differs, and may, differs on purpose.
            probe = local_overrides.deserialised(type(translation), local_overrides.serialised(translation))
            differing = copier.copy(original, probe, skip)
            skip |= frozenset(local_overrides.detach_what_may_differ(translation, differing))
        changed = copier.copy(original, translation, skip)
    local_overrides.reapply(translation)
    return changed


def save_row(instance: models.Model) -> None:
    """Saves without validation: a fact is true even if the translation around it is not complete."""
    if isinstance(instance, Page):
        instance.save(clean=False)
    else:
        instance.save()


def kept_apart(translation: TranslatableMixin) -> frozenset[str]:
    """The facts that this language holds for itself: detached, or overridden in the string editor."""
    overridable = {
        field.field_name
        for field in get_translatable_fields(type(translation))
        if not isinstance(field, SynchronizedField) or field.overridable
    }
    overridden = SegmentOverride.objects.filter(
        locale_id=translation.locale_id, context__object_id=translation.translation_key, has_error=False
    ).values_list("context__path", flat=True)
    names = {path.split(".")[0] for path in overridden} | local_overrides.detached_field_names(translation)
    return frozenset(names & overridable & {field.field_name for field in fact_fields(translation)})


def open_revisions(instance: TranslatableMixin) -> list[Revision]:
    """The revisions that an editor opens next, or that may still go live: latest, in moderation, scheduled."""
    if not isinstance(instance, RevisionMixin):
        return []
    moderated = TaskState.objects.filter(
        status=TaskState.STATUS_IN_PROGRESS,
        workflow_state__status__in=[WorkflowState.STATUS_IN_PROGRESS, WorkflowState.STATUS_NEEDS_CHANGES],
    )
    wanted = Q(pk=instance.latest_revision_id) | Q(approved_go_live_at__isnull=False) | Q(task_states__in=moderated)
    return list(instance.revisions.filter(wanted).distinct().order_by("pk"))


def relink(snippet: TranslatableMixin) -> None:
    """A snippet has got a version in a language: the pages of that language that had to show the original take it."""
    original = get_original(snippet)
    if original is None or original.pk == snippet.pk:
        return
    for reference in ReferenceIndex.get_references_to(original):
        model = reference.content_type.model_class()
        if model is None or not issubclass(model, TranslatableMixin):
            continue
        page = model._default_manager.filter(pk=reference.object_id, locale_id=snippet.locale_id).first()
        page_original = get_original(page) if page is not None else None
        if page_original is not None and page_original.pk != page.pk and has_live_facts(page_original):
            project_into(page_original, page)


def on_pre_save(instance: TranslatableMixin, update_fields: Any = None) -> None:
    if update_fields is None and not is_projecting() and instance.pk and not is_original(instance):
        instance.facts_were_stale = bool(take_facts(instance))


def on_post_save(instance: TranslatableMixin, update_fields: Any = None) -> None:
    if update_fields is not None or is_projecting():
        return
    if getattr(instance, "facts_were_stale", False):
        # What the model's own save() worked out of the stale facts is worked out again.
        instance.facts_were_stale = False
        with quietly():
            save_row(instance)
    elif has_live_facts(instance) and is_original(instance):
        project_facts(instance)
