"""Labels of the codes that are stored: history events, kinds of mail, refusals, jobs."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from verkosto.registrations.admin.bulk_actions import bulk_actions
from verkosto.registrations.enums import EventStatus, HistoryEvent
from verkosto.registrations.exceptions import (
    AlreadyRegistered,
    ChoiceFull,
    DeskFull,
    FileNotStored,
    KeptForMembers,
    NotEligible,
    NotPossible,
    NotYetOpen,
    OrganisationFull,
    Refusal,
    RegistrationClosed,
    TooManyPlaces,
)
from verkosto.registrations.mail.kinds import mail_kinds
from verkosto.registrations.models import Desk, Job, StatusChange

HISTORY_LABELS: dict[str, str | Promise] = {
    HistoryEvent.SIGNED_UP: pgettext_lazy("history", "Registered"),
    HistoryEvent.ADDRESS_CONFIRMED: _("Confirmed the address"),
    HistoryEvent.NOT_CONFIRMED: _("Did not confirm the address in time"),
    HistoryEvent.PROMOTED: _("Got a place from the waiting list"),
    HistoryEvent.OFFERED: _("Was offered a place"),
    HistoryEvent.PLACES_KEPT: _("Free places are kept for them"),
    HistoryEvent.PLACES_NOT_KEPT: _("Free places are no longer kept for them"),
    HistoryEvent.OFFER_ACCEPTED: _("Accepted the offered place"),
    HistoryEvent.OFFER_EXPIRED: _("Did not answer the offer in time"),
    HistoryEvent.APPROVED: pgettext_lazy("history", "Approved"),
    HistoryEvent.DECLINED: pgettext_lazy("history", "Declined"),
    HistoryEvent.ANSWERS_CHANGED: pgettext_lazy("history", "Changed"),
    HistoryEvent.CANCELLED: pgettext_lazy("history", "Cancelled"),
    HistoryEvent.REJOINED: _("Registered again"),
    HistoryEvent.MOVED: _("Moved from another event"),
    HistoryEvent.HANDED_OVER: _("Gave the place to a colleague"),
    HistoryEvent.TAKEN_OVER: _("Took over the place of a colleague"),
    HistoryEvent.HANDOVER_REQUESTED: _("Asked to give the place to a colleague"),
    HistoryEvent.HANDOVER_WITHDRAWN: _("No longer wants to give the place to a colleague"),
    HistoryEvent.HANDOVER_REFUSED: _("Was not allowed to give the place to a colleague"),
    HistoryEvent.GUEST_CHANGED: _("Changed a guest"),
    HistoryEvent.GUEST_CANCELLED: _("Cancelled the place of a guest"),
    HistoryEvent.ATTENDED: pgettext_lazy("history", "Checked in"),
    HistoryEvent.ABSENT: _("Marked as absent"),
    HistoryEvent.ATTENDANCE_CLEARED: _("Attendance cleared"),
    HistoryEvent.MEETING_DECLINED: _("Declined a meeting"),
    HistoryEvent.MEETING_ADDED: _("Added a meeting"),
    HistoryEvent.MEETING_WAITING: _("Joined the waiting list of a meeting"),
    HistoryEvent.MEETING_PROMOTED: _("Got a place at a meeting from the waiting list"),
}


EVENT_STATUS_LABELS: dict[str, str | Promise] = {
    EventStatus.POSTPONED: _("Postponed"),
    EventStatus.MOVED_ONLINE: _("Moved online"),
    EventStatus.CANCELLED: pgettext_lazy("event", "Cancelled"),
    EventStatus.CHANGED: _("Changed"),
}


def event_time(desk: Desk) -> str:
    """Return the event's time as text, with its status when it is not as planned."""
    parts = [str(desk.version().get("when") or "")]
    if desk.status in EVENT_STATUS_LABELS:
        parts.append(str(EVENT_STATUS_LABELS[desk.status]))
    return " · ".join(filter(None, parts))


def history_label(change: StatusChange) -> str:
    """Return the label of a history event; another app's event has its code as label."""
    return str(HISTORY_LABELS.get(change.event, change.event.replace("_", " ")))


def mail_kind_label(kind: str) -> str:
    """Return the label of a kind of mail."""
    known = mail_kinds().get(kind)
    return str(known.label) if known else kind.replace("_", " ")


REFUSAL_MESSAGES = {
    RegistrationClosed: _("Registration is closed."),
    NotYetOpen: _("Registration has not opened yet."),
    DeskFull: _("All places are taken, and the waiting list is full."),
    KeptForMembers: _(
        "The free places are kept for members. To give one to somebody else, keep fewer places on the page."
    ),
    ChoiceFull: _("The chosen option is full."),
    FileNotStored: _("The file could not be stored. Try again, and tell whoever runs the site if it fails once more."),
    OrganisationFull: _("The organisation already has all the places it is allowed."),
    TooManyPlaces: _("One registration cannot take this many places."),
    AlreadyRegistered: _("This address has already been registered."),
    NotEligible: _("This person cannot register here."),
    NotPossible: _("Someone else has changed the registration in the meantime. Check it again."),
}


def refusal_message(refusal: Refusal) -> str:
    """Return why an action was refused, for staff."""
    return str(REFUSAL_MESSAGES.get(type(refusal), _("This is not possible right now.")))


MESSAGES_BY_CODE = {refusal.__name__: message for refusal, message in REFUSAL_MESSAGES.items()}
JOB_LABELS = {
    "mailing": _("Email to registrants"),
    "find_duplicates": _("Search for duplicates"),
    "follow_up": _("After the event"),
    "invitations": _("Invitations"),
    "archive": _("Archive before erasure"),
    "invitation_reminders": _("Invitation reminders"),
}


def refusal_code_message(code: str) -> str:
    """Return the same for a refusal that a job has stored by its class name."""
    return str(MESSAGES_BY_CODE.get(code, _("This is not possible right now.")))


def job_label(job: Job) -> str:
    """Return what a job does. One of another kind has the label of the mail that it writes."""
    action = bulk_actions().get(job.parameters.get("action", ""))
    return str(action.label if action else JOB_LABELS.get(job.kind) or mail_kind_label(job.kind))
