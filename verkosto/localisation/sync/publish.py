"""The use cases of publishing and unpublishing a language version, step by step.

Before they are called, the version's row was saved and its facts were copied (`save.py`), in the same transaction.
"""

from __future__ import annotations

from django.db import transaction
from wagtail.models import TranslatableMixin

from verkosto.core.originals import is_original
from verkosto.localisation.states import applied
from verkosto.localisation.states.recount import recount_after_commit
from verkosto.localisation.sync import cascades, sources
from verkosto.localisation.sync.expected_content import is_fully_applied


@transaction.atomic
def publish_version(version: TranslatableMixin) -> None:
    """Update translations and states after a version was published.

    Translators are notified after the commit, by the receivers of `facts_synced` and `text_changed`.
    """
    if is_original(version):
        original = type(version)._default_manager.get(pk=version.pk)
        # Update the strings to translate, and copy the structure to the translations.
        sources.refresh_source(original)
        # Reschedule the translations that go live with their original.
        cascades.reschedule_translations(original)
    else:
        mark_applied(version)
    recount_after_commit(version.translation_key)


@transaction.atomic
def unpublish_version(version: TranslatableMixin) -> None:
    """Unpublish the translations of an original that was unpublished."""
    recount_after_commit(version.translation_key)
    if is_original(version):
        cascades.unpublish_translations(version)


def mark_applied(version: TranslatableMixin) -> None:
    """Record whether a translation's live row has all of its translated texts."""
    applied.mark_applied(version.translation_key, version.locale_id, is_complete=is_fully_applied(version))
