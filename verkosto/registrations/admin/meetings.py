"""The meetings of a series in the admin: who takes part, and how many came to each."""

from dataclasses import dataclass, field, replace

from verkosto.registrations.enums import EXPECTED, Attendance, Participation
from verkosto.registrations.facts import CalendarEntry
from verkosto.registrations.models import (
    Desk,
    Guest,
    GuestParticipation,
    MeetingParticipation,
    Registration,
    guest_status,
)


@dataclass(frozen=True, kw_only=True)
class MeetingRow:
    """One meeting of a registration, with the statuses that staff can set."""

    entry: CalendarEntry
    status: str
    label: str
    options: list[tuple[str, str]]
    # The guests, each with a row of their own.
    guests: list[tuple[Guest, "MeetingRow"]] = field(default_factory=list)


def meetings_of(registration: Registration) -> list[MeetingRow]:
    """Return the meetings of a registration at a series. At most three queries; none for a single event."""
    meetings = registration.desk.meetings()
    if not meetings:
        return []
    rows = {row.meeting: row.status for row in registration.participations.all()}
    guests = list(registration.guests.prefetch_related("participations")) if registration.places > 1 else []
    own = {(row.guest_id, row.meeting): row for guest in guests for row in guest.participations.all()}

    def row_of(meeting: CalendarEntry) -> MeetingRow:
        status = rows.get(meeting.uid, "")
        statuses = ((guest, guest_status(status, own.get((guest.pk, meeting.uid)))) for guest in guests)
        return replace(
            _row(meeting, status), guests=[(guest, _row(meeting, guest_has)) for guest, guest_has in statuses]
        )

    return [row_of(meeting) for meeting in meetings]


def _row(meeting: CalendarEntry, status: str) -> MeetingRow:
    labels = {value: str(label) for value, label in Participation.choices}
    if meeting.is_over:
        labels[Participation.COMING] = str(Attendance.UNKNOWN.label)
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
    """Return the places of people with a place by meeting. Three queries; none for a single event.

    Guests count as the person who brings them plans, unless something else is stored about them.
    """
    meetings = desk.meetings()
    if not meetings:
        return []
    places = MeetingParticipation.objects.of_desk(desk).people_by_meeting()
    for (uid, plan, comes, attendance), number in GuestParticipation.objects.of_desk(desk).by_host_plan().items():
        row = GuestParticipation(comes=comes, attendance=attendance)
        places[(uid, plan)] -= number
        places[(uid, guest_status(plan, row))] += number
    return [
        MeetingFigures(
            entry=meeting, **{status.value: places.get((meeting.uid, status.value), 0) for status in Participation}
        )
        for meeting in meetings
    ]
