"""Times and days in time zones (IANA names)."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings


def zone_of(instance: object) -> str:
    """Return the zone in which the times of a page or another object are read and shown: its own, else the site's."""
    return getattr(instance, "timezone", "") or settings.TIME_ZONE


def start_of_day(day: date, zone: str) -> datetime:
    """Return the first moment of a day in a zone, in UTC."""
    return datetime.combine(day, time.min, tzinfo=ZoneInfo(zone)).astimezone(UTC)


def end_of_day(day: date, zone: str) -> datetime:
    """Return the last moment of a day in a zone, in UTC."""
    return start_of_day(day + timedelta(days=1), zone) - timedelta(microseconds=1)


def last_moment(start: datetime | None, end: datetime | None, zone: str) -> datetime | None:
    """Return when something is over: at its end or, if it has none, at the end of the day of its start in its zone.

    The rule is the same in lists, feeds, the search, desks and the admin. None without a start and an end.
    """
    if end or start is None:
        return end
    return end_of_day(start.astimezone(ZoneInfo(zone)).date(), zone)


def is_midnight(moment: datetime, zone: str) -> bool:
    """Return whether a day begins in the zone at this moment."""
    return moment.astimezone(ZoneInfo(zone)).time() == time.min


def shift(moment: datetime, days: int, zone: str) -> datetime:
    """Return the same time of day in a zone a number of days later, also if the clocks change in between."""
    local = moment.astimezone(ZoneInfo(zone))
    return (local + timedelta(days=days)).astimezone(UTC)


def clock_change(local: datetime, zone: str) -> str:
    """Return whether a change of the clocks makes a naive local time "missing" or occur "twice"; "" if neither (PEP 495)."""
    before, after = (local.replace(tzinfo=ZoneInfo(zone), fold=fold).utcoffset() for fold in (0, 1))
    if before is None or after is None or before == after:
        return ""
    return "missing" if before < after else "twice"
