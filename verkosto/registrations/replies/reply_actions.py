"""The use case of a reply from a calendar: somebody who declines gives up the place, or one meeting of a series.

Declining and accepting is all that a reply can do, through the same functions as the registrant's own page; they write
the mail that confirms it. Nothing of the mail is logged or kept.
"""

import logging
from enum import StrEnum

from verkosto.core.email_addresses import fold_email
from verkosto.core.transactions import in_transaction
from verkosto.registrations.domain.capacity import lock_registration
from verkosto.registrations.domain.lifecycle import cancel
from verkosto.registrations.domain.participations import change_participation
from verkosto.registrations.domain.waiting_list import accept_offer
from verkosto.registrations.exceptions import ChangesClosed, NotPossible
from verkosto.registrations.facts import CalendarEntry
from verkosto.registrations.mail import outbox
from verkosto.registrations.mail.reply_addresses import opens
from verkosto.registrations.models import ReceivedReply, Registration
from verkosto.registrations.models.rate_limit import hashed_key
from verkosto.registrations.replies.parsing import CalendarReply, NotAReply, read_reply

logger = logging.getLogger(__name__)


class Outcome(StrEnum):
    """What became of a mail."""

    TAKEN = "taken"
    UNCHANGED = "unchanged"
    REFUSED = "refused"
    IGNORED = "ignored"
    NO_REPLY = "no_reply"


def take_mail(raw: bytes) -> Outcome:
    """Do what a mail to the calendar's address asks for, once. Return what became of it."""
    try:
        reply = read_reply(raw)
    except NotAReply as reason:
        logger.info("A mail to the calendar is no reply: %s", reason)
        return Outcome.NO_REPLY
    registration = _registration_of(reply)
    if registration is None:
        logger.info("A calendar reply was ignored: of no registration")
        return Outcome.IGNORED
    outcome = _take_reply(reply, registration)
    logger.info("A calendar reply for registration %s was %s", registration.pk, outcome)
    return outcome


def _registration_of(reply: CalendarReply) -> Registration | None:
    """Return the registration to whose address a reply was sent, if it comes from the person's mailbox; else None."""
    if not reply.key or fold_email(reply.sender) != fold_email(reply.attendee):
        return None
    found = Registration.objects.of_address(reply.attendee).filter(purged_at__isnull=True)
    return next((registration for registration in found if opens(reply.key, registration)), None)


@in_transaction
def _take_reply(reply: CalendarReply, registration: Registration) -> Outcome:
    registration = lock_registration(registration)
    digest = hashed_key("calendar_reply", reply.identifier)
    if not ReceivedReply.objects.get_or_create(digest=digest)[1]:
        return Outcome.UNCHANGED
    entry = _entry_of(registration, reply.uid)
    if entry is None or reply.sequence < _sequence_of(registration, entry):
        # Of an entry that was changed or removed meanwhile: the calendar has been sent a newer one (RFC 5546 §2.1.5).
        return Outcome.IGNORED
    try:
        return Outcome.TAKEN if _act(registration, entry, reply.answer) else Outcome.UNCHANGED
    except (ChangesClosed, NotPossible):
        outbox.write("calendar_answer_refused", registration=registration)
        return Outcome.REFUSED


def _act(registration: Registration, entry: CalendarEntry, answer: str) -> bool:
    """Do what a reply asks for. Return whether it changes anything. Raises ChangesClosed or NotPossible."""
    if answer not in ("ACCEPTED", "DECLINED") or registration.has_ended:
        return False
    comes = answer == "ACCEPTED"
    if not entry.uid.startswith(str(registration.desk.translation_key)):
        return change_participation(registration=registration, meeting=entry.uid, comes=comes)
    if not comes:
        cancel(registration=registration)
    elif registration.has_offer:
        accept_offer(registration=registration)
    else:
        return False
    return True


def _entry_of(registration: Registration, uid: str) -> CalendarEntry | None:
    """Return the entry of the registrant's calendar with a UID: a meeting, or the event itself."""
    stored = registration.desk.version(registration.language).get("entries", [])
    return next((CalendarEntry.from_json(entry) for entry in stored if entry["uid"] == uid), None)


def _sequence_of(registration: Registration, entry: CalendarEntry) -> int:
    """Return the SEQUENCE with which the entry was last sent to the registrant, as ``mail/calendar.py`` counts it."""
    own = registration.desk.calendar_sequence if entry.sequence is None else entry.sequence
    row = registration.participations.filter(meeting=entry.uid).first()
    return own + (row.sequence if row else 0)
