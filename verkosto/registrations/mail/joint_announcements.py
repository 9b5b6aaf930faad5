"""Announcements of changes at several desks: one mail to each person, whatever the number of events it concerns.

Somebody who is registered for one of the events gets the mail that a single change causes. The mail about several names each
change, and has a personal link and a calendar file for each registration.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from django.utils import translation
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from verkosto.core.icalendar import CANCEL, REQUEST
from verkosto.registrations.enums import EventStatus, RegistrationStatus
from verkosto.registrations.mail import email, outbox
from verkosto.registrations.mail.announcements import (
    AnnouncedFacts,
    announced_facts,
    describe_change,
    kind_of_change,
    recipients,
)
from verkosto.registrations.mail.calendar import CalendarFile, calendar_files
from verkosto.registrations.mail.compose import compose
from verkosto.registrations.mail.mail_kind import MailKind
from verkosto.registrations.mail.meetings import meeting_choices
from verkosto.registrations.mail.personal_links import personal_link
from verkosto.registrations.models import Desk, Message, Registration

KIND = "events_changed"
CHANNEL = "joint_email"


@dataclass(frozen=True, kw_only=True)
class DeskChange:
    """A change at one desk that its registrants are notified of. ``after`` is the desk as it is, or would be, then."""

    desk: Desk
    before: AnnouncedFacts
    after: Desk
    kind: str

    @cached_property
    def facts(self) -> AnnouncedFacts:
        """The announced facts after the change."""
        return announced_facts(self.after)

    def language_for(self, language: str) -> str:
        """Return the language in which people of a language read about the event: theirs, else the original's."""
        return language if language in self.after.versions else self.after.original_language

    def description(self, language: str) -> str:
        """Return what changed, in a language, without the event's title."""
        return describe_change(self.before, self.facts, self.language_for(language))

    def titled_description(self, language: str) -> str:
        """Return the event's title and what changed, in a language."""
        title = str(self.after.version(language).get("title", ""))
        with translation.override(language):
            first = {
                "event_cancelled": _("%(title)s: cancelled"),
                "event_postponed": _("%(title)s: postponed"),
                "event_moved_online": _("%(title)s: moved online"),
            }.get(self.kind, "%(title)s")
        return "\n".join(filter(None, [first % {"title": title}, self.description(language)]))


def desk_change(desk: Desk, before: AnnouncedFacts, after: Desk, at: datetime) -> DeskChange | None:
    """Return a desk's change; None if nobody is notified: nothing has changed, or the event is over at the time."""
    kind = kind_of_change(before, announced_facts(after), after.original_language)
    is_over = after.ends_at is not None and after.ends_at < at
    return None if not kind or is_over else DeskChange(desk=desk, before=before, after=after, kind=kind)


def changes_by_person(changes: Iterable[DeskChange]) -> dict[str, list[tuple[Registration, DeskChange]]]:
    """Return whom the changes concern: by address, the registrations with their change, in the order of the changes.

    One query for each change.
    """
    found: dict[str, list[tuple[Registration, DeskChange]]] = {}
    for change in changes:
        for registration in recipients(change.desk, change.kind).exclude(email="").order_by("pk"):
            found.setdefault(registration.email, []).append((registration, change))
    return found


def notify_jointly(changes: Iterable[DeskChange]) -> int:
    """Write one mail to each person in the running transaction. Return how many people."""
    people = changes_by_person(changes)
    single: dict[str, list[tuple[Registration, DeskChange]]] = {}
    joint: list[Message] = []
    for concerned in people.values():
        if len({change.desk.pk for _row, change in concerned}) > 1:
            joint.append(_joint_message(concerned))
            # Their guests are at one of the events: each gets a mail about that one.
            joint += outbox.messages_to_guests([_message_about(row, change) for row, change in concerned])
        else:
            # Several registrations of one address at one desk have each their own mail, as after a single change.
            single.setdefault(concerned[0][1].kind, []).extend(concerned)
    for kind, concerned in single.items():
        descriptions = {row.pk: change.description(row.language) for row, change in concerned}
        outbox.write_many(kind, [row for row, _change in concerned], context=partial(_context_of, descriptions))
    outbox.write_rows(joint)
    return len(people)


def _context_of(descriptions: Mapping[int, str], registration: Registration) -> dict[str, object]:
    return {"change": descriptions[registration.pk]}


def _message_about(registration: Registration, change: DeskChange) -> Message:
    return Message(
        kind=change.kind,
        registration=registration,
        desk_id=registration.desk_id,
        recipient=registration.email,
        language=registration.language,
        context={"change": change.description(registration.language)},
    )


def _joint_message(concerned: list[tuple[Registration, DeskChange]]) -> Message:
    registration = concerned[0][0]
    return Message(
        kind=KIND,
        channel=CHANNEL,
        registration=registration,
        desk_id=registration.desk_id,
        recipient=registration.email,
        language=registration.language,
        context={
            "registrations": [row.pk for row, _change in concerned],
            "change": joint_description([change for _row, change in concerned], registration.language),
        },
    )


def joint_description(changes: Iterable[DeskChange], language: str) -> str:
    """Return what changed about each event, as paragraphs in a language."""
    descriptions = (change.titled_description(language) for change in changes)
    return "\n\n".join(dict.fromkeys(descriptions))


def deliver_jointly(message: Message) -> bool:
    """Send the mail about several events. Return False when none of the registrations is active any more."""
    rows = list(_registrations(message))
    if not rows:
        return False
    composed = compose(message)
    message.subject, message.text = composed.subject, composed.text()
    with translation.override(message.language):
        composed.links = [
            (str(row.desk.version(message.language).get("title", "")), personal_link(row)) for row in rows
        ]
    composed.calendars = [file for row in rows for file in _calendars(row, message)]
    email.send_mail(email.as_email(composed, message))
    return True


def _calendars(registration: Registration, message: Message) -> list[CalendarFile]:
    if registration.status != RegistrationStatus.CONFIRMED:
        return []
    method = CANCEL if registration.desk.status == EventStatus.CANCELLED else REQUEST
    choices = meeting_choices(registration.desk, registration)
    return calendar_files(registration.desk, message.language, method, attendee=message.recipient, choices=choices)


def _registrations(message: Message) -> Iterator[Registration]:
    """Yield the registrations that the mail is about and that have not ended since."""
    keys = message.context.get("registrations", [])
    rows = Registration.objects.filter(pk__in=keys, purged_at__isnull=True, email=message.recipient).active()
    yield from rows.select_related("desk").order_by("pk")


def _still_applies(message: Message) -> bool:
    return any(True for _row in _registrations(message))


JOINT_KIND = MailKind(
    name=KIND,
    label=gettext_lazy("Several events have changed"),
    subject=gettext_lazy("Changes to events that you are registered for"),
    body=gettext_lazy(
        "There are changes to events that you are registered for.\n\n{change}\n\n"
        "View or change your registrations with these links. They are personal: anyone who has them can view and change "
        "your registrations."
    ),
    includes_facts=False,
    is_editable=False,
    still_applies=_still_applies,
)
