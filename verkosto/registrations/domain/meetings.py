"""The meetings of a series, person by person: who comes to which, and who came."""

from collections.abc import Iterable
from datetime import datetime

from django.utils import timezone

from verkosto.core.transactions import in_transaction
from verkosto.registrations.domain.capacity import lock_registration
from verkosto.registrations.domain.history import User, record
from verkosto.registrations.enums import Actor, Attendance, HistoryEvent, Participation, RegistrationStatus
from verkosto.registrations.exceptions import ChangesClosed, NotPossible
from verkosto.registrations.facts import CalendarEntry
from verkosto.registrations.mail import outbox
from verkosto.registrations.models import Desk, MeetingParticipation, Registration

CHUNK = 500  # rows written at once
HISTORY_EVENTS = {
    Participation.COMING: HistoryEvent.MEETING_ADDED,
    Participation.NOT_COMING: HistoryEvent.MEETING_DECLINED,
    Participation.ATTENDED: HistoryEvent.ATTENDED,
    Participation.ABSENT: HistoryEvent.ABSENT,
}


def nearest_meeting(meetings: Iterable[CalendarEntry], now: datetime | None = None) -> CalendarEntry | None:
    """Return the meeting whose start is nearest in time, of those that are held if there are any; None without meetings."""
    now = now or timezone.now()
    return min(meetings, key=lambda meeting: (meeting.cancelled, abs(meeting.starts_at - now)), default=None)


def join_meetings(registration: Registration) -> None:
    """Register somebody who gets a place in a series for its meetings to come. What they have declined stays so.

    No query for the desk of a single event.
    """
    meetings = [meeting for meeting in registration.desk.meetings() if not meeting.is_over]
    if meetings:
        _write_rows([MeetingParticipation(registration=registration, meeting=meeting.uid) for meeting in meetings])


def join_new_meetings(desk: Desk) -> None:
    """Register the people who have a place for the meetings to come that were added to a series. The desk is locked.

    Two queries when there is nothing to add; none for the desk of a single event.
    """
    meetings = [meeting.uid for meeting in desk.meetings() if not meeting.is_over]
    if not meetings:
        return
    people = desk.registrations.confirmed().filter(purged_at__isnull=True)
    number = people.count()
    known = MeetingParticipation.objects.filter(registration__in=people).rows_by_meeting()
    for uid in meetings:
        if known.get(uid, 0) < number:
            without = people.exclude(participations__meeting=uid).order_by("pk").values_list("pk", flat=True)
            _write_rows([MeetingParticipation(registration_id=pk, meeting=uid) for pk in without])


def _write_rows(rows: list[MeetingParticipation]) -> None:
    MeetingParticipation.objects.bulk_create(rows, batch_size=CHUNK, ignore_conflicts=True)


@in_transaction
def change_participation(*, registration: Registration, meeting: str, comes: bool, user: User = None) -> bool:
    """Decline a meeting of a series, or add it again. Return False if nothing changed.

    The person is notified, with the calendar entry of the one meeting. Raises ChangesClosed when the registrant may no
    longer change it, and NotPossible without a place, for a meeting that is not held or unknown, and after the attendance
    has been recorded.
    """
    registration = lock_registration(registration)
    desk = registration.desk
    entry = _meeting_of(registration, meeting)
    if user is None and (entry.is_over or not desk.takes_changes):
        raise ChangesClosed
    if entry.cancelled or entry.is_over:
        raise NotPossible
    row = _row_of(registration, meeting)
    status = Participation.COMING if comes else Participation.NOT_COMING
    if row.status == status and row.pk:
        return False
    if row.checked_in_at or row.status == Participation.ABSENT:
        raise NotPossible
    row.sequence += 1
    _save(row, status, entry, user=user, actor=Actor.REGISTRANT)
    kind = "meeting_added" if comes else "meeting_declined"
    outbox.write(kind, registration=registration, context={"meeting_uid": meeting, "had_place": True})
    return True


@in_transaction
def record_meeting_attendance(*, registration: Registration, meeting: str, attendance: str, user: User) -> bool:
    """Record whether a person came to a meeting; ``Attendance.UNKNOWN`` clears it. Return False if nothing changed.

    Somebody who had declined the meeting can be checked in too. The attendance of the registration follows: they attended
    when they came to any of the meetings. Raises NotPossible without a place, and for an unknown meeting.
    """
    registration = lock_registration(registration)
    entry = _meeting_of(registration, meeting)
    row = _row_of(registration, meeting)
    came = {Attendance.ATTENDED: Participation.ATTENDED, Attendance.ABSENT: Participation.ABSENT}
    status = came.get(Attendance(attendance), Participation.COMING)
    if row.status == status and row.pk:
        return False
    if status == Participation.COMING and row.status == Participation.NOT_COMING:
        return False
    event = None if status != Participation.COMING else HistoryEvent.ATTENDANCE_CLEARED
    _save(row, status, entry, user=user, event=event)
    _update_attendance(registration)
    return True


@in_transaction
def set_participation(*, registration: Registration, meeting: str, status: str, user: User) -> bool:
    """Set how somebody takes part in a meeting, for staff. Return False if nothing changed.

    Raises what ``change_participation`` and ``record_meeting_attendance`` raise.
    """
    if status in (Participation.ATTENDED, Participation.ABSENT):
        return record_meeting_attendance(registration=registration, meeting=meeting, attendance=status, user=user)
    cleared = record_meeting_attendance(
        registration=registration, meeting=meeting, attendance=Attendance.UNKNOWN, user=user
    )
    if cleared and status == Participation.COMING:
        return True
    comes = status == Participation.COMING
    return change_participation(registration=registration, meeting=meeting, comes=comes, user=user)


def _meeting_of(registration: Registration, uid: str) -> CalendarEntry:
    """Return the meeting, with its title in the registrant's language. Raises NotPossible."""
    entry = registration.desk.meeting(uid, registration.language)
    if registration.status != RegistrationStatus.CONFIRMED or entry is None:
        raise NotPossible
    return entry


def _row_of(registration: Registration, uid: str) -> MeetingParticipation:
    """Return the stored row, or a new one."""
    found = registration.participations.filter(meeting=uid).first()
    return found or MeetingParticipation(registration=registration, meeting=uid)


def _save(
    row: MeetingParticipation,
    status: Participation,
    entry: CalendarEntry,
    *,
    user: User,
    actor: Actor = Actor.SYSTEM,
    event: HistoryEvent | None = None,
) -> None:
    """Save a row in its new status, with a step of the registration's history."""
    now = timezone.now()
    row.status, row.changed_at = status, now
    row.checked_in_at = now if status == Participation.ATTENDED else None
    row.save()
    before = row.registration.status
    record(
        row.registration, event or HISTORY_EVENTS[status], before=before, user=user, actor=actor, reason=entry.title
    )


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
