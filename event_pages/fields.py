"""The model field for a list of languages."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper

from event_pages.event_types import event_languages


class LanguagesField(models.CharField):
    """A list of language codes. It is stored as " fi sv ", so that ``contains=" sv "`` finds a language."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("max_length", 100)
        kwargs.setdefault("default", list)
        kwargs.setdefault("blank", True)
        super().__init__(*args, **kwargs)

    def from_db_value(
        self, value: str | None, expression: models.Expression, connection: BaseDatabaseWrapper
    ) -> list[str]:
        return (value or "").split()

    def to_python(self, value: Iterable[str] | str | None) -> list[str]:
        return value.split() if isinstance(value, str) else list(value or [])

    def get_prep_value(self, value: Iterable[str] | str | None) -> str:
        if isinstance(value, str):
            return value
        return stored(value or [])

    def value_to_string(self, obj: models.Model) -> str:
        return self.get_prep_value(getattr(obj, self.attname))

    def clean(self, value: Iterable[str] | str | None, model_instance: models.Model | None) -> list[str]:
        codes = self.to_python(value)
        self.run_validators(stored(codes))
        return codes

    def formfield(self, **kwargs: Any) -> forms.Field:
        return forms.MultipleChoiceField(
            choices=event_languages,
            widget=forms.CheckboxSelectMultiple,
            required=not self.blank,
            label=self.verbose_name,
            help_text=self.help_text,
        )


def stored(codes: Iterable[str]) -> str:
    """Return the codes as the column stores them; "" for none."""
    joined = " ".join(codes)
    return f" {joined} " if joined else ""
