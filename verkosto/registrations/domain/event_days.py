"""The days on which people come to what a desk is about. A day begins and ends in the site's time zone."""

from datetime import date, datetime, time, timedelta

from django.db.models import Q
from django.utils import timezone

from verkosto.registrations.facts import CalendarEntry
from verkosto.registrations.models import Desk


def site_day(moment: datetime | None = None) -> date:
    """Return the day of a moment, or today."""
    return timezone.localdate(moment, timezone.get_default_timezone())


def day_bounds(day: date) -> tuple[datetime, datetime]:
    """Return the moments at which a day begins and ends."""
    zone = timezone.get_default_timezone()
    begins = datetime.combine(day, time(), tzinfo=zone)
    return begins, datetime.combine(day + timedelta(days=1), time(), tzinfo=zone)


def held_on(day: date) -> Q:
    """Return the condition of the desks of events that are held on a day, and of series that go on then.

    A series may have no meeting on that day: ``takes_place_on`` says whether it has.
    """
    begins, ends = day_bounds(day)
    return Q(starts_at__lt=ends) & (Q(ends_at__gte=begins) | Q(ends_at__isnull=True, starts_at__gte=begins))


def takes_place_on(desk: Desk, day: date) -> bool:
    """Return whether an event, or a meeting of a series, is held on a day."""
    meetings = desk.meetings()
    if meetings:
        return bool(meetings_on(meetings, day))
    return _is_on(desk.starts_at, desk.ends_at, day)


def meetings_on(meetings: list[CalendarEntry], day: date) -> list[CalendarEntry]:
    """Return the meetings that are held on a day."""
    return [meeting for meeting in meetings if _is_on(meeting.starts_at, meeting.ends_at, day)]


def _is_on(starts_at: datetime | None, ends_at: datetime | None, day: date) -> bool:
    begins, ends = day_bounds(day)
    return starts_at is not None and starts_at < ends and (ends_at or starts_at) >= begins
