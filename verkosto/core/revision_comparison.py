"""The comparison of two revisions: dates, times, numbers and yes/no values are shown as people write them.

It is the same for fields and for blocks. Wagtail alone shows Python's ``str()`` of such values.
"""

from __future__ import annotations

from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

from django.db import models
from django.utils import timezone
from django.utils.choices import flatten_choices
from django.utils.html import escape
from django.utils.translation import gettext
from wagtail import blocks
from wagtail.admin.compare import (
    BlockComparison,
    CharBlockComparison,
    FieldComparison,
    RichTextBlockComparison,
    TextDiff,
    register_comparison_class,
)
from wagtail.blocks.field_block import BaseChoiceBlock
from wagtail.utils.text import text_from_html

from verkosto.core import upstream
from verkosto.core.formats import format_date_time, format_day, format_time

NOTHING = "–"
FIELDS = (
    models.DateField,
    models.DateTimeField,
    models.TimeField,
    models.BooleanField,
    models.IntegerField,
    models.DecimalField,
    models.FloatField,
)
# Values of blocks that are shown in the same way.
VALUE_TYPES = (bool, date, time, int, float, Decimal, str)


def text_of(value: object) -> str:
    """Return a field's value as text in the active language; a dash for nothing."""
    if value is None or value == "":
        return NOTHING
    if isinstance(value, bool):
        return gettext("Yes") if value else gettext("No")
    if isinstance(value, datetime):
        return format_date_time(timezone.localtime(value) if timezone.is_aware(value) else value)
    if isinstance(value, date):
        return format_day(value)
    if isinstance(value, time):
        return format_time(value)
    return str(value)


class ValueComparison(FieldComparison):
    """The comparison of a field whose value is no text."""

    def htmldiff(self) -> str:
        before, after = text_of(self.val_a), text_of(self.val_b)
        if self.val_a == self.val_b:
            return escape(before)
        return TextDiff([("deletion", before), ("addition", after)]).to_html()


class ValueBlockComparison(BlockComparison):
    """The comparison of a block whose value is no text."""

    def htmlvalue(self, val: object) -> str:
        return escape(self.text_of(val))

    def htmldiff(self) -> str:
        before, after = self.text_of(self.val_a), self.text_of(self.val_b)
        if before == after:
            return escape(before)
        return TextDiff([("deletion", before), ("addition", after)]).to_html()

    def text_of(self, value: object) -> str:
        """Return the value as text; a dash for nothing, as for a chooser without a choice."""
        if value is None or isinstance(value, VALUE_TYPES):
            return text_of(value)
        return text_from_html(self.block.render_basic(value)) or NOTHING


class ChoiceBlockComparison(ValueBlockComparison):
    """The comparison of a block with choices: by their labels, as the editor shows them."""

    def text_of(self, value: object) -> str:
        choices: list[tuple[Any, Any]] = list(flatten_choices(self.block.field.choices))
        labels = {str(key): str(label) for key, label in choices}
        keys = value if isinstance(value, list | tuple) else [value]
        return ", ".join(labels.get(str(key), str(key)) for key in keys if key not in (None, "")) or NOTHING


class TextBlockComparison(CharBlockComparison):
    """The comparison of a block with plain text, which an old revision may lack."""

    def __init__(self, block: blocks.Block, exists_a: bool, exists_b: bool, val_a: object, val_b: object) -> None:
        super().__init__(block, exists_a, exists_b, val_a or "", val_b or "")

    def htmlvalue(self, val: object) -> str:
        return escape(val or "")


def comparison_for_block(block: blocks.FieldBlock) -> type[BlockComparison]:
    """Return the comparison class of a block with a single field."""
    if isinstance(block, blocks.CharBlock | blocks.TextBlock | blocks.RawHTMLBlock):
        return TextBlockComparison
    if isinstance(block, blocks.RichTextBlock):
        return RichTextBlockComparison
    return ChoiceBlockComparison if isinstance(block, BaseChoiceBlock) else ValueBlockComparison


def register_comparisons() -> None:
    """Register the comparisons for fields and blocks whose values Wagtail would show as Python does."""
    for field_class in FIELDS:
        register_comparison_class(field_class, comparison_class=ValueComparison)
    upstream.compare_blocks_with(comparison_for_block)
