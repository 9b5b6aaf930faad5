"""What publishing or unpublishing a language version does to the others, step by step.

Its row is saved already, and its facts follow (`save.py`), all in one transaction.
"""

from __future__ import annotations

from django.db import transaction
from wagtail.models import TranslatableMixin

from verkosto.core.originals import is_original
from verkosto.localisation.states import applied
from verkosto.localisation.states.recount import recount_after_commit
from verkosto.localisation.sync import lifecycle, sources
from verkosto.localisation.sync.expected_content import is_fully_applied


@transaction.atomic
def publish_version(version: TranslatableMixin) -> None:
    """Bring the translations up to date with a version that was published. Its facts follow already (`save.py`).

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


@transaction.atomic
def unpublish_version(version: TranslatableMixin) -> None:
    """Take an original's translations off the site with it."""
    recount_after_commit(version.translation_key)
    if is_original(version):
        lifecycle.unpublish_translations(version)


def mark_applied(version: TranslatableMixin) -> None:
    """Store whether a translation's live row holds all that is translated, whoever published it."""
    applied.mark_applied(version.translation_key, version.locale_id, is_complete=is_fully_applied(version))
