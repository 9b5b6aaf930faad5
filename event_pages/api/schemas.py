"""The items and filters of events in the API."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Literal
from uuid import UUID

from ninja.schema import BaseModel
from pydantic import AfterValidator, Field, WithJsonSchema

from event_pages.enums import DatePrecision, SeriesKind
from event_pages.event_types import event_types
from verkosto.api.schemas import Language, Link, ListQuery, PageItem, without_null
from verkosto.registrations.enums import EventStatus

MONTH = r"^(20|21)\d\d-(0[1-9]|1[0-2])$"


def _event_type(key: str) -> str:
    if key not in (known := [key for key, _name in event_types()]):
        raise ValueError(f"must be one of {', '.join(known)}")
    return key


EventType = Annotated[
    str,
    AfterValidator(_event_type),
    WithJsonSchema({"type": "string", "enum": [key for key, _name in event_types()]}),
]


class EventQuery(ListQuery):
    """The filters of the event list. Events have to match all of those that are given."""

    time: Literal["upcoming", "week", "month", "past", "all"] = Field(
        "upcoming", description="Which events by time. Upcoming events include those without a date."
    )
    month: str | None = Field(
        None,
        json_schema_extra=without_null,
        pattern=MONTH,
        description="The events of one month, such as 2027-01, instead of `time`.",
    )
    topic: str | None = Field(None, json_schema_extra=without_null, max_length=80, description="The key of a topic.")
    kind: EventType | None = Field(None, json_schema_extra=without_null, description="The event type.")
    network: UUID | None = Field(None, json_schema_extra=without_null, description="The id of a network: its events.")
    attendance: Literal["on_site", "online"] | None = Field(
        None, json_schema_extra=without_null, description="A hybrid event is both on site and online."
    )
    language: Language | None = Field(
        None, json_schema_extra=without_null, description="A language in which the event is held."
    )

    @property
    def choices(self) -> dict[str, str]:
        """The choices by the names that the filter of the event list has for them."""
        given = {"topic": self.topic, "kind": self.kind, "attendance": self.attendance, "language": self.language}
        return {name: value for name, value in given.items() if value}


class EventDateItem(BaseModel):
    """When the event is held now: of a postponed event the new date."""

    precision: DatePrecision = Field(description="How much of the date is known.")
    text: str = Field(description="The date for people, in the language of the response.")
    starts_at: datetime | None = Field(description="Only with the precision `exact`.")
    ends_at: datetime | None
    first_day: date | None = Field(description="In the time zone of the event.")
    last_day: date | None
    timezone: str = Field(description="The time zone of the event (IANA).")


class VenueItem(BaseModel):
    """A building or a room where events are held."""

    id: UUID
    name: str
    street_address: str
    postal_code: str
    city: str
    country: str = Field(description="Two letters (ISO 3166-1).")


class OrganiserItem(BaseModel):
    """An organisation that organises the event."""

    name: str
    role: str = Field(description="Empty for the organiser, else such as “Partner”.")


RegistrationState = Literal[
    "open", "few", "waiting", "full", "not_yet", "closed", "invited", "cancelled", "elsewhere", "not_needed"
]


class RegistrationInfo(BaseModel):
    """Where and whether people can register."""

    state: RegistrationState = Field(
        description=(
            "`few`: few places are left. `waiting`: only for the waiting list. `elsewhere`: on another website. "
            "`not_needed`: people come without registering."
        )
    )
    places_left: int | None = Field(description="If there is a limit and the organiser shows it.")
    url: str | None


EventAttendance = Literal["on_site", "online", "hybrid"]


class EventItem(PageItem):
    """An event."""

    kind: str
    number: int | None = Field(description="The number in the series.")
    status: EventStatus
    status_note: str
    date: EventDateItem
    attendance: EventAttendance = Field(description="How people take part now.")
    venue: VenueItem | None
    room: str
    event_languages: list[str] = Field(description="The languages spoken at the event.")
    organisers: list[OrganiserItem]
    networks: list[UUID]
    series: Link | None
    registration: RegistrationInfo | None = Field(description="Nothing where people do not register, or no more.")


class SeriesItem(PageItem):
    """Events that belong together."""

    kind: SeriesKind
    first_year: int | None
    last_year: int | None
    term: str
    event_languages: list[str]
    organisers: list[OrganiserItem]
    networks: list[UUID]


class TopicItem(BaseModel):
    """A topic of pages."""

    id: UUID
    language: str
    slug: str = Field(description="The key by which lists are filtered, the same in every language.")
    name: str
    description: str
    same_as: str | None = Field(description="The same concept in an ontology such as YSO: its URI.")
