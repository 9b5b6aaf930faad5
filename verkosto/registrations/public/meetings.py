"""The meetings of a series as a registered person sees them, each with what they can do."""

from dataclasses import dataclass, field, replace

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from verkosto.registrations.enums import Participation, RegistrationStatus
from verkosto.registrations.facts import CalendarEntry
from verkosto.registrations.models import Guest, MeetingParticipation, Registration, guest_status


@dataclass(frozen=True, kw_only=True)
class RegistrantMeeting:
    """A meeting, how the person takes part, and whether they can decline or add it now."""

    entry: CalendarEntry
    status: str
    label: str
    can_change: bool
    guests: list["GuestAtMeeting"] = field(default_factory=list)

    @property
    def is_declined(self) -> bool:
        return self.status == Participation.NOT_COMING


@dataclass(frozen=True, kw_only=True)
class GuestAtMeeting:
    """A guest at a meeting, and whether it can be declined for them, or added, now."""

    guest: Guest
    status: str
    label: str
    can_change: bool

    @property
    def is_declined(self) -> bool:
        return self.status == Participation.NOT_COMING


def meetings_of(registration: Registration, language: str | None) -> list[RegistrantMeeting]:
    """Return the meetings of a person with a place in a series, in order of time; [] for others.

    At most three queries; none for the desk of a single event.
    """
    entries = registration.desk.meetings(language) if registration.status == RegistrationStatus.CONFIRMED else []
    if not entries:
        return []
    rows = {row.meeting: row for row in registration.participations.all()}
    guests = list(registration.guests.prefetch_related("participations")) if registration.places > 1 else []
    meetings = [_meeting(entry, rows.get(entry.uid), registration.desk.takes_changes) for entry in entries]
    return [
        # Nobody comes to a meeting that is not held.
        replace(meeting, guests=[] if meeting.entry.cancelled else [_guest(guest, meeting) for guest in guests])
        for meeting in meetings
    ]


def _guest(guest: Guest, meeting: RegistrantMeeting) -> GuestAtMeeting:
    row = next((row for row in guest.participations.all() if row.meeting == meeting.entry.uid), None)
    status = guest_status(meeting.status, row)
    is_brought = meeting.status in (Participation.COMING, Participation.WAITING)
    labels: dict[str, object] = dict(Participation.choices)
    return GuestAtMeeting(
        guest=guest,
        status=status,
        label=_("Over") if status == Participation.COMING and meeting.entry.is_over else str(labels.get(status, "")),
        can_change=meeting.can_change and is_brought and not (row and row.attendance),
    )


def _meeting(entry: CalendarEntry, row: MeetingParticipation | None, takes_changes: bool) -> RegistrantMeeting:
    status = row.status if row else ""
    is_recorded = status in (Participation.ATTENDED, Participation.ABSENT)
    return RegistrantMeeting(
        entry=entry,
        status=status,
        label=_label(entry, row),
        can_change=takes_changes and not (entry.cancelled or entry.is_over or is_recorded),
    )


def _label(entry: CalendarEntry, row: MeetingParticipation | None) -> str:
    """Return how the person takes part, or that the meeting is not held."""
    if entry.cancelled:
        return _("Postponed until further notice") if entry.postponed else pgettext("event", "Cancelled")
    if row and (row.status != Participation.COMING or not entry.is_over):
        return str(row.get_status_display())
    return _("Over") if entry.is_over else str(Participation.COMING.label)
