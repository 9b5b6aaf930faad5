"""The repetitions of an event in a calendar (RFC 5545 §3.8.5): those of rules that people make, and no endless ones."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from icalendar import Component

from event_pages.imports.recurrence_rules import rule_days
from event_pages.imports.values import UnreadableFile

MAX_OCCURRENCES = 60  # of one event
HORIZON = timedelta(days=3 * 366)  # from the first occurrence


def occurrences(event: Component, start: datetime | date) -> list[datetime | date] | None:
    """Return the starts of an event's repetitions, as local times of its zone or as days; None if it has no rule.

    Raise UnreadableFile for a rule that has no end, too many repetitions, or parts that are not understood.
    """
    rule: Any = event.get("rrule")
    if event.get("rdate") is not None or isinstance(rule, list):
        raise UnreadableFile(_("Its dates are not a simple repetition. Import it as single events."))
    if rule is None:
        return None
    left_out = {_local(day, start) for day in _excluded(event)}
    found = [day for day in _starts(rule, start) if day not in left_out]
    if not isinstance(start, datetime):
        return [day.date() for day in found]
    return [day.replace(tzinfo=start.tzinfo) for day in found]


def recurrence_key(start: datetime | date) -> str:
    """Return the part of a key that tells repetitions apart: the start that the rule gives (RFC 5545 §3.8.4.4)."""
    return (start.astimezone(UTC) if isinstance(start, datetime) and start.tzinfo else start).isoformat()


def _starts(rule: Mapping[str, Any], start: datetime | date) -> list[datetime]:
    """Return the starts by a rule, without a zone: of each day until the horizon it is asked whether it belongs."""
    first = _local(start, start)
    parts = {str(name).upper(): value if isinstance(value, list) else [value] for name, value in rule.items()}
    count, until = parts.pop("COUNT", [0])[0], parts.pop("UNTIL", [None])[0]
    if not count and until is None:
        raise UnreadableFile(_("It repeats without end. Give the repetition a last day, and export the file again."))
    last, horizon = datetime.max if until is None else _last(until, start), first + HORIZON
    days = rule_days(parts, first.date(), horizon.date())
    starts = [moment for day in days if (moment := datetime.combine(day, first.time())) <= last]
    is_cut = last > horizon if until else len(starts) < count
    starts = starts[: count or None]
    if len(starts) > MAX_OCCURRENCES or count > MAX_OCCURRENCES or is_cut:
        text = ngettext(
            "It repeats too often or for too long: at most %(most)s time, within three years.",
            "It repeats too often or for too long: at most %(most)s times, within three years.",
            MAX_OCCURRENCES,
        )
        raise UnreadableFile(text % {"most": MAX_OCCURRENCES})
    return starts


def _last(until: datetime | date, start: datetime | date) -> datetime:
    """Return the last local time of a rule. A day counts until its end."""
    return _local(until, start) if isinstance(until, datetime) else datetime.combine(until, time.max)


def _excluded(event: Component) -> Iterator[datetime | date]:
    """Yield the starts that are left out (EXDATE)."""
    lists: Any = event.get("exdate", [])
    for each in lists if isinstance(lists, list) else [lists]:
        yield from (entry.dt for entry in each.dts)


def _local(moment: datetime | date, start: datetime | date) -> datetime:
    """Return a time without its zone, in the zone of the start; of a day its midnight."""
    if not isinstance(moment, datetime):
        return datetime.combine(moment, time.min)
    zone = start.tzinfo if isinstance(start, datetime) else None
    return (moment.astimezone(zone) if moment.tzinfo and zone else moment).replace(tzinfo=None)
