"""Convert declared values to the values of model fields and StreamFields, in one language."""

import datetime as dt
import json
from collections.abc import Mapping
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import models
from django.utils import timezone
from wagtail.fields import StreamField
from wagtail_localize.strings import StringValue, extract_strings

from cms.demo.declarations import LANGUAGES, Block, Document, FromNow, Items, Picture, Ref, Text
from cms.demo.documents import document_of
from cms.demo.images import image_of
from cms.demo.loader.holidays import is_holiday
from cms.demo.loader.nodes import Nodes, stable_key


class FieldValues:
    """Converts the values of one node in one language, and collects the strings with their translations."""

    def __init__(self, nodes: Nodes, key: str, language: str, zone: str = "") -> None:
        self.nodes = nodes
        self.key = key
        self.language = language
        self.zone = ZoneInfo(zone or settings.TIME_ZONE)
        self.strings: dict[str, Text] = {}
        self.pairs: dict[str, dict[str, str]] = {}

    def for_field(self, field: models.Field, value: object) -> object:
        """Return the value for a model field."""
        if isinstance(field, StreamField):
            return json.dumps(self.raw(value, field.name))
        if isinstance(value, Text):
            return self.text(value)
        if isinstance(value, Ref):
            return self.reference(value)
        if isinstance(value, Picture):
            return image_of(value.key)
        if isinstance(value, Document):
            return document_of(value.key)
        if isinstance(value, FromNow | dt.datetime):
            return self.date_or_time(value)
        return value

    def raw(self, value: object, path: str) -> object:
        """Return the value as a StreamField stores it in JSON. Block ids are derived from the path."""
        if isinstance(value, Text):
            return self.text(value)
        if isinstance(value, Ref):
            return self.reference(value).pk
        if isinstance(value, Picture):
            return image_of(value.key).pk
        if isinstance(value, Document):
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

    def _item(self, kind: str, value: object, path: str) -> dict[str, object]:
        return {"type": kind, "value": self.raw(value, path), "id": str(stable_key(self.key, path))}

    def reference(self, ref: Ref) -> models.Model:
        """Return the row of a node in this language, or its original if there is no translation."""
        found = self.nodes.find(ref.key, self.language)
        return found or self.nodes.get(ref.key, self.nodes.declared[ref.key].original)

    def date_or_time(self, value: FromNow | dt.datetime) -> dt.datetime | dt.date:
        """Return an aware datetime, or a date for a relative day without a time.

        A future day on a weekend or holiday is moved to the next working day, unless it has `any_day`.
        """
        if isinstance(value, dt.datetime):
            return value.replace(tzinfo=self.zone)
        day = timezone.localdate() + dt.timedelta(days=value.days)
        while value.days > 0 and not value.any_day and is_holiday(day):
            day += dt.timedelta(days=1)
        return day if value.time is None else dt.datetime.combine(day, value.time, tzinfo=self.zone)

    def text(self, text: Text) -> str:
        """Return the text in this language, and collect its strings with their translations.

        The text of a local override is given in one language only and has no translations.
        """
        own = _strings(text, self.language)
        for language in LANGUAGES:
            others = _strings(text, language)
            if len(others) != len(own) and text[language]:
                raise ValueError(
                    f"{self.key}: {language} has {len(others)} strings, {self.language} {len(own)}: {text}"
                )
            for source, target in zip(own, others, strict=False):
                self.pairs.setdefault(source, {})[language] = target
        return text[self.language]


def _strings(text: Text, language: str) -> list[str]:
    """Return the strings that translators get: one for plain text, one for each paragraph of rich text."""
    content = text[language]
    if text.html:
        return [string.data for string, _attrs in extract_strings(content)[1]]
    return [StringValue.from_plaintext(content).data] if content else []
