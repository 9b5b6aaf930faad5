"""Topics as keywords of LinkedEvents."""

from __future__ import annotations

from collections.abc import Sequence

from verkosto.core.locales import language_code_of
from verkosto.directory.concepts import short_concept_id
from verkosto.directory.models import Topic
from verkosto.linked_events.documents.base import Document, by_language, identity
from verkosto.linked_events.documents.venues import Usage
from verkosto.linked_events.identifiers import keyword_id


def keyword_document(versions: Sequence[Topic], usage: Usage) -> Document:
    """Return a topic, given in all its languages, as a keyword. One with a concept of YSO has YSO as its source."""
    topic = versions[0]
    source = short_concept_id(topic.concept_url).partition(":")[0] or None
    return {
        **identity("keyword", keyword_id(topic), "Keyword", data_source=source),
        "name": by_language((language_code_of(version), version.name) for version in versions),
        "alt_labels": [],
        "aggregate": False,
        "deprecated": False,
        "replaced_by": None,
        "image": None,
        "created_time": None,
        "last_modified_time": None,
        "n_events": usage.events,
        "has_upcoming_events": usage.has_upcoming,
        "same_as": topic.concept_url or None,
    }
