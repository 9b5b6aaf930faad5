"""Attendance: which registered people came."""

from django.utils import timezone

from verkosto.core.transactions import in_transaction
from verkosto.registrations.domain.guest_participations import record_guest_meeting_attendance
from verkosto.registrations.domain.history import User, record
from verkosto.registrations.domain.participations import record_meeting_attendance
from verkosto.registrations.enums import Attendance, HistoryEvent, RegistrationStatus
from verkosto.registrations.exceptions import NotPossible
from verkosto.registrations.models import Guest, Registration

EVENTS = {
    Attendance.ATTENDED: HistoryEvent.ATTENDED,
    Attendance.ABSENT: HistoryEvent.ABSENT,
    Attendance.UNKNOWN: HistoryEvent.ATTENDANCE_CLEARED,
}


@in_transaction
def record_attendance(
    *, registration: Registration, attendance: str, user: User, meeting: str = "", check_in_link: str = ""
) -> bool:
    """Record a person's attendance; ``Attendance.UNKNOWN`` clears it. Return False if nothing changed.

    ``meeting`` is the UID of a meeting of a series, ``check_in_link`` the name of the link that was used without an
    account. Raises NotPossible for a registration that has no place, and for an
    unknown meeting.
    """
    if meeting:
        return record_meeting_attendance(
            registration=registration, meeting=meeting, attendance=attendance, user=user, check_in_link=check_in_link
        )
    if registration.status != RegistrationStatus.CONFIRMED:
        raise NotPossible
    checked_in_at = timezone.now() if attendance == Attendance.ATTENDED else None
    changed = (
        Registration.objects.confirmed()
        .filter(pk=registration.pk)
        .exclude(attendance=attendance)
        .update(attendance=attendance, checked_in_at=checked_in_at, updated_at=timezone.now())
    )
    if changed:
        registration.attendance, registration.checked_in_at = attendance, checked_in_at
        record(
            registration,
            EVENTS[Attendance(attendance)],
            before=registration.status,
            user=user,
            check_in_link=check_in_link,
        )
    return bool(changed)


@in_transaction
def record_guest_attendance(
    *, guest: Guest, attendance: str, user: User, meeting: str = "", check_in_link: str = ""
) -> bool:
    """Record the attendance of a guest; ``Attendance.UNKNOWN`` clears it. Return False if nothing changed.

    ``meeting`` and ``check_in_link`` are as in ``record_attendance``. Raises NotPossible for a guest of a registration
    that has no place, and for an unknown meeting.
    """
    if meeting:
        return record_guest_meeting_attendance(
            guest=guest, meeting=meeting, attendance=attendance, user=user, check_in_link=check_in_link
        )
    registration = guest.registration
    if registration.status != RegistrationStatus.CONFIRMED:
        raise NotPossible
    checked_in_at = timezone.now() if attendance == Attendance.ATTENDED else None
    others = Guest.objects.filter(pk=guest.pk).exclude(attendance=attendance)
    changed = others.update(attendance=attendance, checked_in_at=checked_in_at)
    guest.attendance = attendance
    if changed:
        event = EVENTS[Attendance(attendance)]
        record(
            registration, event, before=registration.status, user=user, reason=guest.name, check_in_link=check_in_link
        )
    return bool(changed)
