"""How two revisions' dates, times, numbers and yes/no fields are compared: as readers write them, never as Python does."""

from __future__ import annotations

from datetime import date, datetime, time

from django.db import models
from django.utils import timezone
from django.utils.html import escape
from django.utils.translation import gettext
from wagtail.admin.compare import FieldComparison, TextDiff, register_comparison_class

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


def register_comparisons() -> None:
    """Register the comparison for every type of field that Wagtail would show as Python's value."""
    for field_class in FIELDS:
        register_comparison_class(field_class, comparison_class=ValueComparison)
