"""What of an object is indexed: its heading, and everything that its class names in ``search_fields``."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from django.conf import settings
from django.db.models import Manager, Model
from django.utils.encoding import force_str
from modelsearch.index import AutocompleteField, Indexed, RelatedFields, SearchField
from wagtail.models import Page

from verkosto.core.locales import language_code_of
from verkosto.core.search.linked_names import linked_names
from verkosto.core.search.normalisation import indexed_text


class PreparedText(SearchField):
    """A text that is ready to be stored, in place of a field that is read from an object."""

    def __init__(self, field_name: str, text: str) -> None:
        super().__init__(field_name)
        self.text = text

    def get_value(self, obj: object) -> str:
        return self.text


class PreparedObject:
    """What a backend of modelsearch asks of an object to index it."""

    def __init__(self, obj: Model) -> None:
        self.pk = obj.pk
        self.language = indexed_language(obj)
        self.heading = indexed_text(heading_of(obj), self.language)
        texts = [text for _, text in texts_of(obj)]
        names = linked_names(obj) if isinstance(obj, Page) else []
        self.text = indexed_text("\n".join([*texts, *names]), self.language)

    def get_search_fields(self) -> list[PreparedText]:
        return [PreparedText("title", self.heading), PreparedText("body", self.text)]


def indexed_language(obj: Model) -> str:
    """Return the language of an object's texts, without a region: that of the site for images and other neutral objects."""
    return (language_code_of(obj) or settings.LANGUAGE_CODE).partition("-")[0]


def heading_field(model: type[Indexed]) -> str:
    """Return the name of the field by which editors know an object: the first that its class completes."""
    completed = [field.field_name for field in model.search_fields if isinstance(field, AutocompleteField)]
    return completed[0] if completed else "title"


def heading_of(obj: Model) -> str:
    """Return the title or name of an object, "" if its class indexes none."""
    name = heading_field(type(obj))
    return next((text for field, text in texts_of(obj) if field == name), "")


def texts_of(obj: Indexed) -> Iterator[tuple[str, str]]:
    """Yield the name and the text of each field of an object that is searched, and of its related objects."""
    seen = set()
    for field in obj.get_search_fields():
        if isinstance(field, SearchField | AutocompleteField) and field.field_name not in seen:
            seen.add(field.field_name)
            yield field.field_name, as_text(field.get_value(obj))
        elif isinstance(field, RelatedFields):
            for related in _related_objects(field.get_value(obj)):
                for inner in field.fields:
                    yield f"{field.field_name}.{inner.field_name}", as_text(inner.get_value(related))


def as_text(value: object) -> str:
    """Return the value of a search field as one text."""
    if isinstance(value, dict):
        return as_text(value.values())
    if isinstance(value, Iterable) and not isinstance(value, str):
        return "\n".join(as_text(item) for item in value)
    return "" if value is None else force_str(value)


def _related_objects(value: Any) -> Iterable[Any]:
    if isinstance(value, Manager):
        return value.all()
    return [] if value is None else [value]
