"""The facts of a registrable page that its desk keeps, in one language."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, TypedDict, cast
from zoneinfo import ZoneInfo

from django.utils import timezone

from verkosto.core.formats import format_day, format_day_range, format_zoned_time
from verkosto.core.zones import last_moment
from verkosto.registrations.enums import EventStatus


class StoredEntry(TypedDict, total=False):
    """A calendar entry as plain JSON: times in ISO 8601 with their offset."""

    uid: str
    title: str
    starts_at: str
    ends_at: str | None
    timezone: str
    whole_days: bool
    where: str
    url: str
    description: str
    cancelled: bool
    sequence: int | None
    capacity: int | None


class Address(TypedDict):
    """Where a language version is: its path, and the key of its site where that is not the default one."""

    url: str
    site: int | None


class OrganiserData(TypedDict):
    """Whom registrants may ask."""

    organiser: str
    organiser_email: str
    organiser_phone: str


class StoredVenues(TypedDict):
    """The venues among which people choose: the question's key, and the location of each option by its key."""

    question: str
    locations: dict[str, str]


class StoredVersion(TypedDict, total=False):
    """What a desk keeps of one language version of its page, as plain JSON."""

    language: str
    title: str
    url: str
    site: int | None
    when: str
    timezone: str
    where: str
    where_language: str
    venues: StoredVenues
    on_site: bool
    status_note: str
    joining: str
    organiser: str
    organiser_email: str
    organiser_phone: str
    entries: list[StoredEntry]
    declaration: str
    text_before: str
    text_after: str
    text_in_mail: str


def location_for(version: StoredVersion, answers: Mapping[str, object] | None) -> str:
    """Return where a person takes part: at the venue that they have chosen, or else where the event is."""
    return chosen_venue(version, answers) or version.get("where", "")


def chosen_venue(version: StoredVersion, answers: Mapping[str, object] | None) -> str:
    """Return the location of the venue that a person has chosen; "" if there is no choice, or none was made."""
    venues = version.get("venues")
    if not venues or not answers:
        return ""
    return venues["locations"].get(str(answers.get(venues["question"], "")), "")


@dataclass(frozen=True, kw_only=True)
class CalendarEntry:
    """One meeting, as it goes into a registrant's calendar (RFC 5545 §3.6.1)."""

    uid: str
    title: str
    starts_at: datetime
    ends_at: datetime | None = None
    timezone: str = "Europe/Helsinki"
    # No time of day is known: the days themselves, from that of the start to that of the end.
    whole_days: bool = False
    where: str = ""
    # The path of its page, and the key of its site; see ``core.page_urls``.
    url: str = ""
    site: int | None = None
    description: str = ""
    # Taken out of calendars: the meeting is cancelled, or postponed until further notice.
    cancelled: bool = False
    postponed: bool = False
    # None: the desk counts the changes of which registrants were notified.
    sequence: int | None = None
    # The places at a meeting of a series; None for as many as the series has.
    capacity: int | None = None

    @property
    def when(self) -> str:
        """Its date, and time if known, in the active language."""
        if not self.whole_days:
            return format_zoned_time(self.starts_at, self.timezone)
        days = [moment.astimezone(ZoneInfo(self.timezone)).date() for moment in (self.starts_at, self._last_moment)]
        return format_day(days[0]) if days[0] == days[1] else "".join(format_day_range(*days))

    @property
    def label(self) -> str:
        """Its title and date on one line, in the active language."""
        return f"{self.title}, {self.when}"

    @property
    def is_over(self) -> bool:
        return self._last_moment < timezone.now()

    @property
    def _last_moment(self) -> datetime:
        return last_moment(self.starts_at, self.ends_at, self.timezone) or self.starts_at

    def as_json(self) -> StoredEntry:
        """Return the entry as plain JSON, times in ISO 8601 with their offset."""
        times = {
            "starts_at": self.starts_at.isoformat(),
            "ends_at": self.ends_at.isoformat() if self.ends_at else None,
        }
        return cast("StoredEntry", {**self.__dict__, **times})

    @classmethod
    def from_json(cls, data: StoredEntry) -> CalendarEntry:
        """Return the entry that ``as_json`` wrote."""
        ends_at = data.get("ends_at")
        times = {
            "starts_at": datetime.fromisoformat(data["starts_at"]),
            "ends_at": datetime.fromisoformat(ends_at) if ends_at else None,
        }
        fields: dict[str, Any] = {**data, **times}
        return cls(**fields)


@dataclass(frozen=True, kw_only=True)
class RegistrationFacts:
    """A page's facts as a registrant reads them: everything here may go into a mail.

    ``joining`` (link and instructions) is sent only to people with a place, from ``joining_visible_from`` on.
    """

    title: str
    # The path of the page.
    url: str
    when: str = ""
    where: str = ""
    # The language of the venue's name if it has none in the registrant's language, else "".
    where_language: str = ""
    status: str = EventStatus.SCHEDULED
    status_note: str = ""
    starts_at: datetime | None = None
    # None with a start: it is over at the end of that day in the zone.
    ends_at: datetime | None = None
    # The zone in which deadlines are shown (IANA name); "" is the site's.
    timezone: str = ""
    # Whether people come to a place, where staff check them in by the code in their mail.
    on_site: bool = False
    joining: str = ""
    joining_visible_from: datetime | None = None
    entries: tuple[CalendarEntry, ...] = field(default=())
