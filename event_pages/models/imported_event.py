from __future__ import annotations

from django.db import models
from wagtail.models import Page

from event_pages.models.event import EventPage


class ImportedEvent(models.Model):
    """An event that was made from a file, and what the file said of it when it was last imported.

    By this the next import of the file recognises the event, what has changed in the file, and what an editor has
    changed in the meantime.
    """

    #: The page below which the file was imported. The event itself may have been moved since.
    parent = models.ForeignKey(Page, on_delete=models.CASCADE, related_name="+")
    #: The UID or the id in the file, see `values.source_key`.
    source_key = models.CharField(max_length=255)
    event = models.ForeignKey(EventPage, on_delete=models.CASCADE, related_name="+")
    #: Fields of the event by name, as `values.comparable` returns them.
    values = models.JSONField(default=dict)
    imported_at = models.DateTimeField(auto_now=True)

    wagtail_reference_index_ignore = True  # a record of an import does not use the page

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["parent", "source_key"], name="event_pages_imported_once_below_parent")
        ]

    def __str__(self) -> str:
        return self.source_key
