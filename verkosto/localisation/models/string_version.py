from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.models import Locale

from verkosto.localisation.models.string_record import StringRecord


class StringVersion(StringRecord):
    """What the translation of a string was, since when, and by whom. The latest is what is stored now."""

    locale = models.ForeignKey(Locale, on_delete=models.CASCADE, related_name="+")
    text = models.TextField()
    is_reviewed = models.BooleanField()
    # Who or what wrote a text that no person had reviewed: a machine, or the translation memory.
    tool_name = models.CharField(max_length=255, blank=True)
    # The words of the original, in the first version that a person wrote or reviewed; 0 in corrections of it.
    words = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = _("version of a translated text")
        verbose_name_plural = _("versions of translated texts")
        ordering = ["-created_at", "-pk"]
        indexes = [
            models.Index(fields=["string", "context", "locale"], name="versions_of_a_string"),
            models.Index(fields=["locale", "created_at"], name="versions_by_month"),
        ]

    def __str__(self) -> str:
        return self.text[:80]
