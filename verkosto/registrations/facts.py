"""The facts of a registrable page that its desk keeps, in one language."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from verkosto.registrations.enums import EventStatus


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

    def as_json(self) -> dict[str, Any]:
        """Return the entry as plain JSON, times in ISO 8601 with their offset."""
        data = dict(self.__dict__)
        data["starts_at"] = self.starts_at.isoformat()
        data["ends_at"] = self.ends_at.isoformat() if self.ends_at else None
        return data

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> "CalendarEntry":
        """Return the entry that ``as_json`` wrote."""
        ends_at = data.get("ends_at")
        return cls(
            **{
                **data,
                "starts_at": datetime.fromisoformat(data["starts_at"]),
                "ends_at": datetime.fromisoformat(ends_at) if ends_at else None,
            }
        )


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
