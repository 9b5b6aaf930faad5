"""The conditions on which a mail is still true. Facts may change between its writing and its delivery, days later."""

from collections.abc import Callable

from django.utils import timezone

from verkosto.registrations.enums import EventStatus, Opening, RegistrationStatus
from verkosto.registrations.models import Guest, Invitation, Message

Condition = Callable[[Message], bool]


def stays_at_desk(message: Message) -> bool:
    """Return whether the registration has not been moved to another desk."""
    return message.registration is None or message.registration.desk_id == message.desk_id


def has_left(message: Message) -> bool:
    """Return whether the registration has been moved to another desk."""
    return not stays_at_desk(message)


def is_active(message: Message) -> bool:
    """Return whether the registration has not ended."""
    return message.registration is not None and stays_at_desk(message) and not message.registration.has_ended


def _in_status(status: RegistrationStatus) -> Condition:
    def is_in_status(message: Message) -> bool:
        return message.registration is not None and stays_at_desk(message) and message.registration.status == status

    return is_in_status


is_unconfirmed = _in_status(RegistrationStatus.AWAITING_CONFIRMATION)
awaiting_approval = _in_status(RegistrationStatus.AWAITING_APPROVAL)
has_place = _in_status(RegistrationStatus.CONFIRMED)
is_on_waiting_list = _in_status(RegistrationStatus.WAITING)
declined = _in_status(RegistrationStatus.DECLINED)
cancelled = _in_status(RegistrationStatus.CANCELLED)
expired = _in_status(RegistrationStatus.EXPIRED)


def can_be_confirmed(message: Message) -> bool:
    """Return whether the address can still be confirmed."""
    return is_unconfirmed(message) and _has_time(message)


def waits(message: Message) -> bool:
    """Return whether somebody is on the waiting list without an offer."""
    return is_on_waiting_list(message) and message.registration is not None and not message.registration.has_offer


def has_place_at_event(message: Message) -> bool:
    """Return whether somebody has a place at an event that is not cancelled. (A cancellation has a mail of its own.)"""
    return has_place(message) and _status_of(message) != EventStatus.CANCELLED


def has_offer(message: Message) -> bool:
    """Return whether the offered place can still be accepted."""
    registration = message.registration
    if registration is None or not is_on_waiting_list(message) or not registration.has_offer:
        return False
    return _has_time(message)


def is_coming_up(message: Message) -> bool:
    """Return whether somebody has a place at an event that has not begun and is held."""
    desk = message.desk
    if desk is None or not has_place(message) or desk.status in (EventStatus.CANCELLED, EventStatus.POSTPONED):
        return False
    return desk.starts_at is None or desk.starts_at > timezone.now()


def can_join(message: Message) -> bool:
    """Return whether somebody has a place at an event that is not over and is held."""
    desk = message.desk
    if desk is None or not has_place(message) or desk.status in (EventStatus.CANCELLED, EventStatus.POSTPONED):
        return False
    return _is_not_over(message)


def event_changed(message: Message) -> bool:
    """Return whether the registration is active and the event neither over nor cancelled."""
    return is_active(message) and _is_not_over(message) and _status_of(message) != EventStatus.CANCELLED


def _event_is(status: EventStatus) -> Condition:
    def is_event_in_status(message: Message) -> bool:
        return is_active(message) and _is_not_over(message) and _status_of(message) == status

    return is_event_in_status


event_postponed = _event_is(EventStatus.POSTPONED)
event_moved_online = _event_is(EventStatus.MOVED_ONLINE)
event_cancelled = _event_is(EventStatus.CANCELLED)


def has_no_place_as_guest(message: Message) -> bool:
    """Return whether nobody with a place at the desk brings the recipient, now."""
    hosts = Guest.objects.filter(registration__desk=message.desk, registration__status=RegistrationStatus.CONFIRMED)
    return not hosts.filter(email=message.recipient).exists()


def takes_registrations(message: Message) -> bool:
    """Return whether the desk takes registrations now."""
    return message.desk is None or message.desk.opening == Opening.OPEN


def can_be_accepted(message: Message) -> bool:
    """Return whether an invitation is neither answered nor withdrawn, and the desk has not closed."""
    if message.desk is not None and message.desk.opening in (Opening.CLOSED, Opening.CANCELLED):
        return False
    return Invitation.objects.unanswered().filter(pk=message.context.get("invitation")).exists()


def _has_time(message: Message) -> bool:
    until = message.registration.expires_at if message.registration else None
    return until is None or until > timezone.now()


def _status_of(message: Message) -> str:
    return message.desk.status if message.desk else ""


def _is_not_over(message: Message) -> bool:
    ends_at = message.desk.ends_at if message.desk else None
    return ends_at is None or ends_at >= timezone.now()
