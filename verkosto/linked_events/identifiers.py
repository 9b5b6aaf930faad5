"""The ids of LinkedEvents: a source, a colon, and an id within it. The same event has one in every language."""

from uuid import UUID

from django.urls import reverse

from verkosto.core.page_urls import absolute_url
from verkosto.directory.concepts import short_concept_id
from verkosto.directory.models import Topic
from verkosto.linked_events import conf

NAMESPACE = "verkosto_linked_events"
INTERNET = "internet"  # the place of events that are only online; clients know it by this ending


def own_id(key: UUID | str) -> str:
    """Return the id of something of ours: an event, a place or a keyword by its ``translation_key``."""
    return f"{conf.data_source()}:{key}"


def key_of(identifier: str) -> UUID | None:
    """Return the ``translation_key`` of an id of ours; None for another."""
    source, _, key = identifier.partition(":")
    try:
        return UUID(key) if source == conf.data_source() else None
    except ValueError:
        return None


def keyword_id(topic: Topic) -> str:
    """Return the id of a topic: that of its concept in an ontology, as "yso:p1234", else our own."""
    return short_concept_id(topic.concept_url) or own_id(topic.translation_key)


def address_of(kind: str, identifier: str) -> str:
    """Return the absolute address of an object in our API: ``@id``."""
    return absolute_url(reverse(f"{NAMESPACE}:{kind}", args=[identifier]))


def reference(kind: str, identifier: str) -> dict[str, str]:
    """Return how another object names an object that is not included."""
    return {"@id": address_of(kind, identifier)}
