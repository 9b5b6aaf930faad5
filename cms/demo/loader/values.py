"""Turns declared values into what models and StreamFields store, in one language."""

import datetime as dt
import json
from collections.abc import Mapping
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import models
from django.utils import timezone
from wagtail.fields import StreamField
from wagtail_localize.strings import StringValue, extract_strings

from cms.demo.declare import LANGUAGES, Block, FromNow, Items, Paper, Picture, Ref, Words
from cms.demo.loader.days import is_day_off
from cms.demo.loader.library import Library, stable_key
from cms.demo.papers import document_of
from cms.demo.pictures import image_of


class Values:
    """Resolves the values of one node in one language, and keeps the pairs of strings that it met."""

    def __init__(self, library: Library, key: str, language: str, zone: str = "") -> None:
        self.library = library
        self.key = key
        self.language = language
        self.zone = ZoneInfo(zone or settings.TIME_ZONE)
        self.strings: dict[str, Words] = {}
        self.pairs: dict[str, dict[str, str]] = {}

    def for_field(self, field: models.Field, value: Any) -> Any:
        """The value as the model field takes it."""
        if isinstance(field, StreamField):
            return json.dumps(self.raw(value, field.name))
        if isinstance(value, Words):
            return self.words(value)
        if isinstance(value, Ref):
            return self.reference(value)
        if isinstance(value, Picture):
            return image_of(value.key)
        if isinstance(value, Paper):
            return document_of(value.key)
        if isinstance(value, FromNow | dt.datetime):
            return self.moment(value)
        return value

    def raw(self, value: Any, path: str) -> Any:
        """The value as a StreamField keeps it in JSON. Ids follow from the path."""
        if isinstance(value, Words):
            return self.words(value)
        if isinstance(value, Ref):
            return self.reference(value).pk
        if isinstance(value, Picture):
            return image_of(value.key).pk
        if isinstance(value, Paper):
            return document_of(value.key).pk
        if isinstance(value, Items):
            return [self._item("item", item, f"{path}.{index}") for index, item in enumerate(value.values)]
        if isinstance(value, tuple):
            return [
                self._item(block.type, block.value, f"{path}.{block.type}.{block.name or index}")
                for index, block in enumerate(value)
                if isinstance(block, Block)
            ]
        if isinstance(value, Mapping):
            return {name: self.raw(item, f"{path}.{name}") for name, item in value.items()}
        return value

    def _item(self, kind: str, value: Any, path: str) -> dict[str, Any]:
        return {"type": kind, "value": self.raw(value, path), "id": str(stable_key(self.key, path))}

    def reference(self, ref: Ref) -> models.Model:
        """The thing in this language; what is not translated there is taken from its original."""
        found = self.library.find(ref.key, self.language)
        return found or self.library.get(ref.key, self.library.nodes[ref.key].original)

    def moment(self, value: FromNow | dt.datetime) -> dt.datetime | dt.date:
        """An aware moment; a day counted from today without a time is a date. Nobody meets on a day off: a day to come
        moves on to the next working day, save where any day will do."""
        if isinstance(value, dt.datetime):
            return value.replace(tzinfo=self.zone)
        day = timezone.localdate() + dt.timedelta(days=value.days)
        while value.days > 0 and not value.any_day and is_day_off(day):
            day += dt.timedelta(days=1)
        return day if value.time is None else dt.datetime.combine(day, value.time, tzinfo=self.zone)

    def words(self, words: Words) -> str:
        """The text in this language; its strings are remembered with their translations.

        Words of one language alone stand where the languages differ on purpose: they have nothing to remember.
        """
        own = _strings(words, self.language)
        for language in LANGUAGES:
            others = _strings(words, language)
            if len(others) != len(own) and words[language]:
                raise ValueError(
                    f"{self.key}: {language} has {len(others)} strings, {self.language} {len(own)}: {words}"
                )
            for source, target in zip(own, others, strict=False):
                self.pairs.setdefault(source, {})[language] = target
        return words[self.language]


def _strings(words: Words, language: str) -> list[str]:
    """The strings as translators get them: a plain text is one, a rich text one for each paragraph."""
    text = words[language]
    if words.html:
        return [string.data for string, _attrs in extract_strings(text)[1]]
    return [StringValue.from_plaintext(text).data] if text else []
