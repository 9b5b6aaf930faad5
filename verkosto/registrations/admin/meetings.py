"""The meetings of a series in the admin: which one a page is about, who takes part, and how many came to each."""

from collections.abc import Mapping
from dataclasses import dataclass

from verkosto.registrations.domain.meetings import nearest_meeting
from verkosto.registrations.enums import EXPECTED, Attendance, Participation
from verkosto.registrations.facts import CalendarEntry
from verkosto.registrations.models import Desk, MeetingParticipation, Registration


def meeting_options(desk: Desk) -> list[tuple[str, str]]:
    """Return the meetings of a desk as (UID, label); [] for a single event."""
    return [(meeting.uid, meeting.label) for meeting in desk.meetings()]


def chosen_meeting(desk: Desk, query: Mapping[str, str]) -> CalendarEntry | None:
    """Return the meeting that a request names, or else the nearest in time; None for a single event."""
    meetings = desk.meetings()
    named = query.get("meeting", "")
    return next((meeting for meeting in meetings if meeting.uid == named), None) or nearest_meeting(meetings)


@dataclass(frozen=True, kw_only=True)
class MeetingRow:
    """One meeting of a registration, with the statuses that staff can set."""

    entry: CalendarEntry
    status: str
    label: str
    options: list[tuple[str, str]]


def meetings_of(registration: Registration) -> list[MeetingRow]:
    """Return the meetings of a registration at a series. One query; none for a single event."""
    meetings = registration.desk.meetings()
    if not meetings:
        return []
    rows = {row.meeting: row for row in registration.participations.all()}
    return [_row(meeting, rows.get(meeting.uid)) for meeting in meetings]


def _row(meeting: CalendarEntry, row: MeetingParticipation | None) -> MeetingRow:
    labels = {value: str(label) for value, label in Participation.choices}
    if meeting.is_over:
        labels[Participation.COMING] = str(Attendance.UNKNOWN.label)
    status = row.status if row else ""
    can_decline = not meeting.is_over and not meeting.cancelled
    choices = (*EXPECTED, Participation.NOT_COMING) if can_decline else EXPECTED
    offered = (value for value in labels if value in (status, *choices))
    return MeetingRow(
        entry=meeting,
        status=status,
        label=labels.get(status, ""),
        options=[(value, labels[value]) for value in offered],
    )


@dataclass(frozen=True, kw_only=True)
class MeetingFigures:
    """The number of places at one meeting by status."""

    entry: CalendarEntry
    coming: int
    not_coming: int
    waiting: int
    attended: int
    absent: int


def figures_by_meeting(desk: Desk) -> list[MeetingFigures]:
    """Return the places of people with a place by meeting. One query; none for a single event."""
    meetings = desk.meetings()
    if not meetings:
        return []
    places = MeetingParticipation.objects.of_desk(desk).places_by_meeting()
    return [
        MeetingFigures(
            entry=meeting, **{status.value: places.get((meeting.uid, status.value), 0) for status in Participation}
        )
        for meeting in meetings
    ]
