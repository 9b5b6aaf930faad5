"""The cleaning of editors' texts in models. A control character pasted from a word processor would break feeds."""

from collections.abc import Collection
from typing import Any

from django.db import models

from verkosto.core.text import without_controls


class StoredTextsMixin(models.Model):
    """A model, listed before its other bases, whose plain texts are cleaned before they are validated.

    Spaces of any width stay, because pages show them; ``clean_line`` replaces them for calendars, feeds and mails. Rich
    text and streams are cleaned by their own fields.
    """

    class Meta:
        abstract = True

    def clean_fields(self, exclude: Collection[str] | None = None) -> None:
        """Clean the texts, then validate each field. Deferred columns are left alone."""
        for field in self._meta.concrete_fields:
            is_line, is_text = isinstance(field, models.CharField), type(field) is models.TextField
            value: Any = self.__dict__.get(field.attname)
            if isinstance(value, str) and (is_line or is_text):
                cleaned = without_controls(value)
                setattr(self, field.attname, cleaned.replace("\n", " ") if is_line else cleaned)
        super().clean_fields(exclude=exclude)
