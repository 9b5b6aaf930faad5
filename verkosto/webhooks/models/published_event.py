from django.db import models


class PublishedEvent(models.Model):
    """What was last published of a registrable page: by comparison the next publication is known to change it."""

    translation_key = models.UUIDField(unique=True)
    # {"status", "starts_at", "ends_at", "where", "meetings"}
    facts = models.JSONField(default=dict)

    def __str__(self) -> str:
        return str(self.translation_key)
