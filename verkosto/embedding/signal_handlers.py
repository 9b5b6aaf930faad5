"""The signals that this app listens to, each with one use case."""

from django.db.models.signals import post_delete, post_save

from verkosto.core.content_cache import content_changed
from verkosto.embedding.models import EmbeddingSettings


def connect() -> None:
    """Which sites may embed is part of every stored page for them."""
    for signal in (post_save, post_delete):
        signal.connect(content_changed, sender=EmbeddingSettings, dispatch_uid="verkosto_embedding.content")
