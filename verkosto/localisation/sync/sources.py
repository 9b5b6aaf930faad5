"""Keeping wagtail-localize's stored source equal to the published original.

Every republish changes `last_published_at`, so content is compared instead, without its volatile keys.
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
from verkosto.localisation.sync.expected_content import content_digest, digest_of

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
    """SHA-256 of serialised content that is the same before and after a publish that changed nothing."""
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
    return TranslationSource.objects.filter(object_id=instance.translation_key, locale_id=instance.locale_id).first()


@transaction.atomic
def refresh_source(original: TranslatableMixin) -> int | None:
    """Update the source of an original whose row was published, and what of its translations needs no translator.

    Return the number of strings that are new; None when nothing changed, or nothing is translated from it.
    """
    source = source_of(original)
    if source is None or content_hash(source.content_json) == content_hash(_as_json(original)):
        return None
    before = _strings(source)
    only_facts = content_digest(source) == digest_of(original)
    before_sync = {} if only_facts else structure.expected_contents(source)
    source.update_from_db()
    added = len(_strings(source) - before)
    if not only_facts:
        structure.sync_structure(source, before_sync)
    send_after_commit(text_changed, TranslationSource, source=source, added=added)
    return added


def store_fingerprint(source: TranslationSource) -> None:
    """Store the fingerprint of the original's content, from which states are calculated, when a source was saved."""
    if stored_locale_id(source.object_id) is None:
        original_locale_id(source.get_source_instance())
    Original.objects.filter(pk=source.object_id, locale_id=source.locale_id).update(content=content_digest(source))


def _as_json(instance: TranslatableMixin) -> Any:
    return json.loads(json.dumps(serialised(instance), cls=DjangoJSONEncoder))


def _strings(source: TranslationSource) -> set[tuple[int, int]]:
    return set(StringSegment.objects.filter(source=source).values_list("string_id", "context_id"))
