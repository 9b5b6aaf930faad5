"""The copying of facts to translations, in the same transaction in which the original's live row changes."""

from __future__ import annotations

from django.db import transaction
from wagtail.models import ReferenceIndex, TranslatableMixin
from wagtail_localize.models import SegmentOverride

from verkosto.core.originals import get_original, translations_of
from verkosto.core.transactions import send_after_commit
from verkosto.localisation.facts import FactCopier, fact_fields, may_differ
from verkosto.localisation.overrides import local_overrides
from verkosto.localisation.signals import facts_synced
from verkosto.localisation.sync.synchronised_rows import has_live_facts, open_revisions, save_row
from verkosto.localisation.sync.text_by_path import translation_lookup


@transaction.atomic
def sync_facts(original: TranslatableMixin) -> list[TranslatableMixin]:
    """Copy the original's facts to its translations. Return those whose row or draft changed."""
    return [translation for translation in translations_of(original) if sync_facts_into(original, translation)]


def sync_facts_into(original: TranslatableMixin, translation: TranslatableMixin) -> list[str]:
    """Copy facts to a translation's live row and open revisions. Return the names of the changed fields."""
    skip = overridden_facts(translation)
    copier = FactCopier(translation.locale_id, translation_lookup(original, translation.locale_id))
    changed = copier.copy(original, translation, skip)
    if changed:
        save_row(translation)
    for revision in open_revisions(translation):
        draft = revision.as_object()
        in_draft = copier.copy(original, draft, skip)
        if in_draft:
            revision.content = draft.serializable_data()
            revision.save(update_fields=["content"])
            changed += [name for name in in_draft if name not in changed]
    if changed:
        send_after_commit(facts_synced, type(translation), instance=translation, original=original, fields=changed)
    return changed


def take_facts(translation: TranslatableMixin) -> list[str]:
    """Give a translation that is about to be saved the original's live facts, and its own local overrides.

    Return the names of the fields that differed from the original's.
    """
    changed: list[str] = []
    original = get_original(translation)
    if original is not None and original.pk != translation.pk and has_live_facts(original):
        copier = FactCopier(translation.locale_id, translation_lookup(original, translation.locale_id))
        skip = overridden_facts(translation)
        if not local_overrides.is_synchronised(translation):
            # A version that is edited by hand: fields that differ, and may, differ on purpose. A copy of the translation
            # shows which do.
            trial = local_overrides.deserialised(type(translation), local_overrides.serialised(translation))
            differing = copier.copy(original, trial, skip)
            skip |= frozenset(local_overrides.override_differing_fields(translation, differing))
        changed = copier.copy(original, translation, skip)
    local_overrides.apply_overrides(translation)
    return changed


def sync_references(snippet: TranslatableMixin) -> None:
    """Make the pages of a new snippet's language refer to it. Until now they referred to its original."""
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
            sync_facts_into(page_original, page)


def overridden_facts(translation: TranslatableMixin) -> frozenset[str]:
    """Return the names of the facts that differ in this language: local overrides, and those set in the string editor."""
    overridden = SegmentOverride.objects.filter(
        locale_id=translation.locale_id, context__object_id=translation.translation_key, has_error=False
    ).values_list("context__path", flat=True)
    names = {path.split(".")[0] for path in overridden} | local_overrides.overridden_field_names(translation)
    facts = {field.field_name for field in fact_fields(translation)}
    return frozenset(name for name in names & facts if may_differ(type(translation), name))
