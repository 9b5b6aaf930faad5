from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from django import template
from django.conf import settings
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.text import capfirst

from verkosto.core.formats import clock_figures, day_words, moment_words, month_words

register = template.Library()


@register.simple_tag
def day(value: date | None) -> SafeString:
    """A day in the active language in a ``<time>`` element; "" for none."""
    if value is None:
        return SafeString("")
    return format_html('<time datetime="{}">{}</time>', value.isoformat(), day_words(value))


@register.simple_tag
def moment(value: datetime | None, zone: str = "") -> SafeString:
    """A day and a time of day in a zone (IANA name; the site's own without one) in a ``<time>`` element."""
    if value is None:
        return SafeString("")
    local = value.astimezone(ZoneInfo(zone or settings.TIME_ZONE))
    return format_html('<time datetime="{}">{}</time>', local.isoformat(timespec="minutes"), moment_words(value, zone))


@register.simple_tag
def clock(value: time | None) -> SafeString:
    """A time of day as figures alone, for a column of times: "9.00", "1 pm"; "" for none."""
    if value is None:
        return SafeString("")
    return format_html('<time datetime="{}">{}</time>', f"{value:%H:%M}", clock_figures(value))


@register.simple_tag
def month_name(value: date) -> str:
    """A month and its year in the active language, with the capital of a heading."""
    return capfirst(month_words(value))
