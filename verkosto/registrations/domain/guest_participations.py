"""What people and staff do about single meetings of a series for one guest: decline and add them, record who came."""

from django.utils import timezone

from verkosto.core.transactions import in_transaction
from verkosto.registrations.domain.capacity import lock_registration
from verkosto.registrations.domain.history import User, record
from verkosto.registrations.domain.meetings import has_place_for_guest
from verkosto.registrations.domain.participations import ATTENDANCE_EVENTS, meeting_of, meeting_to_change
from verkosto.registrations.domain.waiting_list import promote_for_meetings
from verkosto.registrations.enums import Actor, Attendance, HistoryEvent, Participation
from verkosto.registrations.exceptions import DeskFull, NotPossible
from verkosto.registrations.mail import guest_mails
from verkosto.registrations.models import Guest, GuestParticipation, Registration

RECORDED = {Participation.ATTENDED: Attendance.ATTENDED, Participation.ABSENT: Attendance.ABSENT}


@in_transaction
def change_guest_participation(
    *, registration: Registration, reference: str, meeting: str, comes: bool, user: User = None
) -> bool:
    """Decline a meeting for one guest, or add it again. Return False if nothing changed.

    The place goes to the waiting list of the meeting; a guest does not wait alone. Guests with an address are notified.
    Raises what ``participations.change_participation`` raises, NotPossible where the person who brings the guest does not
    come, and DeskFull where the meeting has no place.
    """
    registration = lock_registration(registration)
    entry = meeting_to_change(registration, meeting, user)
    guest = _guest_of(registration, reference)
    plan = registration.participations.filter(meeting=meeting).values_list("planned", flat=True).first()
    row = _row_of(guest, meeting)
    if plan not in (Participation.COMING, Participation.WAITING) or row.attendance:
        raise NotPossible
    if comes == row.comes:
        return False
    is_coming = plan == Participation.COMING
    if comes and is_coming and not has_place_for_guest(registration, entry):
        raise DeskFull
    row.comes, row.sequence = comes, row.sequence + 1
    row.save()
    event = HistoryEvent.MEETING_ADDED if comes else HistoryEvent.MEETING_DECLINED
    about = _about(entry.title, guest)
    record(registration, event, before=registration.status, user=user, actor=Actor.REGISTRANT, reason=about)
    if is_coming:
        guest_mails.write_meeting_changed(guest, registration, meeting=meeting, comes=comes)
    promote_for_meetings(registration.desk)
    return True


@in_transaction
def record_guest_meeting_attendance(
    *, guest: Guest, meeting: str, attendance: str, user: User, check_in_link: str = ""
) -> bool:
    """Record whether a guest came to a meeting; ``Attendance.UNKNOWN`` clears it. Return False if nothing changed.

    The attendance of the guest follows: they attended when they came to any of the meetings. Raises NotPossible where the
    registration has no place, and for an unknown meeting.
    """
    registration = lock_registration(guest.registration)
    entry = meeting_of(registration, meeting)
    guest = _guest_of(registration, guest.reference)
    row = _row_of(guest, meeting)
    if row.attendance == attendance:
        return False
    row.attendance = attendance
    row.checked_in_at = timezone.now() if attendance == Attendance.ATTENDED else None
    row.save()
    event = ATTENDANCE_EVENTS[Attendance(attendance)]
    record(
        registration,
        event,
        before=registration.status,
        user=user,
        reason=_about(entry.title, guest),
        check_in_link=check_in_link,
    )
    _update_attendance(guest)
    return True


@in_transaction
def set_guest_participation(
    *, registration: Registration, reference: str, meeting: str, status: str, user: User
) -> bool:
    """Set how a guest takes part in a meeting, for staff. Return False if nothing changed.

    Raises what the two functions above raise.
    """
    guest = _guest_of(registration, reference)
    attendance = RECORDED.get(Participation(status), Attendance.UNKNOWN)
    changed = record_guest_meeting_attendance(guest=guest, meeting=meeting, attendance=attendance, user=user)
    comes = status != Participation.NOT_COMING
    if attendance != Attendance.UNKNOWN or _row_of(guest, meeting).comes == comes:
        return changed
    change_guest_participation(registration=registration, reference=reference, meeting=meeting, comes=comes, user=user)
    return True


def take_over_plans(successor: Guest, declined: list[str]) -> None:
    """Let a guest who takes the place of another decline the meetings that the other had declined.

    So the place takes no more places at a meeting than before.
    """
    GuestParticipation.objects.bulk_create(
        GuestParticipation(guest=successor, meeting=meeting, comes=False) for meeting in declined
    )


def _guest_of(registration: Registration, reference: str) -> Guest:
    guest = Guest.objects.filter(registration=registration, reference=reference).first()
    if guest is None:
        raise NotPossible
    return guest


def _row_of(guest: Guest, meeting: str) -> GuestParticipation:
    found = GuestParticipation.objects.filter(guest=guest, meeting=meeting).first()
    return found or GuestParticipation(guest=guest, meeting=meeting)


def _about(title: str, guest: Guest) -> str:
    return f"{title}, {guest}"


def _update_attendance(guest: Guest) -> None:
    """Set the attendance of a guest by that of the meetings."""
    rows = list(GuestParticipation.objects.filter(guest=guest).exclude(attendance=Attendance.UNKNOWN))
    attended = [row.checked_in_at for row in rows if row.checked_in_at]
    guest.attendance = (Attendance.ATTENDED if attended else Attendance.ABSENT) if rows else Attendance.UNKNOWN
    guest.checked_in_at = max(attended, default=None)
    guest.save(update_fields=["attendance", "checked_in_at"])
