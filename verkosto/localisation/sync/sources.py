"""Updates of wagtail-localize's stored source from the published original.

Each publication changes keys such as `last_published_at`, so contents are compared without these volatile keys.
"""

from __future__ import annotations

import hashlib
import json
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db import transaction
from wagtail.models import TranslatableMixin
from wagtail_localize.models import StringSegment, TranslationSource

from verkosto.core.models import Original
from verkosto.core.originals import original_locale_id, stored_locale_id
from verkosto.core.transactions import send_after_commit
from verkosto.localisation.overrides.local_overrides import serialised
from verkosto.localisation.signals import text_changed
from verkosto.localisation.sync import structure
from verkosto.localisation.sync.expected_content import text_digest_of_instance, text_digest_of_source

VOLATILE = frozenset(
    {
        "pk",
        "path",
        "depth",
        "numchild",
        "url_path",
        "draft_title",
        "live",
        "expired",
        "has_unpublished_changes",
        "latest_revision",
        "latest_revision_created_at",
        "live_revision",
        "first_published_at",
        "last_published_at",
        "locked",
        "locked_at",
        "locked_by",
        "owner",
        "wagtail_admin_comments",
    }
)


def content_hash(content: object) -> str:
    """Return the SHA-256 of serialised content without its volatile keys."""
    if isinstance(content, str):
        content = json.loads(content)
    return hashlib.sha256(json.dumps(_stable(content), sort_keys=True, default=str).encode()).hexdigest()


def _stable(value: object) -> Any:
    if isinstance(value, dict):
        return {key: _stable(item) for key, item in value.items() if key not in VOLATILE}
    if isinstance(value, list):
        return [_stable(item) for item in value]
    return value


def source_of(instance: TranslatableMixin) -> TranslationSource | None:
    """Return the source from which the translations of this version are made; None if it was never submitted."""
    return TranslationSource.objects.filter(object_id=instance.translation_key, locale_id=instance.locale_id).first()


@transaction.atomic
def refresh_source(original: TranslatableMixin) -> int | None:
    """Update the source of a published original, and copy the structure to its translations if it changed.

    Return the number of new strings; None if the content has not changed, or was never submitted for translation.
    """
    source = source_of(original)
    if source is None or content_hash(source.content_json) == content_hash(_as_json(original)):
        return None
    before = _strings(source)
    only_facts_changed = text_digest_of_source(source) == text_digest_of_instance(original)
    before_sync = {} if only_facts_changed else structure.expected_contents(source)
    source.update_from_db()
    added = len(_strings(source) - before)
    if not only_facts_changed:
        structure.sync_structure(source, before_sync)
    send_after_commit(text_changed, TranslationSource, source=source, added=added)
    return added


def store_fingerprint(source: TranslationSource) -> None:
    """Store the fingerprint of a source's content with its original. States are calculated from it."""
    if stored_locale_id(source.object_id) is None:
        original_locale_id(source.get_source_instance())
    Original.objects.filter(pk=source.object_id, locale_id=source.locale_id).update(
        content=text_digest_of_source(source)
    )


def _as_json(instance: TranslatableMixin) -> Any:
    return json.loads(json.dumps(serialised(instance), cls=DjangoJSONEncoder))


def _strings(source: TranslationSource) -> set[tuple[int, int]]:
    return set(StringSegment.objects.filter(source=source).values_list("string_id", "context_id"))
