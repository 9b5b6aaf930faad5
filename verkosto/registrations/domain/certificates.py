"""Certificates of attendance: for whom, and what they say."""

from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from verkosto.registrations import conf
from verkosto.registrations.enums import Attendance
from verkosto.registrations.models import Guest, Registration


@dataclass(frozen=True, kw_only=True)
class Certificate:
    """What a certificate says about one person, with the texts of the event in ``language``."""

    name: str
    language: str
    title: str
    when: str
    where: str
    issuer: str
    day: date
    reference: str


def may_have_certificate(registration: Registration) -> bool:
    """Return whether somebody was checked in, so that their attendance can be certified."""
    return registration.attendance == Attendance.ATTENDED and registration.purged_at is None


def certificates_of(registration: Registration, language: str) -> list[Certificate]:
    """Return the certificates of a registration in a language: for who registered and for each guest who came."""
    version = registration.desk.version(language)
    # At the meetings of a series, guests are checked in with the person who brings them.
    is_series = bool(registration.desk.meetings())
    came = [guest for guest in registration.guests.all() if is_series or guest.attendance == Attendance.ATTENDED]
    people: list[Registration | Guest] = [registration, *came]
    return [
        Certificate(
            name=person.name,
            language=language,
            title=str(version.get("title", "")),
            when=str(version.get("when", "")),
            where=str(version.get("where", "")),
            issuer=str(registration.desk.organizer.get("name") or conf.site_name()),
            day=timezone.localdate(),
            reference=person.reference,
        )
        for person in people
        if person.name
    ]
