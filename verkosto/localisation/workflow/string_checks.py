"""The checks of a translated string. They are the same for the string editor, exchange files and machine translation."""

from __future__ import annotations

from html import unescape
from html.parser import HTMLParser
from typing import Any

from django.db import models
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from wagtail.fields import RichTextField
from wagtail_localize.models import StringTranslation, TranslationSource

from verkosto.localisation.facts import is_child_relation
from verkosto.localisation.paragraphs import NOWHERE, TextPosition, is_continued, positions_of


def check_string(translation: StringTranslation) -> None:
    """Mark a translation that does not fit its field as an error, with the reason. It then counts as not translated."""
    context = translation.context
    if context is None:
        return
    # The context's object knows only the base model, wagtailcore.Page; the source knows the specific one.
    source = (
        TranslationSource.objects.filter(object_id=context.object_id).select_related("specific_content_type").first()
    )
    model = source.specific_content_type.model_class() if source else None
    reason = why_refused(model, context.path, translation.data) if model is not None else ""
    if reason or (reason := why_not_joined(_position_of(translation), translation.data)):
        translation.has_error, translation.field_error = True, reason


def _position_of(translation: StringTranslation) -> TextPosition:
    """Return the position of a translated string in its rich text. No query for a text that is not joined."""
    context = translation.context
    if context is None or not is_continued(translation.data):
        return NOWHERE
    source = TranslationSource.objects.filter(
        object_id=context.object_id, locale_id=translation.translation_of.locale_id
    ).first()
    if source is None:
        return NOWHERE
    segments = source.stringsegment_set.filter(context=context).order_by("order", "pk")
    return positions_of(source, segments).get((translation.translation_of_id, context.pk), NOWHERE)


def why_not_joined(position: TextPosition, text: str) -> str:
    """Return why a text cannot continue the one above; "" if it can, or does not."""
    if is_continued(text) and not position.may_join:
        return _("This text cannot be joined with the text above. Clear “Joined with the text above”.")
    return ""


def why_refused(model: type[models.Model], path: str, text: str) -> str:
    """Return why a text does not fit the field at a content path of a model; "" if it does."""
    field = plain_field_at(model, path)
    if field is None:
        return ""
    label = capfirst(field.verbose_name)
    if _has_tags(text):
        return _("“%(field)s” is plain text: remove the tags.") % {"field": label}
    length = len(unescape(text))
    if field.max_length and length > field.max_length:
        return _("“%(field)s” can have at most %(limit)s characters. This text has %(count)s.") % {
            "field": label,
            "limit": field.max_length,
            "count": length,
        }
    return ""


def plain_field_at(model: type[models.Model], path: str) -> models.CharField | models.TextField | None:
    """Return the plain text field at a content path of a model or its inline children; None for rich text and blocks."""
    name, *rest = path.split(".")
    field: Any = next((field for field in model._meta.get_fields() if field.name == name), None)
    if is_child_relation(field):
        return plain_field_at(field.related_model, ".".join(rest[1:])) if len(rest) > 1 else None
    is_plain = isinstance(field, models.CharField | models.TextField) and not isinstance(field, RichTextField)
    return field if is_plain else None


class _TagFinder(HTMLParser):
    found = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found = True

    def handle_endtag(self, tag: str) -> None:
        self.found = True


def _has_tags(text: str) -> bool:
    finder = _TagFinder()
    finder.feed(text)
    finder.close()
    return finder.found
