from datetime import date
from typing import Any

from django import template
from django.utils.safestring import SafeString

from ..wording import clock_range_words, clock_words, day_words, month_words

register = template.Library()


@register.filter
def when_html(when: Any) -> SafeString:
    """A ``When`` in words with ``<time>`` elements; "" for None."""
    return when.html() if when else SafeString("")


@register.filter
def when_words(when: Any) -> str:
    """A ``When`` as plain text; "" for None."""
    return when.words() if when else ""


@register.filter
def long_day(day: date | None) -> str:
    """A day in words: "16.9.2026", "16 september 2026"."""
    return day_words(day) if day else ""


@register.filter
def long_month(day: date | None) -> str:
    """The month of a day in words: "kesäkuu 2026"."""
    return month_words(day) if day else ""


@register.simple_tag
def agenda_times(item: Any) -> str:
    """The times of an agenda item: "klo 13.00–13.10", "kl. 13.00", or ""."""
    if item.starts_at is None:
        return ""
    return "".join(clock_range_words(item.starts_at, item.ends_at)) if item.ends_at else clock_words(item.starts_at)
