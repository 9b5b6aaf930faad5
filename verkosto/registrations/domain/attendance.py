"""Who was there."""

from typing import Any

from django.utils import timezone

from verkosto.core.transactions import in_transaction
from verkosto.registrations.domain.history import record
from verkosto.registrations.enums import Attendance, RegistrationStatus
from verkosto.registrations.exceptions import NotPossible
from verkosto.registrations.models import Registration

EVENTS = {Attendance.ATTENDED: "attended", Attendance.ABSENT: "absent", Attendance.UNKNOWN: "attendance_cleared"}


@in_transaction
def record_attendance(*, registration: Registration, attendance: str, user: Any) -> bool:
    """Record whether a person came; "" takes the record back. Returns False where nothing changed: twice is once.

    Raises NotPossible for a registration that has no place.
    """
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
        record(registration, EVENTS[Attendance(attendance)], before=registration.status, user=user)
    return bool(changed)
