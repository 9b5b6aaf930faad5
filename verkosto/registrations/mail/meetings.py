"""What mails and calendar files say about the meetings of a series to one person."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from verkosto.registrations.enums import EXPECTED, Participation
from verkosto.registrations.mail.validity import has_place
from verkosto.registrations.models import (
    Desk,
    Guest,
    GuestParticipation,
    MeetingParticipation,
    Message,
    Registration,
)


@dataclass(frozen=True, kw_only=True)
class MeetingChoices:
    """Which meetings go into a person's calendar: not the declined ones, and not those for which they are waiting.

    ``changes`` is what their choices add to the SEQUENCE of each. With ``only``, the UID of one meeting, nothing else
    goes into it.
    """

    left_out: frozenset[str] = frozenset()
    waiting: frozenset[str] = frozenset()
    changes: Mapping[str, int] = field(default_factory=dict)
    only: str = ""

    def includes(self, uid: str) -> bool:
        """Return whether an entry goes into the calendar."""
        return uid == self.only if self.only else uid not in self.left_out


ALL_MEETINGS = MeetingChoices()


def meeting_choices(
    desk: Desk, registration: Registration | None, *, guest: Guest | None = None, only: str = ""
) -> MeetingChoices:
    """Return a person's choices; those of a guest where one is given. At most two queries; none for a single event."""
    if registration is None or not registration.pk or not desk.meetings():
        return ALL_MEETINGS
    rows = list(registration.participations.values_list("meeting", "status", "sequence"))
    own = list(guest.participations.values_list("meeting", "comes", "sequence")) if guest else []
    declined = {uid for uid, comes, _sequence in own if not comes}
    changes = {uid: sequence for uid, _status, sequence in rows}
    for uid, _comes, sequence in own:
        changes[uid] = changes.get(uid, 0) + sequence
    return MeetingChoices(
        left_out=frozenset(declined.union(uid for uid, status, _sequence in rows if status not in EXPECTED)),
        waiting=frozenset(uid for uid, status, _ in rows if status == Participation.WAITING and uid not in declined),
        changes=changes,
        only=only,
    )


def meeting_facts(
    desk: Desk, registration: Registration | None, language: str, *, guest: Guest | None = None
) -> list[tuple[str, str]]:
    """Return the rows of a mail's table of facts about the meetings to come, as (label, value); [] for a single event.

    Those that the person comes to, and those on whose waiting list they are. The language is active.
    """
    meetings = [meeting for meeting in desk.meetings(language) if not meeting.cancelled and not meeting.is_over]
    if not meetings:
        return []
    choices = meeting_choices(desk, registration, guest=guest)
    coming = [meeting.label for meeting in meetings if choices.includes(meeting.uid)]
    waiting = [meeting.label for meeting in meetings if meeting.uid in choices.waiting]
    rows = [(_("Meetings"), "\n".join(coming)), (_("On the waiting list for"), "\n".join(waiting))]
    return [(label, value) for label, value in rows if value]


def meeting_note(desk: Desk) -> str:
    """Return what the confirmation of a place in a series says about its meetings; "" for a single event."""
    if not desk.takes_changes or not desk.meetings():
        return ""
    return _("If you cannot come to one of the meetings, decline it on your registration page with the link below.")


def meeting_label(message: Message) -> str:
    """Return the title and date of the meeting that a message is about, in its language; "" for a single event.

    A preview is about no meeting, and has the first one as an example.
    """
    if message.desk is None:
        return ""
    uid = message.context.get("meeting_uid")
    found = next((meeting for meeting in message.desk.meetings(message.language) if uid in (None, meeting.uid)), None)
    return found.label if found else ""


def is_coming_to_meeting(message: Message) -> bool:
    """Return whether the recipient still comes to the meeting that a message is about."""
    return _has_status(message, Participation.COMING)


def waits_for_meeting(message: Message) -> bool:
    """Return whether the recipient is still on the waiting list of the meeting that a message is about."""
    return _has_status(message, Participation.WAITING)


def has_declined_meeting(message: Message) -> bool:
    """Return whether the recipient still does not come to the meeting that a message is about."""
    return _has_status(message, Participation.NOT_COMING)


def guest_comes_to_meeting(message: Message) -> bool:
    """Return whether the guest still comes to the meeting that a message is about."""
    return is_coming_to_meeting(message) and not _guest_has_declined(message)


def guest_has_declined_meeting(message: Message) -> bool:
    """Return whether the guest still does not come to the meeting that a message is about."""
    return has_place(message) and _guest_has_declined(message)


def _guest_has_declined(message: Message) -> bool:
    rows = GuestParticipation.objects.filter(guest=message.guest, meeting=message.context.get("meeting_uid"))
    return rows.declined().exists()


def _has_status(message: Message, status: Participation) -> bool:
    rows = MeetingParticipation.objects.filter(registration__desk=message.desk, registration=message.registration)
    return rows.filter(meeting=message.context.get("meeting_uid"), status=status).exists()
