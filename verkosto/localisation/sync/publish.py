"""What saving and publishing a language version does to the others, step by step.

Wagtail saves the live row first (`before_save`, `after_save`) and then says that it was published (`publish_version`),
all in one transaction. A model without drafts is published when it is saved.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from wagtail.models import DraftStateMixin, Page, TranslatableMixin

from verkosto.core.originals import is_original
from verkosto.localisation.states import applied
from verkosto.localisation.states.recount import recount_after_commit
from verkosto.localisation.sync import fact_updates, lifecycle, sources, structure
from verkosto.localisation.sync.expected_content import is_fully_applied
from verkosto.localisation.sync.rows import has_live_facts, is_syncing, save_row

# Columns of a version's row that its state depends on; other partial saves (a revision's bookkeeping) change none.
STATE_COLUMNS = {"live", "title", "draft_title", "alias_of", "locale", "translation_key"}


def before_save(version: TranslatableMixin, update_fields: Collection[str] | None = None) -> None:
    """Give a translation the facts of its original before its row is written."""
    if update_fields is None and not is_syncing() and version.pk and not is_original(version):
        version.facts_were_stale = bool(fact_updates.take_facts(version))


def after_save(version: Any, *, created: bool, update_fields: Collection[str] | None = None) -> None:
    """Bring the other languages up to date with a row that was written."""
    # 1. Facts: of an original into its translations.
    if update_fields is None and not is_syncing():
        if getattr(version, "facts_were_stale", False):
            # What the model's own save() worked out of the stale facts is worked out again.
            version.facts_were_stale = False
            save_row(version)
        elif has_live_facts(version) and is_original(version):
            fact_updates.sync_facts(version)
    # 2. States.
    if update_fields is None or STATE_COLUMNS & set(update_fields):
        recount_after_commit(version.translation_key)
    # 3. References: a new translation of a snippet takes the original's place on the pages of its language.
    if created and not isinstance(version, Page):
        fact_updates.sync_references(version)
        structure.sync_new_snippet(version)
    # 4. Text and structure of a model without drafts.
    if not isinstance(version, DraftStateMixin) and is_original(version):
        sources.refresh_source(version)


def publish_version(version: Any) -> None:
    """Bring the translations up to date with a version that was published. Its facts follow already (`after_save`).

    Translators are notified by those who receive `facts_synced` and `text_changed`, after the commit.
    """
    if is_original(version):
        original = type(version)._default_manager.get(pk=version.pk)
        # 1. Text and structure: what is to be translated, and what follows without a translator.
        sources.refresh_source(original)
        # 2. Schedule: translations that wait for their original.
        lifecycle.reschedule_translations(original)
    else:
        # 1. Whether the translation that is live now has all of its strings.
        mark_applied(version)
    # 3. States.
    recount_after_commit(version.translation_key)


def unpublish_version(version: Any) -> None:
    """Take an original's translations off the site with it."""
    recount_after_commit(version.translation_key)
    if is_original(version):
        lifecycle.unpublish_translations(version)


def mark_applied(version: Any) -> None:
    """Store whether a translation's live row holds all that is translated, whoever published it."""
    applied.mark_applied(version.translation_key, version.locale_id, is_complete=is_fully_applied(version))
