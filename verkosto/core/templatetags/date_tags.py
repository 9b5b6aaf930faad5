from collections.abc import Callable
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from django import template
from django.conf import settings
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.text import capfirst

from verkosto.core import formats

register = template.Library()


@register.simple_tag
def day(value: date | None) -> SafeString:
    """Return a day in the active language in a ``<time>`` element, or "" for None."""
    if value is None:
        return SafeString("")
    return format_html('<time datetime="{}">{}</time>', value.isoformat(), formats.format_day(value))


@register.simple_tag
def date_time(value: datetime | None, zone: str = "") -> SafeString:
    """Return a day and a time in a zone (an IANA name; TIME_ZONE by default) in a ``<time>`` element, or ""."""
    return _moment(value, zone, formats.format_date_time)


@register.simple_tag
def zoned_time(value: datetime | None, zone: str = "") -> SafeString:
    """Return a day and a time as ``date_time`` does, with the name of a zone that is not the site's."""
    return _moment(value, zone, formats.format_zoned_time)


@register.simple_tag
def deadline(value: datetime | None, zone: str = "") -> SafeString:
    """Return until when something is possible in a ``<time>`` element, or "": see ``formats.format_deadline``."""
    return _moment(value, zone, formats.format_deadline)


@register.simple_tag
def opening(value: datetime | None, zone: str = "") -> SafeString:
    """Return from when something is possible in a ``<time>`` element, or "": see ``formats.format_opening``."""
    return _moment(value, zone, formats.format_opening)


@register.simple_tag
def time_of_day(value: time | None) -> SafeString:
    """Return a time without "klo" or "kl.", for a column of times: "9.00", "1 pm"; "" for None."""
    if value is None:
        return SafeString("")
    return format_html('<time datetime="{}">{}</time>', f"{value:%H:%M}", formats.format_bare_time(value))


@register.simple_tag
def weekday_and_day(value: date) -> str:
    """Return a day with its weekday and without its year, capitalised: "Ti 1.12.", "Tue 1 December"."""
    return capfirst(formats.format_weekday_and_day(value))


@register.simple_tag
def month_heading(value: date) -> str:
    """Return a month and its year in the active language, capitalised."""
    return capfirst(formats.format_month(value))


def _moment(value: datetime | None, zone: str, text: Callable[[datetime, str], str]) -> SafeString:
    if value is None:
        return SafeString("")
    local = value.astimezone(ZoneInfo(zone or settings.TIME_ZONE))
    return format_html('<time datetime="{}">{}</time>', local.isoformat(timespec="minutes"), text(value, zone))
