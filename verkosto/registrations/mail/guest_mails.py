"""The mails to guests: a confirmation with a calendar entry and a check-in code of their own, and a cancellation.

What everybody at an event is notified of, such as a new time, is written to them by ``outbox.write_many``.
"""

from verkosto.registrations.enums import RegistrationStatus
from verkosto.registrations.mail import outbox
from verkosto.registrations.mail.attendees import guest_context
from verkosto.registrations.models import Desk, Guest, Registration


def write_registered(guest: Guest, registration: Registration) -> None:
    """Write the confirmation to a guest with an address, if the registration has a place."""
    if registration.status != RegistrationStatus.CONFIRMED or not guest.email:
        return
    context = guest_context(guest, registration)
    # Somebody else typed the address.
    outbox.write(
        "guest_registered",
        registration=registration,
        guest=guest,
        recipient=guest.email,
        context=context,
        anonymous=True,
    )


def write_cancelled(guest: Guest, registration: Registration, *, desk: Desk | None = None) -> None:
    """Write to a guest with an address, who had a place, that they have none any more: at a desk that was left, if given.

    The message belongs to no registration: it is sent also when the registration is erased.
    """
    if not guest.email:
        return
    outbox.write(
        "guest_cancelled",
        desk=desk or registration.desk,
        recipient=guest.email,
        language=registration.language,
        context=guest_context(guest, registration),
        anonymous=True,
    )


def write_meeting_changed(guest: Guest, registration: Registration, *, meeting: str, comes: bool) -> None:
    """Write to a guest with an address that they come to a meeting of a series, or no longer do."""
    if not guest.email:
        return
    outbox.write(
        "guest_meeting_added" if comes else "guest_meeting_declined",
        registration=registration,
        guest=guest,
        recipient=guest.email,
        context={**guest_context(guest, registration), "meeting_uid": meeting, "had_place": True},
        anonymous=True,
    )


def write_registered_to_all(registration: Registration) -> None:
    """Write the confirmation to each guest of a registration that got its place."""
    for guest in _guests(registration):
        write_registered(guest, registration)


def write_cancelled_to_all(registration: Registration, *, desk: Desk | None = None) -> None:
    """Write the cancellation to each guest of a registration that had its place."""
    for guest in _guests(registration):
        write_cancelled(guest, registration, desk=desk)


def _guests(registration: Registration) -> list[Guest]:
    if registration.places == 1:
        return []
    return list(Guest.objects.filter(registration=registration).exclude(email=""))
