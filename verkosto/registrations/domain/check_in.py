"""The list of people at a venue: who has a place, who has come, and what is recorded of them."""

from dataclasses import dataclass
from functools import cached_property
from urllib.parse import unquote

from django.db.models import Count, Q, Sum, Value

from verkosto.registrations.domain.attendance import record_attendance, record_guest_attendance
from verkosto.registrations.domain.chosen_meeting import guests_at
from verkosto.registrations.domain.history import User
from verkosto.registrations.domain.venues import at_venue
from verkosto.registrations.enums import Attendance, Participation
from verkosto.registrations.facts import CalendarEntry
from verkosto.registrations.mail.attendees import people_of
from verkosto.registrations.mail.check_in_codes import reference_of
from verkosto.registrations.models import Desk, Guest, GuestParticipation, Registration
from verkosto.registrations.models.querysets import RegistrationQuerySet

MAX_ROWS = 500
MAX_SEARCH_LENGTH = 200


@dataclass(frozen=True, kw_only=True)
class CheckInList:
    """The people with a place at an event, or at one meeting of a series.

    ``venue`` is the key of one of the venues among which people chose, "" for all. ``searches_addresses`` is for staff
    who may see the addresses. ``link`` is the name of the check-in link of somebody without an account.
    """

    desk: Desk
    meeting: CalendarEntry | None = None
    venue: str = ""
    searches_addresses: bool = False
    link: str = ""

    @cached_property
    def registrations(self) -> RegistrationQuerySet:
        return Registration.objects.filter(desk=self.desk, purged_at__isnull=True)

    @property
    def confirmed(self) -> RegistrationQuerySet:
        return at_venue(self.registrations.confirmed(), self.desk, self.venue)

    @cached_property
    def people(self) -> RegistrationQuerySet:
        """Those with a place; in a series also those who have declined the meeting."""
        people = self.confirmed
        return people.at_meeting(self.meeting.uid) if self.meeting else people.with_attendance()

    @cached_property
    def expected(self) -> RegistrationQuerySet:
        people = self.confirmed
        return people.expected_at_meeting(self.meeting.uid) if self.meeting else people.with_attendance()

    def rows(self, query: str = "") -> list[Registration]:
        """Return who is expected, or who matches a search, with their guests: up to one more than ``MAX_ROWS``."""
        query = scanned_reference(query) or query
        found = self.matching(query) if query else self.expected
        found = found.order_by("name", "pk").defer("answers", "agreed").prefetch_related(guests_at(self.meeting))
        return list(found[: MAX_ROWS + 1])

    def matching(self, query: str) -> RegistrationQuerySet:
        """Return the people who match a search, or whose guests do."""
        with_guests = Guest.objects.filter(registration__desk=self.desk).matching(query)
        themselves = self.registrations.matching(query, by_address=self.searches_addresses)
        # A union and not "or", for which PostgreSQL would read all people.
        found = themselves.order_by().values("pk").union(with_guests.order_by().values("registration"))
        return self.people.filter(pk__in=found)

    def counts(self) -> dict[str, int]:
        """Return how many people came, and the number of places. At most three queries. Guests are counted one by one."""
        counted = self.expected.aggregate(all=Sum("places", default=0), people=Count(Value(1), filter=Q(came=True)))
        if self.meeting:
            rows = GuestParticipation.objects.of_desk(self.desk).filter(meeting=self.meeting.uid)
            arrived = rows.filter(attendance=Attendance.ATTENDED).count()
            away = rows.declined().with_host(Participation.COMING).filter(attendance=Attendance.UNKNOWN).count()
        else:
            expected = Guest.objects.filter(registration__in=self.expected.values("pk"))
            arrived, away = expected.filter(attendance=Attendance.ATTENDED).count(), 0
        return {"arrived": counted["people"] + arrived, "all": counted["all"] - away}

    def person(self, reference: str) -> Registration | Guest | None:
        """Return the person with a reference; None for an unknown one."""
        guest = Guest.objects.filter(registration__in=self.registrations, reference=reference).first()
        return guest or self.registrations.filter(reference=reference).first()

    def record(self, person: Registration | Guest, attendance: str, *, user: User) -> bool:
        """Record the attendance. Return False if nothing changed. Raises NotPossible without a place."""
        meeting = self.meeting.uid if self.meeting else ""
        if isinstance(person, Guest):
            return record_guest_attendance(
                guest=person, attendance=attendance, user=user, meeting=meeting, check_in_link=self.link
            )
        return record_attendance(
            registration=person, attendance=attendance, user=user, meeting=meeting, check_in_link=self.link
        )


def scanned_reference(text: str) -> str:
    """Return the reference in a check-in code, or in its URL as a scanner types it; "" for other text."""
    code = text.strip().rstrip("/").rpartition("/")[2]
    return reference_of(unquote(code)) or "" if ":" in unquote(code) else ""


def person_in(rows: list[Registration], reference: str) -> Registration | Guest | None:
    """Return the person with a reference among rows and their guests; None if there is none."""
    people = (person for row in rows for person in people_of(row))
    return next((person for person in people if person.reference == reference), None)
