"""What the API says of desks and registrations, and what it takes."""

from __future__ import annotations

from datetime import datetime
from typing import Literal
from uuid import UUID

from ninja.schema import BaseModel
from pydantic import ConfigDict, Field, JsonValue
from pydantic.json_schema import SkipJsonSchema

from verkosto.api.schemas import LARGEST_OFFSET, MOST_ITEMS, Language
from verkosto.registrations.enums import Attendance, EventStatus, RegistrationStatus


class PortionQuery(BaseModel):
    """The portion of a list."""

    limit: int = Field(20, ge=1, le=MOST_ITEMS, description="How many items to return.")
    offset: int = Field(0, ge=0, le=LARGEST_OFFSET, description="How many items to leave out at the start.")


class RegistrationQuery(PortionQuery):
    """Which registrations."""

    status: RegistrationStatus | SkipJsonSchema[None] = Field(None, description="Only those with this status.")


class ChoiceItem(BaseModel):
    """An option of a question."""

    key: str = Field(description="What answers hold.")
    label: str


class QuestionItem(BaseModel):
    """A question of the form. Sensitive ones and files are not in the API."""

    key: str = Field(description="The key of its answer in `answers`.")
    type: str
    label: str
    required: bool = Field(description="For visitors. Staff may leave out answers.")
    choices: list[ChoiceItem]


class DeskItem(BaseModel):
    """The registrations of an event, a series or another page, in all its languages."""

    id: UUID = Field(description="The id of its page: that of the event in `/events`.")
    title: str
    status: EventStatus
    starts_at: datetime | None
    ends_at: datetime | None
    opening: Literal["open", "not_yet", "closed", "cancelled"] = Field(
        description="Whether visitors may register now."
    )
    capacity: int | None = Field(description="The number of places; nothing without a limit.")
    confirmed_places: int
    waiting: int = Field(description="How many registrations are on the waiting list.")


class DeskDetail(DeskItem):
    """The same with the questions of its form."""

    questions: list[QuestionItem]


class GuestItem(BaseModel):
    """Somebody for whom a registration has a place besides its own."""

    model_config = ConfigDict(extra="forbid")

    name: str = Field(max_length=200)
    email: str = Field("", max_length=254)
    organisation: str = Field("", max_length=255)


class RegistrationItem(BaseModel):
    """A registration. It is personal data."""

    reference: str
    status: RegistrationStatus
    name: str
    email: str
    language: str
    organisation: str
    places: int
    guests: list[GuestItem]
    answers: dict[str, JsonValue] = Field(description="By the key of the question. Choices are keys.")
    attendance: Attendance
    checked_in_at: datetime | None
    created_at: datetime
    updated_at: datetime


class NewRegistration(BaseModel):
    """Who is to be registered. Times and eligibility do not apply to staff; the number of places does."""

    model_config = ConfigDict(extra="forbid")

    name: str = Field(min_length=1, max_length=200)
    email: str = Field("", max_length=254, description="Without one, the person gets no emails and no personal link.")
    language: Language = Field(description="The language of the emails.")
    places: int = Field(1, ge=1, le=1000)
    guests: list[GuestItem] = Field(default_factory=list, max_length=100)
    answers: dict[str, JsonValue] = Field(default_factory=dict, description="By the key of the question.")


class ChangedRegistration(BaseModel):
    """What changes. What is left out stays; an answer that is null is removed."""

    model_config = ConfigDict(extra="forbid")

    name: str | SkipJsonSchema[None] = Field(None, min_length=1, max_length=200)
    email: str | SkipJsonSchema[None] = Field(None, max_length=254)
    language: Language | SkipJsonSchema[None] = None
    places: int | SkipJsonSchema[None] = Field(None, ge=1, le=1000)
    guests: list[GuestItem] | SkipJsonSchema[None] = Field(None, max_length=100)
    answers: dict[str, JsonValue] = Field(default_factory=dict)


class Cancellation(BaseModel):
    """Why a registration is cancelled."""

    model_config = ConfigDict(extra="forbid")

    reason: str = Field(
        "", max_length=1000, description="For the history of the registration. The person does not see it."
    )


class CheckIn(BaseModel):
    """Whether somebody came."""

    model_config = ConfigDict(extra="forbid")

    attendance: Attendance
    meeting: str = Field("", max_length=255, description="The UID of a meeting, for a series with one registration.")


class Outcome(BaseModel):
    """What a change led to, without personal data."""

    reference: str
    status: RegistrationStatus
    places: int
    attendance: Attendance
