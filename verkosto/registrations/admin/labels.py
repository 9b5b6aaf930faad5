"""Words for the codes that are stored: events of a history, kinds of messages."""

from typing import Any

from django.utils import translation
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from verkosto.registrations.admin.bulk_actions import BULK_ACTIONS
from verkosto.registrations.exceptions import (
    AlreadyRegistered,
    ChoiceFull,
    DeskFull,
    NotEligible,
    NotPossible,
    NotYetOpen,
    OrganisationFull,
    Refusal,
    RegistrationClosed,
    TooManyPlaces,
)
from verkosto.registrations.mail.kinds import mail_kinds
from verkosto.registrations.models import Desk, Job

HISTORY_LABELS: dict[str, Any] = {
    "signed_up": pgettext_lazy("history", "Registered"),
    "address_confirmed": _("Confirmed the address"),
    "not_confirmed": _("Did not confirm the address in time"),
    "promoted": _("Got a place from the waiting list"),
    "offered": _("Was offered a place"),
    "offer_accepted": _("Accepted the offered place"),
    "offer_lapsed": _("Did not answer the offer in time"),
    "approved": pgettext_lazy("history", "Approved"),
    "declined": pgettext_lazy("history", "Declined"),
    "answers_changed": pgettext_lazy("history", "Changed"),
    "cancelled": pgettext_lazy("history", "Cancelled"),
    "rejoined": _("Registered again"),
    "moved": _("Moved from another event"),
    "attended": pgettext_lazy("history", "Checked in"),
    "absent": _("Marked as absent"),
    "attendance_cleared": _("Attendance cleared"),
}


EVENT_STATUSES = {
    "postponed": _("Postponed"),
    "moved_online": _("Moved online"),
    "cancelled": pgettext_lazy("event", "Cancelled"),
    "changed": _("Changed"),
}


def event_time(desk: Desk) -> str:
    """The event's time in words, and what became of it."""
    words = [str(desk.version().get("when") or "")]
    if desk.status in EVENT_STATUSES:
        words.append(str(EVENT_STATUSES[desk.status]))
    return " · ".join(filter(None, words))


def history_label(change: Any) -> str:
    """One action of a history; a plugin's own code as it is."""
    return str(HISTORY_LABELS.get(change.event, change.event.replace("_", " ")))


def placeholder_name(language: str) -> str:
    """What stands for a name in a mail that is shown to staff, in the mail's language."""
    with translation.override(language):
        return gettext("(name)")


def mail_kind_label(kind: str) -> str:
    """A kind of mail in the reader's language."""
    known = mail_kinds().get(kind)
    return str(known.label) if known else kind.replace("_", " ")


REFUSAL_MESSAGES = {
    RegistrationClosed: _("Registration is closed."),
    NotYetOpen: _("Registration has not opened yet."),
    DeskFull: _("All places are taken, and the waiting list is full."),
    ChoiceFull: _("The chosen option is full."),
    OrganisationFull: _("The organisation already has all the places it is allowed."),
    TooManyPlaces: _("One registration cannot take this many places."),
    AlreadyRegistered: _("This address has already been registered."),
    NotEligible: _("This person cannot register here."),
    NotPossible: _("Someone else has changed the registration in the meantime. Check it again."),
}


def refusal_message(refusal: Refusal) -> str:
    """Why a use case was refused, for the staff."""
    return str(REFUSAL_MESSAGES.get(type(refusal), _("This is not possible right now.")))


REFUSAL_CODES = {refusal.__name__: words for refusal, words in REFUSAL_MESSAGES.items()}
JOB_LABELS = {
    "mailing": _("Email to registrants"),
    "follow_up": _("After the event"),
    "invitations": _("Invitations"),
    "invitation_reminders": _("Invitation reminders"),
}


def refusal_code_message(code: str) -> str:
    """The same of a refusal that a job has kept by its name."""
    return str(REFUSAL_CODES.get(code, _("This is not possible right now.")))


def job_label(job: Job) -> str:
    """What a job does; a plugin's own kind as it is."""
    action = BULK_ACTIONS.get(job.parameters.get("action", ""))
    return str(action.label if action else JOB_LABELS.get(job.kind, job.kind.replace("_", " ")))
