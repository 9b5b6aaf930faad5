"""The calendar files that a mail carries, and for whom."""

from verkosto.core.icalendar import CANCEL, REQUEST
from verkosto.registrations.enums import RegistrationStatus
from verkosto.registrations.facts import StoredVersion, chosen_venue
from verkosto.registrations.mail.calendar import CalendarFile, calendar_files
from verkosto.registrations.mail.kinds import MailKind
from verkosto.registrations.mail.meetings import meeting_choices
from verkosto.registrations.models import Desk, Message, Registration


def calendar_files_of(desk: Desk, message: Message, version: StoredVersion, method: str) -> list[CalendarFile]:
    """Return the calendar files of a mail, with the meetings and the venue of its person."""
    only = str(message.context.get("meeting_uid", ""))
    choices = meeting_choices(desk, message.registration, guest=message.guest, only=only)
    venue = chosen_venue(version, answers_of(message))
    person = None if message.is_to_guest else message.registration
    return calendar_files(
        desk,
        message.language,
        method,
        attendee=message.recipient,
        choices=choices,
        venue=venue,
        registration=person,
        tentative=person is not None and person.has_offer,
    )


def calendar_method(message: Message, kind: MailKind, version: StoredVersion) -> str:
    """Return the method of the calendar file to attach; "" for none.

    Who changes their registration may have changed the venue, which is in their calendar.
    """
    method = REQUEST if kind.name == "changed" and version.get("venues") else kind.calendar
    return method if method and _concerns_calendar(message, kind) else ""


def _concerns_calendar(message: Message, kind: MailKind) -> bool:
    """Return whether to attach a calendar file: only for people who have a place or the offer of one, or had it and thus
    have the entry."""
    if message.registration is None or (kind.calendar == CANCEL and not kind.name.startswith("event_")):
        return message.registration is None or bool(message.context.get("had_place"))
    return may_join(message.registration) or message.registration.has_offer


def may_join(registration: Registration | None) -> bool:
    """Return whether somebody has a place."""
    return registration is not None and registration.status == RegistrationStatus.CONFIRMED


def answers_of(message: Message) -> dict[str, object]:
    """Return the answers of the registration that a message is about; {} for none."""
    return message.registration.answers if message.registration else {}
