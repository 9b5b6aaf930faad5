"""What registrants and staff do about single meetings of a series: decline and add them, record who came."""

from django.utils import timezone

from verkosto.core.transactions import in_transaction
from verkosto.registrations.domain.capacity import lock_registration
from verkosto.registrations.domain.history import User, record
from verkosto.registrations.domain.meetings import place_at
from verkosto.registrations.domain.waiting_list import promote_for_meetings
from verkosto.registrations.enums import Actor, Attendance, HistoryEvent, Participation, RegistrationStatus
from verkosto.registrations.exceptions import ChangesClosed, NotPossible
from verkosto.registrations.facts import CalendarEntry
from verkosto.registrations.mail import outbox
from verkosto.registrations.models import MeetingParticipation, Registration

#: What a choice is called in the history, and in the mail about it.
STEPS = {
    Participation.COMING: (HistoryEvent.MEETING_ADDED, "meeting_added"),
    Participation.WAITING: (HistoryEvent.MEETING_WAITING, "meeting_waiting"),
    Participation.NOT_COMING: (HistoryEvent.MEETING_DECLINED, "meeting_declined"),
}
ATTENDANCE_EVENTS = {
    Attendance.ATTENDED: HistoryEvent.ATTENDED,
    Attendance.ABSENT: HistoryEvent.ABSENT,
    Attendance.UNKNOWN: HistoryEvent.ATTENDANCE_CLEARED,
}
CAME = {Attendance.ATTENDED: Participation.ATTENDED, Attendance.ABSENT: Participation.ABSENT}


@in_transaction
def change_participation(*, registration: Registration, meeting: str, comes: bool, user: User = None) -> bool:
    """Decline a meeting of a series, or add it again. Return False if nothing changed.

    A full meeting is added with a place on its waiting list; a declined one gives its places to that list. The person is
    notified, with the calendar entry of the one meeting. Raises ChangesClosed when the registrant may no longer change
    it, and NotPossible without a place, for a meeting that is not held or unknown, and after the attendance has been
    recorded.
    """
    registration = lock_registration(registration)
    entry = meeting_to_change(registration, meeting, user)
    row = _row_of(registration, meeting)
    if row.status in CAME.values():
        raise NotPossible
    if comes == (row.planned != Participation.NOT_COMING):
        return False
    was_coming = row.planned == Participation.COMING
    row.status = row.planned = place_at(registration, entry) if comes else Participation.NOT_COMING
    row.sequence, row.changed_at = row.sequence + 1, timezone.now()
    row.save()
    event, kind = STEPS[row.planned]
    record(registration, event, before=registration.status, user=user, actor=Actor.REGISTRANT, reason=entry.title)
    outbox.write(kind, registration=registration, context={"meeting_uid": meeting, "had_place": was_coming})
    promote_for_meetings(registration.desk)
    return True


@in_transaction
def record_meeting_attendance(
    *, registration: Registration, meeting: str, attendance: str, user: User, check_in_link: str = ""
) -> bool:
    """Record whether a person came to a meeting; ``Attendance.UNKNOWN`` clears it. Return False if nothing changed.

    Somebody who had declined the meeting can be checked in too. The attendance of the registration follows: they attended
    when they came to any of the meetings. Raises NotPossible without a place, and for an unknown meeting.
    """
    registration = lock_registration(registration)
    entry = meeting_of(registration, meeting)
    row = _row_of(registration, meeting)
    status = CAME.get(Attendance(attendance), Participation(row.planned))
    if row.status == status:
        return False
    row.status = status
    row.checked_in_at = timezone.now() if status == Participation.ATTENDED else None
    row.save()
    event = ATTENDANCE_EVENTS[Attendance(attendance)]
    record(registration, event, before=registration.status, user=user, reason=entry.title, check_in_link=check_in_link)
    _update_attendance(registration)
    return True


@in_transaction
def set_participation(*, registration: Registration, meeting: str, status: str, user: User) -> bool:
    """Set how somebody takes part in a meeting, for staff. Return False if nothing changed.

    Raises what ``change_participation`` and ``record_meeting_attendance`` raise.
    """
    attendance = {came: recorded for recorded, came in CAME.items()}.get(Participation(status), Attendance.UNKNOWN)
    changed = record_meeting_attendance(registration=registration, meeting=meeting, attendance=attendance, user=user)
    if attendance != Attendance.UNKNOWN:
        return changed
    comes = status != Participation.NOT_COMING
    planned = _row_of(registration, meeting).planned
    if comes == (planned != Participation.NOT_COMING):
        return changed
    return change_participation(registration=registration, meeting=meeting, comes=comes, user=user) or changed


def meeting_to_change(registration: Registration, uid: str, user: User) -> CalendarEntry:
    """Return a meeting that can be declined and added now. Raises ChangesClosed or NotPossible."""
    entry = meeting_of(registration, uid)
    if user is None and (entry.is_over or not registration.desk.takes_changes):
        raise ChangesClosed
    if entry.cancelled or entry.is_over:
        raise NotPossible
    return entry


def meeting_of(registration: Registration, uid: str) -> CalendarEntry:
    """Return the meeting, with its title in the registrant's language. Raises NotPossible."""
    entry = registration.desk.meeting(uid, registration.language)
    if registration.status != RegistrationStatus.CONFIRMED or entry is None:
        raise NotPossible
    return entry


def _row_of(registration: Registration, uid: str) -> MeetingParticipation:
    """Return the stored row, or a new one: who has none registered when the meeting was over, and does not come."""
    found = registration.participations.filter(meeting=uid).first()
    no = Participation.NOT_COMING
    return found or MeetingParticipation(registration=registration, meeting=uid, status=no, planned=no)


def _update_attendance(registration: Registration) -> None:
    """Set the attendance of a registration by that of its meetings."""
    rows = list(registration.participations.all())
    times = [row.checked_in_at for row in rows if row.checked_in_at]
    if times:
        registration.attendance = Attendance.ATTENDED
    elif any(row.status == Participation.ABSENT for row in rows):
        registration.attendance = Attendance.ABSENT
    else:
        registration.attendance = Attendance.UNKNOWN
    registration.checked_in_at = max(times, default=None)
    registration.save(update_fields=["attendance", "checked_in_at", "updated_at"])
