"""What saving the row of a language version does to the others: facts, states and references.

Wagtail saves the live row of a draft that it publishes, and then says that it was published (`publish.py`). A model
without drafts is published when it is saved, in a transaction or not.
"""

from __future__ import annotations

from collections.abc import Collection

from django.db import transaction
from wagtail.models import DraftStateMixin, Page, TranslatableMixin

from verkosto.core.originals import is_original
from verkosto.localisation.states.recount import recount_after_commit
from verkosto.localisation.sync import fact_updates, sources, structure
from verkosto.localisation.sync.synchronised_rows import has_live_facts, is_syncing, save_row

# Columns of a version's row that its state depends on; other partial saves (a revision's bookkeeping) change none.
STATE_COLUMNS = {"live", "title", "draft_title", "alias_of", "locale", "translation_key"}


def before_save(version: TranslatableMixin, update_fields: Collection[str] | None = None) -> None:
    """Copy the original's facts to a translation before its row is saved."""
    if update_fields is None and not is_syncing() and version.pk and not is_original(version):
        version.facts_were_stale = bool(fact_updates.take_facts(version))


@transaction.atomic
def after_save(version: TranslatableMixin, *, created: bool, update_fields: Collection[str] | None = None) -> None:
    """Update the other languages after a row was saved."""
    # 1. Facts: from an original to its translations.
    if update_fields is None and not is_syncing():
        if getattr(version, "facts_were_stale", False):
            # The model's own save() has calculated values from the stale facts: save again to calculate them anew.
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
