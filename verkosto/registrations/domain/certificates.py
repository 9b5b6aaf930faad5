"""Certificates of attendance: for whom, and what they say."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils import timezone, translation

from verkosto.registrations import conf
from verkosto.registrations.enums import Attendance, Participation
from verkosto.registrations.facts import CalendarEntry
from verkosto.registrations.models import Guest, Registration


@dataclass(frozen=True, kw_only=True)
class Certificate:
    """What a certificate says about one person, with the texts of the event in ``language``."""

    name: str
    language: str
    title: str
    when: str
    where: str
    # Of a series: those that the person attended, with their dates.
    meetings: tuple[str, ...] = ()
    issuer: str
    day: date
    reference: str


def may_have_certificate(registration: Registration) -> bool:
    """Return whether somebody was checked in, so that their attendance can be certified."""
    return registration.attendance == Attendance.ATTENDED and registration.purged_at is None


def certificates_of(registration: Registration, language: str) -> list[Certificate]:
    """Return the certificates of a registration in a language: for who registered and for each guest who came.

    At most two queries, and one for each guest who came to a series.
    """
    version = registration.desk.version(language)
    meetings = registration.desk.meetings(language)
    came = [guest for guest in registration.guests.all() if guest.attendance == Attendance.ATTENDED]
    people: list[Registration | Guest] = [registration, *came]
    return [
        Certificate(
            name=person.name,
            language=language,
            title=str(version.get("title", "")),
            when=str(version.get("when", "")),
            where=str(version.get("where", "")),
            meetings=_attended(person, meetings, language),
            issuer=registration.desk.organiser_name(language) or conf.site_name(),
            day=timezone.localdate(),
            reference=person.reference,
        )
        for person in people
        if person.name
    ]


def _attended(person: Registration | Guest, meetings: list[CalendarEntry], language: str) -> tuple[str, ...]:
    """Return the meetings that a person attended, each with its date. One query for a series, else none."""
    if not meetings:
        return ()
    rows: Any = person.participations.all()
    is_guest = isinstance(person, Guest)
    came = {row.meeting for row in rows if (row.attendance if is_guest else row.status) == Participation.ATTENDED}
    with translation.override(language):
        return tuple(meeting.label for meeting in meetings if meeting.uid in came)
