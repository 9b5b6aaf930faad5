"""Where on its page a string is: the labels of its field and blocks, and the element of its rich text."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.blocks import Block, ListBlock, StreamBlock, StreamValue, StructBlock
from wagtail.blocks.list_block import ListValue
from wagtail.fields import StreamField
from wagtail.models import TranslatableMixin

from verkosto.localisation.facts import is_child_relation
from verkosto.localisation.overrides.editor import field_label
from verkosto.localisation.paragraphs import TextPosition

SEPARATOR = " › "
# Paragraphs need no name.
TAGS = {
    **dict.fromkeys(["h2", "h3", "h4", "h5", "h6"], _("Heading")),
    "li": _("List item"),
    "blockquote": _("Quotation"),
}


def location_of(instance: TranslatableMixin, path: str) -> str:
    """ "Body › Fact box › Value" for wagtail-localize's content path; what is not found any more is left out."""
    name, *rest = path.split(".")
    field = instance._meta.get_field(name)
    labels = [field_label(field)]
    if isinstance(field, StreamField):
        labels += _labels_in(field.stream_block, getattr(instance, name), [part for part in rest if part])
    elif is_child_relation(field) and len(rest) > 1:
        children = {str(child.translation_key): child for child in getattr(instance, name).get_object_list()}
        if child := children.get(rest[0]):
            labels.append(location_of(child, ".".join(rest[1:])))
    return SEPARATOR.join(str(label) for label in labels)


def _labels_in(block: Block, value: Any, path: list[str]) -> list[str]:
    """Return the labels of the blocks from `block` down a path, which consists of ids of rows and names of fields."""
    if not path:
        return []
    first, *rest = path
    if isinstance(block, StreamBlock) and isinstance(value, StreamValue):
        child = next((child for child in value if child.id == first), None)
        return [child.block.label, *_labels_in(child.block, child.value, rest)] if child else []
    if isinstance(block, ListBlock) and isinstance(value, ListValue):
        item = next((item for item in value.bound_blocks if item.id == first), None)
        return _labels_in(block.child_block, item.value, rest) if item else []
    if isinstance(block, StructBlock) and first in block.child_blocks:
        child = block.child_blocks[first]
        return [child.label, *_labels_in(child, value.get(first), rest)]
    return []


def element_of(position: TextPosition) -> str:
    """Return what a string of a rich text is, such as "Heading" or "List item"; "" for a paragraph."""
    return next((str(TAGS[name]) for name in position.elements if name in TAGS), "")
