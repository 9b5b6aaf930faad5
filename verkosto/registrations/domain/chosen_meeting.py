"""Which meeting of a series a list of people is about."""

from collections.abc import Mapping
from datetime import date

from django.db.models import Prefetch

from verkosto.registrations.domain.event_days import meetings_on
from verkosto.registrations.domain.meetings import nearest_meeting
from verkosto.registrations.facts import CalendarEntry
from verkosto.registrations.models import Desk, Guest


def meeting_options(desk: Desk, day: date | None = None) -> list[tuple[str, str]]:
    """Return the meetings of a desk, or those on a day, as (UID, label); [] for a single event."""
    return [(meeting.uid, meeting.label) for meeting in _meetings(desk, day)]


def chosen_meeting(desk: Desk, query: Mapping[str, str], day: date | None = None) -> CalendarEntry | None:
    """Return the meeting, of all or of those on a day, that a request names, or else the nearest in time.

    None for a single event.
    """
    meetings = _meetings(desk, day)
    named = query.get("meeting", "")
    return next((meeting for meeting in meetings if meeting.uid == named), None) or nearest_meeting(meetings)


def _meetings(desk: Desk, day: date | None) -> list[CalendarEntry]:
    return meetings_on(desk.meetings(), day) if day else desk.meetings()


def guests_at(meeting: CalendarEntry | None) -> Prefetch:
    """Return how to read the guests of registrations: with how they take part in a meeting, where one is given."""
    guests = Guest.objects.at_meeting(meeting.uid) if meeting else Guest.objects.all()
    return Prefetch("guests", queryset=guests)
