"""Words for the codes that are stored: events of a history, kinds of messages."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from ..models import Desk

EVENTS: dict[str, Any] = {
    "signed_up": _("Registered"),
    "received": _("Received"),
    "confirm": _("Confirm your address"),
    "confirm_address": _("Confirm your address"),
    "address_confirmed": _("Confirmed the address"),
    "not_confirmed": _("Did not confirm the address in time"),
    "confirmed": _("Has a place"),
    "waiting": _("On the waiting list"),
    "promoted": _("Got a place from the waiting list"),
    "offered": _("Was offered a place"),
    "offer_accepted": _("Took the offered place"),
    "offer_declined": _("Did not want the offered place"),
    "offer_lapsed": _("Did not answer the offer in time"),
    "approved": _("Approved"),
    "declined": _("Declined"),
    "changed": _("Changed"),
    "answers_changed": _("Changed the answers"),
    "cancelled": _("Cancelled"),
    "moved": _("Moved from another event"),
    "checked_in": _("Checked in"),
    "check_in_undone": _("Check-in undone"),
    "absent": _("Marked as absent"),
    "reminder": _("Reminder"),
    "event_changed": _("The event has changed"),
    "event_postponed": _("The event is postponed"),
    "event_cancelled": _("The event is cancelled"),
    "event_moved_online": _("The event moves online"),
    "joining": _("Joining instructions"),
    "follow_up": _("After the event"),
    "mailing": _("Mail from the organisers"),
    "invitation": _("Invitation"),
    "invitation_reminder": _("Reminder of an invitation"),
    "again": _("Somebody tried to register again"),
    "link": _("Personal link"),
    "erased": _("Erased"),
    "added": _("Added by staff"),
}


EVENT_STATUSES = {
    "postponed": _("Postponed"),
    "moved_online": _("Moved online"),
    "cancelled": _("Cancelled"),
    "changed": _("Changed"),
}


def when(desk: Desk) -> str:
    """The event's time in words, and what became of it."""
    words = [str(desk.version().get("when") or "")]
    if desk.status in EVENT_STATUSES:
        words.append(str(EVENT_STATUSES[desk.status]))
    return " · ".join(filter(None, words))


def words_for(code: str) -> str:
    """A code in the reader's language; a plugin's own code as it is."""
    return str(EVENTS.get(code, code.replace("_", " ")))


def event_words(change: Any) -> str:
    """One step of a history."""
    return words_for(change.event)
